// Opens, fills and replaces modals, the Home tab and the bot's own messages. Where the trigger is short-lived a loading view opens at
// once and is filled later. Knows no report; how trees become Slack's shapes is handed in.

import type { HomeView, ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { cutText } from '../../domain/outside-text.ts'
import type { Message, Part } from '../../render/message.ts'
import type { Choice, Modal } from '../../render/modal.ts'
import { line } from '../../render/text/text.ts'
import type { RenderForSlack } from '../../slack-ports.ts'
import { classifySlackFailure } from '../slack-failure.ts'

export interface ViewShapes {
  readonly modal: (modal: Modal) => ModalView
  readonly home: (parts: readonly Part[]) => HomeView
}

export interface Views {
  open(triggerId: string, modal: Modal): Promise<void>
  /** Opens a loading view (on top of the one pressed in when `onTop`) and returns its id. */
  openLoading(triggerId: string, onTop: boolean): Promise<string>
  /** `hash`: drop the update when the view was drawn again since. */
  update(viewId: string, modal: Modal, hash?: string): Promise<void>
  publishHome(slackUserId: string, parts: readonly Part[]): Promise<void>
  /** Replaces one of the bot's own messages in a conversation. False: Slack does not let this message be changed, or it is gone. */
  replaceMessage(channelId: string, messageTs: string, message: Message): Promise<boolean>
  /** A modal with the parts of a message. */
  showing(message: Message): Modal
  readonly loading: ModalView
}

/** Slack's codes for a message that stays as it is, whoever asks. */
const unchangeable: ReadonlySet<string> = new Set([
  'cant_update_message',
  'edit_window_closed',
  'message_not_found',
  'is_inactive',
  'channel_not_found',
  'is_archived',
  'not_in_channel',
])

const loadingModal: Modal = {
  callbackId: 'loading',
  title: 'One moment',
  close: 'Close',
  parts: [{ type: 'text', line: line('Looking that up …') }],
}

export function createViews(deps: {
  readonly client: Pick<WebClient, 'apiCall'>
  readonly shapes: ViewShapes
  readonly render: RenderForSlack
}): Views {
  const { client, shapes, render } = deps
  const loading = shapes.modal(loadingModal)

  async function update(viewId: string, modal: Modal, hash?: string): Promise<void> {
    try {
      await client.apiCall('views.update', { view_id: viewId, view: shapes.modal(modal), hash })
    } catch (error) {
      const { error: code } = classifySlackFailure(error)
      // Closed, or drawn anew since: what the person sees is newer than this.
      if (code === 'hash_conflict' || code === 'not_found' || code === 'view_not_found') return
      throw error
    }
  }

  return {
    loading,
    update,
    async open(triggerId, modal) {
      await client.apiCall('views.open', { trigger_id: triggerId, view: shapes.modal(modal) })
    },
    async openLoading(triggerId, onTop) {
      const answer = await client.apiCall(onTop ? 'views.push' : 'views.open', { trigger_id: triggerId, view: loading })
      const { view } = answer as { readonly view?: { readonly id?: string } }
      if (view?.id === undefined) throw new Error('Slack opened a view without an id')
      return view.id
    },
    async publishHome(slackUserId, parts) {
      await client.apiCall('views.publish', { user_id: slackUserId, view: shapes.home(parts) })
    },
    async replaceMessage(channelId, messageTs, message) {
      const { payload } = render(message, 0)
      const answer = client.apiCall('chat.update', {
        channel: channelId,
        ts: messageTs,
        text: payload.text,
        blocks: payload.blocks.length > 0 ? payload.blocks : undefined,
      })
      return answer.then(
        () => true,
        (error: unknown) => {
          if (unchangeable.has(classifySlackFailure(error).error)) return false
          throw error
        },
      )
    },
    showing: (message) => ({ callbackId: 'said', title: 'Gong Digest', close: 'Close', parts: message.parts }),
  }
}

/** Choices of a search in Slack's shape: 100 at most, 75 characters each. */
export const toOptions = (choices: readonly Choice[]) =>
  choices.slice(0, 100).map(({ label, value, description }) => ({
    text: { type: 'plain_text' as const, text: cutText(label, 75) || '–' },
    value: value.slice(0, 75),
    ...(description && { description: { type: 'plain_text' as const, text: cutText(description, 75) } }),
  }))
