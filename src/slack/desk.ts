// The desk commands answer from: joins store, statistics, sync and Slack into the narrow shape reports ask for. Decides nothing
// about who may see what; writes down who saw it.
import { localDateOf, type Weekday } from '../domain/period.ts'
import type { ReadingState, Unmatched } from '../reports/admin-desk.ts'
import type { CoachingCare } from '../reports/coaching-care.ts'
import type { Desk } from '../reports/command.ts'
import type { DigestDesk } from '../reports/digest-desk.ts'
import type { StatsService } from '../stats/results.ts'
import type { Store } from '../store/store.ts'
import { createReach, type ReachParts } from './reach.ts'
import { readUserGroup } from './user-groups.ts'

export interface DeskParts extends ReachParts {
  readonly store: Pick<Store, 'people' | 'access' | 'directory' | 'budget' | 'cards'> & {
    readonly tenant: Pick<Store['tenant'], 'setting' | 'saveSetting'>
  }
  readonly stats: StatsService
  readonly ensureRead: Desk['ensureRead']
  readonly reading: () => Promise<ReadingState>
  readonly digests: DigestDesk
  readonly coaching: CoachingCare
  readonly zone: () => Promise<string>
  readonly settings: {
    readonly gongAppUrl: string
    readonly minimumGroup: number
    readonly minimumCalls: number
    readonly weekStart: Weekday
  }
  /** `ADMINS` as configured, for "ask …"; names never leave in messages to strangers. */
  readonly adminNames: readonly string[]
}

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
