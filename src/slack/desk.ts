// The desk commands answer from: joins store, statistics, sync and Slack into the narrow shape reports ask for. Decides nothing
// about who may see what; writes down who saw it.
import type { WebClient } from '@slack/web-api'
import type { Clock } from '../clock.ts'
import { localDateOf, type Weekday } from '../domain/period.ts'
import { ChannelGone, SlackRefused } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Message } from '../render/message.ts'
import type { ReadingState, Unmatched } from '../reports/admin-desk.ts'
import type { CoachingCare } from '../reports/coaching-care.ts'
import type { Desk, Reach } from '../reports/command.ts'
import type { DigestDesk } from '../reports/digest-desk.ts'
import type { StatsService } from '../stats/results.ts'
import type { Store } from '../store/store.ts'
import { plainest, type RenderForSlack } from './delivery-body.ts'
import type { Gate, GateReason } from './gate.ts'
import { classifySlackFailure, type SlackFailure } from './slack-failure.ts'
import { readUserGroup } from './user-groups.ts'
import type { Viewers } from './viewer.ts'

export interface DeskParts {
  readonly store: Pick<Store, 'people' | 'access' | 'directory' | 'budget' | 'cards'> & {
    readonly tenant: Pick<Store['tenant'], 'setting' | 'saveSetting'>
  }
  readonly stats: StatsService
  readonly ensureRead: Desk['ensureRead']
  readonly reading: () => Promise<ReadingState>
  readonly digests: DigestDesk
  readonly coaching: CoachingCare
  readonly client: Pick<WebClient, 'apiCall' | 'filesUploadV2'>
  readonly render: RenderForSlack
  readonly gate: Gate
  readonly viewers: Viewers
  readonly zone: () => Promise<string>
  readonly clock: Clock
  readonly log: Log
  readonly settings: {
    readonly gongAppUrl: string
    readonly minimumGroup: number
    readonly minimumCalls: number
    readonly weekStart: Weekday
  }
  /** As typed after `/invite @`. */
  readonly botName: string
  /** `ADMINS` as configured, for "ask …"; names never leave in messages to strangers. */
  readonly adminNames: readonly string[]
}

const dayMs = 24 * 3_600_000

export function createDesk(parts: DeskParts): Desk {
  const { store, viewers, clock, settings } = parts
  const change = (what: 'link' | 'move' | 'grant' | 'change', bySlackId: string, detail: string, personId?: string) =>
    store.access.record([{ at: clock.now(), what, bySlackId, detail, ...(personId !== undefined && { personId }) }])

  async function nameOf(slackUserId: string): Promise<string> {
    const member = await store.directory.find(slackUserId)
    return member?.name ?? slackUserId
  }

  async function unmatched(): Promise<readonly Unmatched[]> {
    const chart = await store.people.chart()
    const owners = new Map<string, number>()
    for (const person of chart.active) for (const email of new Set(person.emails)) owners.set(email, (owners.get(email) ?? 0) + 1)
    const matched = await viewers.matched()
    const found: Unmatched[] = []
    for (const person of chart.active) {
      if (matched.has(person.id)) continue
      const shared = person.emails.some((email) => (owners.get(email) ?? 0) > 1)
      found.push({ person, why: person.emails.length === 0 ? 'no-email' : shared ? 'shared-email' : 'no-slack-user' })
    }
    return found
  }

  return {
    stats: parts.stats,
    digests: parts.digests,
    coaching: parts.coaching,
    chart: () => store.people.chart(),
    today: async () => localDateOf(clock.now(), await parts.zone()),
    personOfSlackUser: (slackUserId) => viewers.personOfSlackUser(slackUserId),
    membersOfUserGroup: (groupId) => readUserGroup(parts.client, groupId),
    slackUserOfPerson: (personId) => viewers.slackUserOfPerson(personId),
    ensureRead: parts.ensureRead,
    async recordViews(viewer, personIds, detail) {
      const at = clock.now()
      await store.access.record(
        personIds.map((personId) => ({ at, what: 'view' as const, bySlackId: viewer.slackUserId, personId, detail })),
      )
    },
    async seenBy(personId, limit) {
      const own = await viewers.slackUserOfPerson(personId)
      const entries = await store.access.seenBy(personId, limit, own)
      return Promise.all(
        entries.map(async ({ at, what, bySlackId, detail }) => ({
          at,
          by: await nameOf(bySlackId),
          what: what === 'delivery' ? ('delivery' as const) : ('view' as const),
          detail,
        })),
      )
    },
    reach: createReach(parts),
    admin: {
      unmatched,
      async link(personId, slackUserId, bySlackId) {
        await store.people.link(personId, slackUserId)
        await change('link', bySlackId, slackUserId === null ? 'unlinked' : `linked to ${slackUserId}`, personId)
      },
      async move(personId, managerId, bySlackId) {
        await store.people.move(personId, managerId)
        await change('move', bySlackId, managerId === null ? 'as Gong says' : `to manager ${managerId}`, personId)
      },
      roles: () =>
        store.access
          .allGrants()
          .then((grants) => grants.map(({ id, slackUserId, bySlackId, at, ...grant }) => ({ id, slackUserId, bySlackId, at, grant }))),
      async grant(slackUserId, grant, bySlackId) {
        await store.access.grant(slackUserId, grant, bySlackId, clock.now())
        const personId = grant.type === 'coach' ? grant.personId : grant.orgOf
        await change('grant', bySlackId, `${grant.type} for ${slackUserId}`, personId)
      },
      async revoke(roleId, bySlackId) {
        await store.access.revoke(roleId)
        await change('grant', bySlackId, `ended role ${roleId}`)
      },
      async cards() {
        const [known, counted] = await Promise.all([store.cards.known(), store.cards.counted()])
        return { known, counted }
      },
      async countCards(ids, bySlackId) {
        const counted = await store.cards.choose(ids)
        const words = counted.length === 0 ? 'all' : counted.map(({ id, name }) => `${name} (${id})`).join(', ')
        await change('change', bySlackId, `cards that count: ${words}`)
      },
      async changes(limit) {
        const { people } = await store.people.chart()
        const rows = await store.access.changes(limit)
        return Promise.all(
          rows.map(async ({ at, bySlackId, detail, personId }) => ({
            at,
            by: await nameOf(bySlackId),
            detail,
            ...(personId !== undefined && { about: people.get(personId)?.name ?? 'somebody who left' }),
          })),
        )
      },
      reading: parts.reading,
      budget: () => store.budget.today(),
    },
    settings: {
      ...settings,
      weekStart: settings.weekStart === 7 ? 7 : 1,
      admins: parts.adminNames.length > 0 ? 'the bot’s admins' : 'whoever runs the bot',
    },
  }
}

