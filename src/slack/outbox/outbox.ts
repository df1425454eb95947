// What an answer sends beyond its private reply: posts, files, notices to admins; and who would read a channel. Decides nothing about who
// may see a figure.

import type { WebClient } from '@slack/web-api'
import type { Outbox } from '../../bot/command.ts'
import { databaseFailureOf } from '../../database-failure.ts'
import { PostInDoubt } from '../../errors.ts'
import type { Viewers } from '../../people/viewers.ts'
import type { Message } from '../../render/message.ts'
import { closedFor, type Gate, plainest, type RenderForSlack } from '../../slack-ports.ts'
import { classifySlackFailure } from '../slack-failure.ts'
import { type AdminNoticeDeps, createAdminNotices } from './admin-notices.ts'
import { asExpected } from './expected-failure.ts'
import type { PostingClient } from './posting-client.ts'
import { sendFile } from './send-file.ts'

export interface OutboxDeps extends AdminNoticeDeps {
  /** Sends files; one of `createUploadClient`. */
  readonly client: Pick<WebClient, 'apiCall' | 'filesUploadV2'>
  readonly posting: PostingClient
  readonly render: RenderForSlack
  readonly gate: Gate
  readonly viewers: Viewers
  /** As typed after `/invite @`. */
  readonly botName: string
  /** Slack refused these blocks, at these JSON pointers: the renderer remembers them. */
  readonly onRefused?: ((blocks: readonly unknown[], pointers: readonly string[]) => Promise<void>) | undefined
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { client, posting, render, gate, viewers, log, store } = deps

  /** Posts a message and its thread. Where Slack refuses a block, only that one of the two is sent again in simpler form. */
  async function post(channel: string, message: Message, threadTs?: string): Promise<void> {
    for (let plainer = 0; ; plainer += 1) {
      const { payload, thread } = render(message, plainer, threadTs === undefined ? 'message' : 'thread')
      let ts: string | undefined
      try {
        const posted = (await posting.apiCall('chat.postMessage', {
          channel,
          text: payload.text,
          blocks: payload.blocks.length > 0 ? payload.blocks : undefined,
          thread_ts: threadTs,
          unfurl_links: false,
          unfurl_media: false,
        })) as { readonly ts?: string }
        ts = posted.ts
      } catch (error) {
        const failure = classifySlackFailure(error)
        if (failure.type === 'blocks-refused' && plainer < plainest) {
          await deps.onRefused?.(payload.blocks, failure.pointers)
          continue
        }
        throw failure.type === 'ambiguous' ? new PostInDoubt() : asExpected(failure, channel, error)
      }
      if (thread && ts !== undefined) await postThread(channel, thread, ts)
      return
    }
  }

  /** Below a message that stands: posted once more, that would be there twice. */
  async function postThread(channel: string, thread: Message, threadTs: string): Promise<void> {
    try {
      await post(channel, thread, threadTs)
    } catch (error) {
      log.warn({ err: error }, 'the thread of a post could not be posted')
      throw new PostInDoubt('The message was posted. Its thread with the details may be missing.')
    }
  }

  return {
    async postOnce(key, channel, message) {
      if ((await store.submissions.claim(key)) !== 'mine') return false
      // Before it is sent: whoever dies here must not have it sent twice.
      await store.submissions.settle(key, true)
      try {
        await post(channel, message)
      } catch (error) {
        // Nothing of it was posted: the same press may try again.
        if (!(error instanceof PostInDoubt || databaseFailureOf(error))) await store.submissions.withdraw(key)
        throw error
      }
      return true
    },
    viewerOf: async (slackUserId) => (await viewers.readerOf(slackUserId)).viewer,
    async shareGate(channelId, asker) {
      const verdict = await gate.check(channelId)
      const reason = verdict.type === 'unknown' ? verdict.type : closedFor(asker, verdict)
      if (verdict.type === 'open' && reason === undefined) {
        const readerIds = verdict.people.map(({ slackUserId }) => slackUserId)
        const onlookers = await viewers.onlookersOf(verdict)
        return { open: true, channelName: verdict.channelName, isPublic: !verdict.isPrivate, readerIds, onlookers }
      }
      return { open: false, reason: reason ?? 'unknown', botName: deps.botName }
    },
    sendFile: (slackUserId, file) => sendFile(client, slackUserId, file),
    ...createAdminNotices(deps, post),
  }
}
