// The weeks a figure is held against: of random past weeks random ones were fetched. What is usual is made of those alone and says of how many;
// a week of the trend that was never fetched is called that, whoever is asked about.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, type Period, periodKey, weeksThrough } from '../../src/domain/period.ts'
import { casesOf } from '../kit/cases.ts'
import { stats, teamOf, week } from './world.ts'

/** Oldest first, the last one is 16–22 November. */
const weeks = weeksThrough(week, 26)
const names = ['ana', 'ben', 'eva', 'jo', 'kim', 'lea'] as const

const cases = fc.record({
  asked: fc.integer({ min: 12, max: 25 }),
  fetched: fc.array(fc.boolean(), { minLength: 26, maxLength: 26 }),
  /** Percent of talk time, by week. */
  talk: fc.array(fc.integer({ min: 20, max: 80 }), { minLength: 26, maxLength: 26 }),
})

/** 1.5 of `[1, 2]`, 2 of `[1, 2, 7]`. */
function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2
}

it('are said, and no other is counted', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ asked, fetched, talk }) => {
      // The week asked about was fetched with the question.
      const isRead = (at: number) => at === asked || fetched[at] === true
      const read = weeks.flatMap((period, at) => (isRead(at) ? [[periodKey(period), talk[at] ?? 0] as const] : []))
      const tables = {
        people: teamOf(...names),
        interaction: Object.fromEntries(
          read.map(([key, percent]) => [key, names.map((personId) => ({ personId, callsCount: 5, talkShare: percent / 100 }))]),
        ),
        activity: Object.fromEntries(read.map(([key]) => [key, names.map((personId) => ({ personId, callsAsHost: 5 }))])),
        unread: weeks.flatMap((period, at) => (isRead(at) ? [] : [periodKey(period)])),
      }
      const period = weeks[asked] as Period
      const before = Array.from({ length: 8 }, (_, index) => asked - 8 + index)
      const known = before.filter(isRead)
      const service = stats(tables)
      const person = await service.person('ana', period)
      const team = await service.team({ type: 'team', managerId: 'maria' }, period, 'by-name')

      const expected = known.length === 8 ? undefined : { read: known.length, of: 8 }
      expect([person.state.weeksKnown, team.state.weeksKnown]).toEqual([expected, expected])

      // Fewer than three weeks are no habit.
      const usual = person.figures.measures.get('talk-ratio')?.usualWeek
      if (known.length < 3) expect(usual).toEqual({ known: false, why: 'no-comparison' })
      else expect(usual?.known === true && usual.value).toBeCloseTo(middleOf(known.map((at) => (talk[at] ?? 0) / 100)), 10)

      const shown = [...before, asked].map((at) => (isRead(at) ? Math.round(talk[at] ?? 0) : 'not-read'))
      for (const { trend } of [person, team])
        expect((trend.get('talk-ratio') ?? []).map(({ value }) => (value.known ? Math.round(value.value * 100) : value.why))).toEqual(shown)

      // The week before is compared with only where it was fetched.
      const { before: previous } = person
      expect(previous).toEqual({ from: addDays(period.from, -7), to: period.from })
      const change = person.figures.measures.get('talk-ratio')?.change
      expect(change?.known).toBe(isRead(asked - 1))
    }),
    { numRuns: casesOf(300) },
  )
})
