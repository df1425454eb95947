// Which handler a press or submission belongs to, who pressed, and how Slack shows what the handler decided.

import type { Action, Outcome, Press } from '../../bot/action.ts'
import type { Message } from '../../render/message.ts'
import { markedSentenceMessage } from '../../render/one-sentence-message.ts'
import { line } from '../../render/text/text.ts'
import type { Answerer } from './answer.ts'
import { drawHome } from './home.ts'
import { submissionOf } from './once.ts'
import type { PressFacts } from './payload.ts'
import type { ReceiveDeps } from './receive-deps.ts'

/** The entry whose id is the longest match: `digest:edit` before `digest`. */
export const handlerOf = (actionId: string, { actions }: Pick<ReceiveDeps, 'actions'>): Action | undefined =>
  actions.filter(({ id }) => actionId === id || actionId.startsWith(`${id}:`)).toSorted((a, b) => b.id.length - a.id.length)[0]

/** The facts of the payload with who pressed and how they read. */
export async function pressOf(facts: PressFacts, { viewers, clock }: Pick<ReceiveDeps, 'viewers' | 'clock'>): Promise<Press> {
  const reader = await viewers.readerOf(facts.slackUserId)
  const { slackUserId: _id, responseUrl: _url, threadTs: _thread, viewId: _view, viewHash: _hash, isLink: _link, ...press } = facts
  return { ...press, submission: submissionOf(facts), ...reader, now: clock.now() }
}

/** The new state beside an older message that Slack does not let us change. */
function keptInstead(message: Message): Message {
  const sentence = 'What you chose is kept. Slack no longer lets me change the older message; this is how it stands now.'
  return { ...message, summary: `${message.summary} ${sentence}`, parts: [...message.parts, { type: 'note', line: line(sentence) }] }
}

/** Where an outcome is shown. `viewId`: the view pressed in, or the loading view opened for this press. */
export interface ShownAt {
  readonly facts: PressFacts
  readonly answer: Answerer
  readonly viewId: string | undefined
}

/** Carries out what a handler decided. */
export async function carryOut(outcome: Outcome, { facts, answer, viewId }: ShownAt, deps: ReceiveDeps): Promise<void> {
  const { views } = deps
  switch (outcome.type) {
    case 'reply':
      if (viewId !== undefined && facts.viewId !== viewId) await views.update(viewId, views.showing(outcome.message))
      else await answer.say(outcome.message)
      return
    case 'replace':
      if (facts.from === 'message' && !facts.inPrivateReply && facts.channelId !== undefined && facts.messageTs !== undefined) {
        const isReplaced = await views.replaceMessage(facts.channelId, facts.messageTs, outcome.message)
        if (!isReplaced) await answer.say(keptInstead(outcome.message))
      } else await answer.say(outcome.message)
      return
    case 'modal':
      if (viewId !== undefined) await views.update(viewId, outcome.modal)
      else await views.open(facts.triggerId, outcome.modal)
      return
    case 'redraw':
      if (viewId !== undefined) await views.update(viewId, outcome.modal, facts.viewId === viewId ? facts.viewHash : undefined)
      else await views.open(facts.triggerId, outcome.modal)
      return
    case 'errors':
      await answer.say(markedSentenceMessage(Object.values(outcome.errors).join(' ')))
      return
    case 'done':
      if (outcome.home) await drawHome(facts.slackUserId, deps)
  }
}
