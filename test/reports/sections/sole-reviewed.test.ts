// A score of a group that rests on one person's cards is that person's own, and so is a count of them: each figure by itself, also the one
// before, and only what is printed.
import { expect, it } from 'vitest'
import type { Viewer } from '../../../src/domain/policy.ts'
import { figuresInFull } from '../../../src/reports/in-full.ts'
import { headline } from '../../../src/reports/sections/headline.ts'
import { scorecards } from '../../../src/reports/sections/scorecards.ts'
import { teams } from '../../../src/reports/sections/teams.ts'
import { toReader } from '../../kit/report-fixtures.ts'
import { card, earlier, now, person, stats, week } from '../../stats/world.ts'

const people = [
  person('boss'),
  ...['maria', 'lena'].map((id) => person(id, 'boss')),
  ...['ana', 'ben'].map((id) => person(id, 'maria')),
  ...['x', 'y', 'z'].map((id) => person(id, 'lena')),
]
const led = (id: string): Viewer => ({
  slackUserId: `U${id}`,
  ...people.filter((each) => each.id === id).map((each) => ({ person: each }))[0],
  standing: 'member',
  isAdmin: false,
  grants: [],
})
type Card = ReturnType<typeof card>
const days = { now: ['2026-11-17', '2026-11-18', '2026-11-19'], before: ['2026-11-10', '2026-11-11', '2026-11-12'] }
/** Three cards of a week. Private ones only whoever filled them reads. */
const three = (id: string, at: 'now' | 'before', overallScore: number, name = 'Discovery', more: Partial<Card> = {}): Card[] =>
  days[at].map((day) =>
    card(id, 'maria', `${day}T10:00:00Z`, {
      overallScore,
      overallRange: { min: 1, max: 5 },
      scorecardId: name,
      scorecardName: name,
      ...more,
    }),
  )
const of = (cards: readonly Card[], by = 'maria', managerId = 'maria') => ({
  ...toReader(
    {},
    {
      subject: managerId === 'boss' ? { type: 'org', managerId } : { type: 'team', managerId },
      period: week,
      audience: { type: 'person', viewer: led(by) },
    },
  ),
  detail: 'by-name' as const,
  today: '2026-11-23',
  now: new Date('2026-11-23T08:00:00Z'),
  stats: stats({
    people,
    interaction: Object.fromEntries(
      [now, earlier].map((at) => [at, people.map(({ id }) => ({ personId: id, callsCount: 9, talkShare: 0.5 }))]),
    ),
    scorecards: cards,
  }),
})
const shownBy = async (section: typeof teams, given: ReturnType<typeof of>) => (await section.write(given))?.shows ?? []

const anas = [...three('ana', 'now', 2), ...three('ana', 'before', 4)]
const bensDemo = [...three('ben', 'now', 4, 'Demo'), ...three('ben', 'before', 4, 'Demo')]
const bens = [...three('ben', 'now', 2), ...three('ben', 'before', 4)]

it('a score that fell is theirs whose cards of that name alone are in it, whatever cards others have', async () => {
  const given = of([...anas, ...bensDemo])
  expect(JSON.stringify((await headline.write(given))?.parts)).toContain('Discovery fell')
  expect(await shownBy(headline, given)).toEqual(['ana'])
  expect(await shownBy(headline, of([...anas, ...bens]))).toEqual([])
})

it('so it is in the row of a team', async () => {
  const shown = async (...cards: readonly Card[]) =>
    (await shownBy(teams, of(cards, 'boss', 'boss'))).filter((id) => ['ana', 'ben'].includes(id))
  const both = await shown(...anas, ...bens)
  expect(await shown(...anas, ...bensDemo)).toEqual(['ana', ...both])
})

it('and what Slackbot is told in full', async () => {
  const { shows } = await figuresInFull(of([...anas, ...bensDemo]), 'cards')
  expect(shows.toSorted()).toEqual(['ana', 'ben'])
  expect((await figuresInFull(of([...anas, ...bens]), 'cards')).shows).toEqual([])
})

it('a score before is theirs who alone had cards then', async () => {
  const given = of([...three('ana', 'now', 2), ...three('ben', 'before', 4)])
  expect(JSON.stringify(await scorecards.write(given))).toContain('from 4.0')
  expect([...(await shownBy(scorecards, given))].toSorted()).toEqual(['ana', 'ben'])
  expect([...(await shownBy(headline, given))].toSorted()).toEqual(['ana', 'ben'])
})

it('a count of cards nobody may read is theirs who got them all, except to themself', async () => {
  const hidden = (id: string) => three(id, 'now', 2, 'Discovery', { visibility: 'private', reviewerId: 'lena' })
  expect(await shownBy(scorecards, of(hidden('ana')))).toEqual(['ana'])
  expect(await shownBy(scorecards, of([...hidden('ana'), ...hidden('ben')]))).toEqual([])
  expect(await shownBy(scorecards, of([...hidden('ana'), ...hidden('ben')], 'ben'))).toEqual(['ana'])
})
