// What an answer sends beyond its private reply: posts, files, notices to admins; and who would read a channel. Decides nothing about who
// may see a figure.

import type { WebClient } from '@slack/web-api'
import type { Outbox } from '../../bot/command.ts'
import type { Clock } from '../../clock.ts'
import { databaseFailureOf } from '../../database-failure.ts'
import { ageMs } from '../../domain/age.ts'
import { AskError, ChannelGone, PostInDoubt, SlackRefused } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Viewers } from '../../people/viewers.ts'
import type { Message } from '../../render/message.ts'
import { closedFor, type Gate, plainest, type RenderForSlack, type SlackFailure } from '../../slack-ports.ts'
import type { Store } from '../../store/store.ts'
import type { SlackAccess } from '../access.ts'
import { classifySlackFailure, isRefusal, neededBy } from '../slack-failure.ts'
import { createOneTryClient } from '../web-client.ts'
import type { PostingClient } from './posting-client.ts'

export interface OutboxDeps {
  /** Sends files; one of `createUploadClient`. */
  readonly client: Pick<WebClient, 'apiCall' | 'filesUploadV2'>
  readonly posting: PostingClient
  readonly render: RenderForSlack
  readonly gate: Gate
  readonly viewers: Viewers
  readonly store: Pick<Store, 'submissions'> & { readonly tenant: Pick<Store['tenant'], 'setting' | 'saveSetting'> }
  readonly clock: Clock
  readonly log: Log
  /** As typed after `/invite @`. */
  readonly botName: string
  /** Slack refused these blocks, at these JSON pointers: the renderer remembers them. */
  readonly onRefused?: ((blocks: readonly unknown[], pointers: readonly string[]) => Promise<void>) | undefined
}

const dayMs = 24 * 3_600_000
/** The admins are told one after another, and Slack may take ten seconds for each. */
const askingEndsMs = 30 * 60_000

const switchedOff = 'Files are switched off in this workspace, so no CSV can be sent. An admin of the workspace can allow them.'
const storageFull = 'The storage of this workspace is full, so no CSV can be sent. An admin of the workspace can free some.'

const fileInDoubt = 'Slack did not confirm the file, so it may have arrived. Look for it before you ask for it again.'

/** A client for files: whatever part of an upload was not confirmed is not made again, and no look-up waits for a file's turn. */
export const createUploadClient = ({ botToken, apiUrl, fetch }: Pick<SlackAccess, 'botToken' | 'apiUrl' | 'fetch'>): WebClient =>
  createOneTryClient(botToken, { apiUrl, fetch }, uploadMs)

const uploadMs = 30_000

/** Why Slack takes no file from anybody. */
const fileRefusals: Readonly<Record<string, string>> = {
  file_uploads_disabled: switchedOff,
  file_uploads_except_images_disabled: switchedOff,
  file_upload_size_restricted: 'This workspace takes no file of that size.',
  storage_limit_reached: storageFull,
  team_storage_limit_reached: storageFull,
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { client, posting, render, gate, viewers, log, store, clock } = deps

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

  async function notifyEach(message: Message): Promise<{ readonly notified: number; readonly inDoubt: number }> {
    let notified = 0
    let inDoubt = 0
    for (const slackUserId of await viewers.admins()) {
      try {
        await post(slackUserId, message)
        notified += 1
      } catch (error) {
        if (error instanceof PostInDoubt) inDoubt += 1
        log.warn({ slackUserId, err: error }, 'an admin could not be notified')
      }
    }
    return { notified, inDoubt }
  }

  async function askAdmins(slackUserId: string, message: Message): Promise<number | 'already'> {
    const key = `admins-asked:${slackUserId}`
    const last = await store.tenant.setting(key)
    const now = clock.now()
    if (last !== undefined && ageMs(new Date(last), now) < dayMs) return 'already'
    const { notified, inDoubt } = await notifyEach(message)
    if (notified === 0 && inDoubt > 0) throw new PostInDoubt()
    // Nobody reached is no request: the next press tries again.
    if (notified > 0) await store.tenant.saveSetting(key, now.toISOString())
    return notified
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
    async sendFile(slackUserId, file) {
      let isOpen = false
      try {
        const { channel } = (await client.apiCall('conversations.open', { users: slackUserId })) as {
          readonly channel?: { readonly id?: string }
        }
        if (!channel?.id) throw new Error('Slack opened a conversation without an id')
        isOpen = true
        await client.filesUploadV2({ channel_id: channel.id, filename: file.name, title: file.title, content: file.content })
        return 'sent'
      } catch (error) {
        const failure = classifySlackFailure(error)
        if (isOpen && failure.type === 'ambiguous') throw new PostInDoubt(fileInDoubt)
        if (failure.error === 'missing_scope') return 'missing-scope'
        const why = fileRefusals[failure.error]
        if (why !== undefined) throw new AskError(`${why} The figures are in the reply itself.`)
        throw asExpected(failure, slackUserId, error)
      }
    },
    async notifyAdmins(message) {
      const { notified, inDoubt } = await notifyEach(message)
      return notified + inDoubt
    },
    async askAdmins(slackUserId, message) {
      const key = `asks admins ${slackUserId}`
      if ((await store.submissions.claim(key, askingEndsMs)) !== 'mine') return 'already'
      try {
        return await askAdmins(slackUserId, message)
      } finally {
        await store.submissions.settle(key, false)
      }
    },
  }
}

/** A Slack failure as the expected failure it stands for; anything else stays what it was. */
function asExpected(failure: SlackFailure, channelId: string, cause: unknown): unknown {
  if (failure.type === 'channel-gone') return new ChannelGone({ slackError: failure.error, channelId, cause })
  if (isRefusal(failure)) return new SlackRefused({ slackError: failure.error, needed: neededBy(failure), cause })
  return cause
}
