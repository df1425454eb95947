// The gate every channel passes when a digest is created and again at every send. It fails closed: a channel that cannot be looked up
// stays closed, and nobody can override it for a channel shared with another company. Knows nothing of figures.

import type { Clock } from '../clock.ts'
import type { GateReason } from '../domain/hold-reason.ts'
import { cleanText, cutText } from '../domain/outside-text.ts'
import type { SlackMember } from '../domain/slack-member.ts'
import { createHolds } from '../holds.ts'
import type { Gate, GateVerdict } from '../slack-ports.ts'
import type { DirectoryStore } from '../store/people/directory.ts'
import type { Directory } from './directory.ts'
import type { PostingClient } from './outbox/posting-client.ts'
import { Incomplete, listed, pagesOf } from './pages-of.ts'
import { classifySlackFailure } from './slack-failure.ts'

/** The fields of Slack's channel object the gate reads. Source: `conversations.info`. */
interface ChannelFacts {
  readonly name?: string | undefined
  readonly is_archived?: boolean
  readonly is_member?: boolean
  readonly is_private?: boolean
  readonly is_im?: boolean
  readonly is_mpim?: boolean
  readonly is_shared?: boolean
  readonly is_org_shared?: boolean
  readonly is_ext_shared?: boolean
  readonly is_pending_ext_shared?: boolean
  /** Workspaces of other companies that were invited and have not answered. */
  readonly pending_shared?: readonly unknown[]
  readonly pending_connected_team_ids?: readonly unknown[]
}

/** Slack's limit of a channel's name. */
const longestName = 80

/** Of 999 members each: more than any channel digests go to. */
const mostPages = 200
const mostOnPage = 2000

export function createGate(deps: {
  readonly client: Pick<PostingClient, 'apiCall'>
  readonly members: Pick<DirectoryStore, 'findMany'>
  readonly directory: Pick<Directory, 'whoIs'>
  readonly allowGuests: boolean
  readonly clock: Clock
}): Gate {
  const { client } = deps
  /** Slack answered 429: any further call would get the same answer. */
  const holds = createHolds<'channels'>(deps.clock)

  async function memberIds(channelId: string): Promise<string[]> {
    const ids: string[] = []
    const page = (cursor: string | undefined) =>
      client.apiCall('conversations.members', { channel: channelId, limit: 999, cursor }) as Promise<MembersPage>
    for await (const { members } of pagesOf(page, mostPages)) for (const id of listed(members, mostOnPage)) ids.push(String(id))
    return ids
  }

  async function peopleIn(channelId: string): Promise<SlackMember[]> {
    const ids = await memberIds(channelId)
    const known = await deps.members.findMany(ids)
    const people: SlackMember[] = []
    for (const id of ids) {
      const member = known.get(id) ?? (await deps.directory.whoIs(id)) ?? stranger(id)
      if (!member.isBot && !member.deleted) people.push(member)
    }
    return people
  }

  return {
    async check(channelId) {
      const heldMs = holds.leftMs('channels')
      if (heldMs > 0) return { type: 'unknown', failure: { type: 'rate-limited', retryAfterMs: heldMs, error: 'ratelimited' } }
      try {
        const channel = channelIn(await client.apiCall('conversations.info', { channel: channelId }))
        const channelName = typeof channel?.name === 'string' ? cutText(cleanText(channel.name), longestName) : undefined
        const closed = async (reason: GateReason, people = 0): Promise<GateVerdict> => ({
          type: 'closed',
          reason,
          people,
          channelName,
          // Slack names nobody of some that are archived.
          ...(channel.is_private === true && { onlyFor: await memberIds(channelId).catch(() => []) }),
        })
        if (isExternal(channel)) return await closed('shared')
        if (channel.is_archived === true) return await closed('archived')
        if (channel.is_member !== true && channel.is_im !== true && channel.is_mpim !== true) return await closed('not-member')
        const people = await peopleIn(channelId)
        const outside = people.filter((person) => person.isOutside).length
        if (outside > 0) return await closed('outsiders', outside)
        const guests = people.filter((person) => person.isGuest).length
        if (guests > 0 && !deps.allowGuests) return await closed('guests', guests)
        return { type: 'open', channelName: channelName ?? channelId, isPrivate: channel.is_private === true, people }
      } catch (error) {
        const failure = classifySlackFailure(error)
        // A private channel the bot is not in looks like one that does not exist.
        if (failure.type === 'channel-gone') return { type: 'closed', reason: 'not-member', people: 0 }
        if (failure.type === 'rate-limited') holds.begin('channels', failure.retryAfterMs)
        return { type: 'unknown', failure }
      }
    },
  }
}

/** @throws Incomplete: an answer without a channel says nothing about it */
function channelIn(answer: object): ChannelFacts {
  const channel = 'channel' in answer ? answer.channel : undefined
  if (typeof channel !== 'object' || channel === null || Array.isArray(channel)) throw new Incomplete('no channel')
  return channel
}

/** Source: `conversations.members`. */
interface MembersPage {
  readonly members?: unknown
  readonly response_metadata?: { readonly next_cursor?: string }
}

/** Shared with another company, or waiting for one to accept. Source: Slack's channel object. */
const isExternal = (channel: ChannelFacts): boolean =>
  channel.is_ext_shared === true ||
  channel.is_pending_ext_shared === true ||
  [channel.pending_shared, channel.pending_connected_team_ids].some((invited) => invited !== undefined && invited.length > 0) ||
  (channel.is_shared === true && channel.is_org_shared !== true)

/** Somebody Slack does not show us counts as a person of another company. */
const stranger = (slackUserId: string): SlackMember => ({
  slackUserId,
  name: slackUserId,
  isBot: false,
  isGuest: false,
  isOutside: true,
  isSlackAdmin: false,
  deleted: false,
})
