// Looks for one of our own posts when it is in doubt: by the delivery id in its metadata, in everything posted since the attempt. Anybody in
// the channel can read that id and another app can post it, so the author counts too. When it could not see everything it says so; it never
// guesses.
import type { Clock } from '../../clock.ts'
import type { Reconciler } from '../../slack-ports.ts'
import { Incomplete, listed } from '../pages-of.ts'
import { classifySlackFailure } from '../slack-failure.ts'
import { deliveryEvent } from './post.ts'
import type { TimedPostingClient } from './posting-client.ts'

/** Slack's and our clock may differ by this much unnoticed. */
const clockDifferenceMs = 10 * 60_000

const mostPages = 120
/** Digests are long, and the SDK parses a page at once. */
const messagesOnPage = 50
const mostOnPage = 1000

export function createReconciler(client: Pick<TimedPostingClient, 'apiCall' | 'time'>, clock: Clock): Reconciler {
  /**
   * From where on Slack is asked, in its own time: what was written by a clock like ours lies earlier there by as much as ours is ahead.
   */
  async function oldestOf(attemptedAt: Date): Promise<string> {
    if (client.time.now() === undefined) await client.apiCall('auth.test')
    const now = clock.now().getTime()
    const aheadMs = Math.max(0, now - (client.time.now()?.getTime() ?? now))
    return String((attemptedAt.getTime() - aheadMs - clockDifferenceMs) / 1000)
  }

  /** A direct message is posted to the person, but its history belongs to the conversation. */
  async function conversationOf(channelId: string): Promise<string> {
    if (!/^[UW]/.test(channelId)) return channelId
    const { channel } = (await client.apiCall('conversations.open', { users: channelId })) as { channel?: { id?: string } }
    return channel?.id ?? channelId
  }

  /** Those of them that the bot itself posted. @throws Incomplete where Slack does not say who the bot is */
  async function ours(messages: readonly HistoryMessage[]): Promise<readonly HistoryMessage[]> {
    if (messages.length === 0) return []
    const { user_id, bot_id } = (await client.apiCall('auth.test')) as { readonly user_id?: string; readonly bot_id?: string }
    if (!user_id) throw new Incomplete('Slack did not say which bot the token is of')
    return messages.filter((message) => message.user === user_id || (bot_id && message.bot_id === bot_id))
  }

  return {
    async look({ id, channelId, threadTs, attemptedAt }) {
      try {
        const channel = await conversationOf(channelId)
        const oldest = await oldestOf(attemptedAt)
        const method = threadTs === undefined ? 'conversations.history' : 'conversations.replies'
        let cursor = ''
        for (let page = 0; page < mostPages; page += 1) {
          const answer = (await client.apiCall(method, {
            channel,
            oldest,
            limit: messagesOnPage,
            include_all_metadata: true,
            ts: threadTs,
            cursor: cursor || undefined,
          })) as { messages?: unknown; response_metadata?: { next_cursor?: string } }
          // No list is no history without it: taken for one, the message would be posted again.
          const marked = (listed(answer.messages, mostOnPage) as readonly (HistoryMessage | null)[]).filter(
            (message) => message?.metadata?.event_type === deliveryEvent && message.metadata.event_payload?.id === id,
          )
          const [found] = await ours(marked.filter((message) => message !== null))
          if (typeof found?.ts === 'string') return { type: 'found', channelId: channel, messageTs: found.ts }
          cursor = answer.response_metadata?.next_cursor ?? ''
          if (!cursor) return { type: 'absent' }
        }
        return { type: 'blind', error: 'too_much_history' }
      } catch (error) {
        const failure = classifySlackFailure(error)
        if (failure.error === 'missing_scope') return { type: 'blind', error: failure.error }
        return { type: 'failed', failure }
      }
    },
  }
}

interface HistoryMessage {
  readonly user?: string
  readonly bot_id?: string
  readonly ts?: string
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: { readonly id?: string } }
}