function createReach(parts: DeskParts): Reach {
  const { client, render, gate, viewers, log, store, clock } = parts

  async function post(channel: string, message: Parameters<RenderForSlack>[0]): Promise<void> {
    for (let plainer = 0; ; plainer += 1) {
      const { payload, thread } = render(message, plainer)
      const body = (part: typeof payload) => ({
        channel,
        text: part.text,
        ...(part.blocks.length > 0 && { blocks: part.blocks }),
        unfurl_links: false,
        unfurl_media: false,
      })
      try {
        const posted = (await client.apiCall('chat.postMessage', body(payload))) as { readonly ts?: string }
        if (thread) await client.apiCall('chat.postMessage', { ...body(thread), thread_ts: posted.ts })
        return
      } catch (error) {
        const failure = classifySlackFailure(error)
        if (failure.type === 'blocks-refused' && plainer < plainest) continue
        throw asExpected(failure, channel, error)
      }
    }
  }

  async function tellAdmins(message: Message): Promise<number> {
    let told = 0
    for (const slackUserId of await viewers.admins()) {
      try {
        await post(slackUserId, message)
        told += 1
      } catch (error) {
        log.warn({ slackUserId, err: error }, 'an admin could not be told')
      }
    }
    return told
  }

  return {
    post,
    viewerOf: async (slackUserId) => (await viewers.readerOf(slackUserId)).viewer,
    async shareGate(channelId) {
      const verdict = await gate.check(channelId)
      if (verdict.type === 'open') {
        return { open: true, channelName: verdict.channelName, readerIds: verdict.people.map(({ slackUserId }) => slackUserId) }
      }
      if (verdict.type === 'unknown')
        return { open: false, why: 'Slack does not say right now who is in this channel, so nothing is shown.', invite: false }
      return { open: false, why: closedWords(verdict.reason, parts.botName), invite: verdict.reason === 'not-member' }
    },
    async sendFile(slackUserId, file) {
      try {
        const { channel } = (await client.apiCall('conversations.open', { users: slackUserId })) as {
          readonly channel?: { readonly id?: string }
        }
        if (!channel?.id) throw new Error('Slack opened a conversation without an id')
        await client.filesUploadV2({ channel_id: channel.id, filename: file.name, title: file.title, content: file.content })
        return 'sent'
      } catch (error) {
        const failure = classifySlackFailure(error)
        if (failure.error === 'missing_scope') return 'missing-scope'
        throw asExpected(failure, slackUserId, error)
      }
    },
    tellAdmins,
    async askAdmins(slackUserId, message) {
      const key = `admins-asked:${slackUserId}`
      const last = await store.tenant.setting(key)
      const now = clock.now()
      if (last !== undefined && now.getTime() - Date.parse(last) < dayMs) return 'already'
      const told = await tellAdmins(message)
      // Nobody reached is no request: the next press tries again.
      if (told > 0) await store.tenant.saveSetting(key, now.toISOString())
      return told
    },
  }
}

const closedWords = (reason: GateReason, botName: string): string =>
  reason === 'not-member'
    ? `The bot is not in this channel. Type \`/invite @${botName}\` here, then press Share again.`
    : closedForGood[reason]

const closedForGood: Readonly<Record<Exclude<GateReason, 'not-member'>, string>> = {
  archived: 'This channel is archived.',
  shared: 'This channel is shared with another company, so figures are never shown in it.',
  guests: 'There are guests in this channel, so figures are not shown in it.',
  outsiders: 'There are people of another company in this channel, so figures are never shown in it.',
}

/** A Slack failure as the one the edge knows what to say about; anything else stays what it was. */
function asExpected(failure: SlackFailure, channelId: string, cause: unknown): unknown {
  if (failure.type === 'channel-gone') return new ChannelGone({ slackError: failure.error, channelId, cause })
  if (failure.type === 'token-refused') return new SlackRefused({ slackError: failure.error, needed: failure.needed, cause })
  return cause
}
