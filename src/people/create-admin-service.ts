// The admin service over the store: matches, managers, roles, scorecards that count. Every change is written to the access log. Callers have
// checked that the viewer is an admin.
import type { Clock } from '../clock.ts'
import type { AccessRecord } from '../domain/access-record.ts'
import { type LocalDate, localDateOf } from '../domain/period.ts'
import type { Person } from '../domain/person.ts'
import { seenByName } from '../domain/policy.ts'
import { claimsIn } from '../domain/slack-claims.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import type { FirstReading } from '../sync/first-reading.ts'
import type { ReadingState } from '../sync/reading-state.ts'
import type { AdminService, RoleRow, Unmatched } from './admin-service.ts'
import { mustBeKept } from './must-be-kept.ts'
import type { Outages } from './outages.ts'
import { begun, ended as endedRole, endOf, noticesOfRole, subjectOf } from './role-notices.ts'
import type { Viewers } from './viewers.ts'

export interface AdminServiceDeps {
  readonly store: Pick<Store, 'people' | 'access' | 'budget' | 'cards' | 'listWatch' | 'deliveries' | 'recorded'>
  readonly viewers: Pick<Viewers, 'matched' | 'readerOf' | 'slackUserOfPerson'>
  readonly wake: Wake
  /** Lets the workers look now. */
  nudge(): void
  readonly reading: () => Promise<ReadingState>
  readonly firstReading: () => Promise<FirstReading>
  readonly outages: Pick<Outages, 'open'>
  readonly clock: Clock
  /** The company's IANA zone: by its days roles end. */
  readonly zone: string
  /** From the directory: untrusted text. */
  nameOf(slackUserId: string): Promise<string>
}

