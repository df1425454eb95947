// Forgetting somebody gives nobody their figure: whoever remembers a sum they were in is shown none without them. Nor does anything else that
// takes people out of a past week: a leaver who is pruned, two Gong users who become one, a move that Gong dates back.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import type { Subject } from '../../src/domain/policy.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { rowsOf } from '../../src/store/database/database.ts'
import { usualStore } from '../kit/store.ts'
import { scored, shownCompany, teamOf } from './shown-company.ts'
import { person, valueOrWhy, week } from './world.ts'

const team = (managerId: string): Subject => ({ type: 'team', managerId })
const org = (managerId: string): Subject => ({ type: 'org', managerId })
const company: Subject = { type: 'company' }

/** Ada’s six, Ben’s five, and two each of Cleo’s and Dora’s, who are pooled with the leaders; all four report to the boss. */
const people = [
  person('boss'),
  ...['ada', 'ben', 'cleo', 'dora'].map((id) => person(id, 'boss')),
  ...teamOf('ada', 6),
  ...teamOf('ben', 5),
  ...teamOf('cleo', 2),
  ...teamOf('dora', 2),
]
const fetched = (list: readonly Person[], day: string) => [list, { readAt: new Date(`${day}T12:00:00Z`), seenOn: day }] as const

let store: OpenedStore
let world: Awaited<ReturnType<typeof shownCompany>>
beforeEach(async () => {
  store = await usualStore()
  world = await shownCompany(store, people, 5)
  await world.calls(new Map(people.map(({ id }, index) => [id, index + 1])))
  await world.cards(people.map(({ id }, index) => scored(id, index + 1)))
})
afterEach(() => store.close())

const hosted = async (subject: Subject): Promise<number | string> =>
  valueOrWhy((await world.stats.team(subject, week, 'medians')).measures.get('calls-hosted')?.value)
const cards = async (subject: Subject) => {
  const { overall, withheld } = await world.stats.scorecards(subject, week, { type: 'group' })
  return withheld ?? overall?.map(({ average: { value, n } }) => (value.known ? Math.round(value.value * n) : value.why))[0]
}
const answers = async (...subjects: readonly Subject[]) => [
  ...(await Promise.all(subjects.map(hosted))),
  ...(await Promise.all(subjects.map(cards))),
]
const placesKept = async () =>
  (await rowsOf<{ id: string }>(store.database, sql`SELECT DISTINCT manager_id AS id FROM forgotten_places`)).map(({ id }) => id)
const everything = [team('ada'), team('ben'), org('boss'), company]

