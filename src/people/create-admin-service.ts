// The admin service over the store: matches, managers, roles, scorecards that count. Every change is written to the access log. Callers have
// checked that the viewer is an admin.
import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import type { ReadingState } from '../sync/sync.ts'
import type { AdminService, Unmatched } from './admin-service.ts'
import type { Viewers } from './viewers.ts'

export interface AdminServiceDeps {
  readonly store: Pick<Store, 'people' | 'access' | 'budget' | 'cards' | 'listWatch'>
  readonly viewers: Pick<Viewers, 'matched'>
  readonly reading: () => Promise<ReadingState>
  readonly clock: Clock
  /** From the directory: untrusted text. */
  nameOf(slackUserId: string): Promise<string>
}

export function createAdminService({ store, viewers, reading, clock, nameOf }: AdminServiceDeps): AdminService {
  const change = (what: 'link' | 'move' | 'grant' | 'change', bySlackId: string, detail: string, personId?: string) =>
    store.access.record([{ at: clock.now(), what, bySlackId, detail, personId }])

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
          about: personId === undefined ? undefined : (people.get(personId)?.name ?? 'somebody who left'),
        })),
      )
    },
    reading,
    async answerShrunkList(decision, bySlackId) {
      const isOpen = await store.listWatch.decide(decision)
      if (isOpen)
        await change('change', bySlackId, decision === 'use' ? "uses Gong's shrunk list of people" : 'keeps the last list of people')
      return isOpen
    },
    async budget() {
      const [today, pause] = await Promise.all([store.budget.today(), store.budget.pause()])
      return { ...today, ...(pause && { pause }) }
    },
  }
}