export function createAdminService(deps: AdminServiceDeps): AdminService {
  const { store, viewers, reading, firstReading, clock, nameOf } = deps
  const today = (): LocalDate => localDateOf(clock.now(), deps.zone)
  const recordOf = (what: 'link' | 'move' | 'grant' | 'change', bySlackId: string, detail: string, personId?: string): AccessRecord => ({
    at: clock.now(),
    what,
    bySlackId,
    detail,
    personId,
  })

  async function unmatched(): Promise<readonly Unmatched[]> {
    const { active } = await store.people.chart()
    const { bySlackId, byEmail } = claimsIn(active)
    const matched = await viewers.matched()
    const whyNot = ({ slackUserId, emails }: Person): Unmatched['why'] => {
      if (slackUserId !== undefined) return bySlackId.get(slackUserId) === 'several' ? 'shared-link' : 'link-without-user'
      if (emails.length === 0) return 'no-email'
      return emails.some((email) => byEmail.get(email.toLowerCase()) === 'several') ? 'shared-email' : 'no-slack-user'
    }
    const found = active.filter(({ id }) => !matched.has(id)).map((person) => ({ person, why: whyNot(person) }))
    // The list is cut: whoever lost their figures by a link stands before those who never had a Slack user.
    return found.toSorted((a, b) => Number(b.why === 'shared-link') - Number(a.why === 'shared-link'))
  }

  async function roles(): Promise<readonly RoleRow[]> {
    const grants = await store.access.allGrants()
    return grants
      .filter(({ until }) => until === undefined || today() < until)
      .map(({ id, slackUserId, bySlackId, at, ...grant }) => ({ id, slackUserId, bySlackId, at, grant }))
      .toReversed()
  }

  return {
    unmatched,
    outages: () => deps.outages.open(),
    async link(personId, slackUserId, bySlackId) {
      const { ended, again } = await store.people.link(personId, slackUserId, (links) => [
        ...links.ended.map((id) => recordOf('link', bySlackId, 'unlinked', id)),
        recordOf('link', bySlackId, slackUserId === null ? 'unlinked' : `linked to ${slackUserId}`, personId),
        ...links.again.map((link) => recordOf('link', bySlackId, `linked to ${link.slackUserId}, as PEOPLE_FILE says`, link.personId)),
      ])
      await mustBeKept([personId, slackUserId ?? undefined], store)
      const { people } = await store.people.chart()
      return {
        ended: ended.flatMap((id) => people.get(id) ?? []),
        again: again.flatMap((link) => {
          const person = people.get(link.personId)
          return person ? [{ person, slackUserId: link.slackUserId }] : []
        }),
      }
    },
    links: () => store.people.links(),
    async move(personId, managerId, bySlackId) {
      const detail = managerId === null ? 'as Gong says' : `to manager ${managerId}`
      await store.people.move(personId, managerId, [recordOf('move', bySlackId, detail, personId)])
      await mustBeKept([personId, managerId ?? undefined], store)
    },
    roles,
    async searchRoles(typed, most) {
      const { people } = await store.people.chart()
      const wanted = typed.trim().toLowerCase()
      const named = await Promise.all(
        (await roles()).map(async (role) => {
          const subject = people.get(subjectOf(role.grant))?.name ?? 'somebody who left'
          return { ...role, holder: await nameOf(role.slackUserId), subject }
        }),
      )
      return named.filter(({ holder, subject }) => [holder, subject].some((name) => name.toLowerCase().includes(wanted))).slice(0, most)
    },
    async grant(slackUserId, grant, bySlackId) {
      const notices = await noticesOfRole(slackUserId, grant, bySlackId, begun, deps)
      const record = recordOf('grant', bySlackId, `${grant.type} for ${slackUserId}`, subjectOf(grant))
      await store.access.grant(slackUserId, grant, bySlackId, clock.now(), (id) => ({ records: [record], notices: notices(`role:${id}`) }))
      await mustBeKept([slackUserId, subjectOf(grant)], store)
      deps.nudge()
    },
    async revoke(roleId, bySlackId) {
      const role = (await store.access.allGrants()).find(({ id }) => id === roleId)
      const detail = role ? `ended: ${role.type} for ${role.slackUserId}` : 'ended a role'
      const records = [recordOf('grant', bySlackId, detail, role && subjectOf(role))]
      const notices = role && (await noticesOfRole(role.slackUserId, role, bySlackId, endedRole, deps))
      await store.access.revoke(roleId, today(), { records, ...(notices && { notices: notices(endOf(roleId)) }) })
      deps.nudge()
    },
    async cards() {
      const [known, counted] = await Promise.all([store.cards.known(), store.cards.counted()])
      return { known, counted }
    },
    async cardNamesFor(viewer, minimumPeople) {
      if (viewer.isAdmin) return (await store.cards.known()).map(({ name }) => name)
      const personIds = seenByName(viewer, await store.people.chart(), today())
      return store.cards.namesFor({ selfId: viewer.person?.id, personIds, minimumPeople })
    },
    async countCards(ids, bySlackId) {
      await store.recorded(
        ({ cards }) => cards.choose(ids, today()),
        (counted) => {
          const words = counted.length === 0 ? 'all' : counted.map(({ id, name }) => `${name} (${id})`).join(', ')
          return [recordOf('change', bySlackId, `cards that count: ${words}`)]
        },
      )
    },
    async changes(limit) {
      const { people } = await store.people.chart()
      const rows = await store.access.changes(limit)
      return Promise.all(
        rows.map(async ({ at, bySlackId, detail, personId }) => ({
          at,
          by: await nameOf(bySlackId),
          detail: (await withNames(detail, nameOf)).replace(/(?<=^to manager )\d{1,20}$/, (id) => people.get(id)?.name ?? id),
          about: personId === undefined ? undefined : (people.get(personId)?.name ?? 'somebody who left'),
        })),
      )
    },
    reading,
    firstReading,
    async answerShrunkList(decision, bySlackId) {
      const detail = decision === 'use' ? "uses Gong's shrunk list of people" : 'keeps the last list of people'
      return store.recorded(
        ({ listWatch }) => listWatch.decide(decision),
        (isOpen) => (isOpen ? [recordOf('change', bySlackId, detail)] : []),
      )
    },
    async budget() {
      const [today, pause] = await Promise.all([store.budget.today(), store.budget.pause()])
      return { ...today, pause }
    },
  }
}

/** What was written down of Slack users, by their names as they are now. */
async function withNames(detail: string, nameOf: (slackUserId: string) => Promise<string>): Promise<string> {
  const ids = [...new Set(detail.match(slackUserIds) ?? [])]
  const names = new Map(await Promise.all(ids.map(async (id) => [id, await nameOf(id)] as const)))
  return detail.replace(slackUserIds, (id) => names.get(id) ?? id)
}

const slackUserIds = /(?<=\b(?:for|to) )[UW][A-Z0-9]{2,20}\b/g