describe('after somebody was forgotten', () => {
  it('no sum that they were in is shown without them, and every other one stays', async () => {
    // Ada’s people have 6 to 11, Ben’s 12 to 16; the org has 2 to 20. The boss is alone at the top, so in no sum.
    expect(await answers(...everything)).toEqual([51, 70, 209, 209, 51, 70, 209, 209])
    await store.people.forget('ada3', 'key')
    expect(await answers(...everything)).toEqual(['deleted', 70, 'deleted', 'deleted', 'deleted', 70, 'deleted', 'deleted'])
    expect((await world.stats.team(team('ada'), week, 'medians')).counts).toEqual({ members: 5, neverRead: 0 })
    // Who may see everybody by name sees who is left: 51 − 9.
    expect((await world.stats.team(team('ada'), week, 'by-name')).measures.get('calls-hosted')?.value).toEqual({ known: true, value: 42 })
  })

  it('a sum that nobody was shown yet is shown, without them', async () => {
    await store.people.forget('ada3', 'key')
    expect(await answers(...everything)).toEqual([42, 70, 200, 200, 42, 70, 200, 200])
  })

  it('a sum of more teams does not give it away either, where only their team’s was shown', async () => {
    expect(await hosted(team('ada'))).toBe(51)
    await store.people.forget('ada3', 'key')
    expect(await Promise.all([hosted(team('ben')), hosted(org('boss')), hosted(company)])).toEqual([70, 'deleted', 'deleted'])
  })

  it('nor where it was a manager, whose people leave the sums above with them', async () => {
    expect(await answers(org('boss'), company)).toEqual([209, 209, 209, 209])
    await store.people.forget('cleo', 'key')
    expect(await answers(org('boss'), company, team('ada'))).toEqual(['deleted', 'deleted', 51, 'deleted', 'deleted', 51])
    // Gong goes on to say who they reported to.
    await store.people.replaceAll(...fetched(people, '2026-11-26'))
    expect(await answers(org('boss'), company)).toEqual(['deleted', 'deleted', 'deleted', 'deleted'])
  })

  it('nor after their manager was forgotten too', async () => {
    expect(await hosted(org('boss'))).toBe(209)
    await store.people.forget('cleo0', 'key')
    await store.people.forget('cleo', 'key')
    expect(await Promise.all([hosted(org('boss')), hosted(company), hosted(team('ada'))])).toEqual(['deleted', 'deleted', 51])
    expect(await placesKept()).toEqual(['boss'])
  })

  it('somebody whom an admin had moved to them adds nothing to the team Gong has them in', async () => {
    // As if before the first week: nothing is kept of where they were.
    await store.people.move('ada0', 'cleo')
    await store.database.execute(sql`DELETE FROM past_places`)
    // 51 − 6.
    expect(await hosted(team('ada'))).toBe(45)
    await store.people.forget('cleo', 'key')
    expect(await hosted(team('ada'))).toBe(45)
  })

  it('the week after is shown as ever, and a place is kept no longer than figures are', async () => {
    expect(await hosted(team('ada'))).toBe(51)
    await store.people.forget('ada3', 'key')
    const next = { from: week.to, to: '2026-11-30' }
    const read = { quarantinedIds: [], quarantined: 0, readAt: new Date('2026-12-01T12:00:00Z'), final: false }
    const rows = ['ada0', 'ada1', 'ada2', 'ada4', 'ada5'].map((personId) => ({ personId, callsAsHost: 1 }))
    await store.windows.replace('activity', next, { ...read, rows })
    const later = world.at(new Date('2026-12-01T12:00:00Z'))
    const { value, change } = (await later.stats.team(team('ada'), next, 'medians')).measures.get('calls-hosted') ?? {}
    expect([valueOrWhy(value), valueOrWhy(change)]).toEqual([5, 'no-comparison'])
    await store.prune('2026-11-23', '2026-11-23')
    expect(await placesKept()).toEqual([])
  })
})

describe('a past sum stays as it was shown', () => {
  const shown = [51, 70, 209, 209, 51, 70, 209, 209]
  beforeEach(async () => expect(await answers(...everything)).toEqual(shown))

  it('when a leaver without figures is pruned', async () => {
    await store.people.replaceAll(...fetched([...people, person('zoe', 'ada')], '2026-11-02'))
    await store.people.replaceAll(...fetched(people, '2026-11-05'))
    expect(await answers(...everything)).toEqual(shown)
    await store.prune('2026-11-09', '2026-11-09')
    expect((await store.people.chart()).people.has('zoe')).toBe(false)
    expect(await answers(...everything)).toEqual(shown)
  })

  it('when Gong makes two users one: the calls of both are the other’s, and one is gone', async () => {
    const merged = new Map(people.map(({ id }, index) => [id, index + 1]))
    merged.set('ada2', 8 + 9).delete('ada3')
    await store.people.replaceAll(
      ...fetched(
        people.filter(({ id }) => id !== 'ada3'),
        '2026-11-24',
      ),
    )
    await world.calls(merged)
    expect(await Promise.all(everything.map(hosted))).toEqual(shown.slice(0, 4))
    // Of two teams: neither shows what the other one lost.
    merged.set('ben0', 12 + 17).delete('ada2')
    await world.calls(merged)
    expect(await Promise.all(everything.map(hosted))).toEqual(shown.slice(0, 4))
  })

  it('when Gong has somebody in another team, also in the weeks that have ended', async () => {
    const moved = people.map((each) => (each.id === 'ada3' ? { ...each, managerId: 'ben' } : each))
    await store.people.replaceAll(...fetched(moved, '2026-11-24'))
    expect(await answers(...everything)).toEqual(shown)
    await store.people.replaceAll(...fetched([...moved, person('ada9', 'ada', { since: '2026-01-01' })], '2026-11-25'))
    await world.calls(new Map([...people, person('ada9')].map(({ id }, index) => [id, index + 1])))
    expect(await answers(...everything)).toEqual(shown)
  })
})
