// How many people stand beside figures without names. No combination of counts singles somebody out: whatever every team, org and the
// company say of one week, each colleague can be one of those with enough calls.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import type { Subject } from '../../src/domain/policy.ts'
import { type OrgChart, orgChart } from '../../src/domain/team.ts'
import type { PeriodFigures } from '../../src/stats/figures/period-figures.ts'
import { teamCounts, teamWeek } from '../../src/stats/figures/team.ts'
import { groupWithoutNames } from '../../src/stats/groups/group.ts'
import { callsHosted } from '../../src/stats/measures/calls-hosted.ts'
import { measures } from '../../src/stats/measures/index.ts'
import { person, week } from './world.ts'

const minimumPeople = 3
const minimumCalls = 3
const rule = { minimumPeople, weekStart: 1, today: '2026-11-23', isOther: () => false } as const
const talkRatio = measures.find(({ id }) => id === 'talk-ratio')
const hosted = measures.find(({ id }) => id === callsHosted.id)

/** A week in which these people had five calls and everybody else one. */
function weekOf(people: readonly Person[], enough: ReadonlySet<string>): PeriodFigures {
  const calls = (id: string): number => (enough.has(id) ? 5 : 1)
  const state = {
    readAt: new Date('2026-11-23T07:41:00Z'),
    neverRead: new Set<string>(),
    quarantined: 0,
    quarantinedPeople: new Set<string>(),
  }
  return {
    period: week,
    contract: 'documented',
    interaction: { ...state, rows: new Map(people.map(({ id }) => [id, { personId: id, callsCount: calls(id), talkShare: 0.5 }])) },
    // Who has few calls hosts none.
    activity: { ...state, rows: new Map(people.map(({ id }) => [id, { personId: id, callsAsHost: enough.has(id) ? 1 : 0 }])) },
  }
}

/** A shown count: how many of these people. */
interface Count {
  readonly of: readonly string[]
  readonly count: number
}

/** Every count that is shown of the week. */
function countsOf(chart: OrgChart, enough: ReadonlySet<string>): Count[] {
  const figures = weekOf(chart.active, enough)
  const subjects: Subject[] = [
    { type: 'company' },
    ...chart.managers.flatMap(({ id }): Subject[] => [
      { type: 'team', managerId: id },
      { type: 'org', managerId: id },
    ]),
  ]
  return subjects.flatMap((subject) => {
    const group = groupWithoutNames(subject, chart, rule)
    const of = [...group.together(week, (id) => enough.has(id))]
    const counts = teamCounts(group, figures, minimumCalls)
    const measured = [talkRatio, hosted].map((measure) => measure && teamWeek(measure, group, figures, minimumCalls).people)
    // One number, wherever it stands: in the footnote, in a file, beside a sum.
    for (const people of measured) expect(people).toBe(counts.enoughCalls ?? 0)
    return counts.enoughCalls === undefined ? [] : [{ of, count: counts.enoughCalls }]
  })
}

/** A boss, leaders and their people; leaders are in the boss's team. */
const company = fc
  .array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 8 })
  .map((managers) => [person('p0'), ...managers.map((manager, index) => person(`p${index + 1}`, `p${Math.min(manager, index)}`))])

/** Whom every assignment that fits the counts leaves without enough calls. */
function singledOut(
  unknown: readonly string[],
  known: ReadonlySet<string>,
  enough: ReadonlySet<string>,
  counts: readonly Count[],
): string[] {
  const left = counts.map(({ of, count }) => ({
    mask: unknown.reduce((mask, id, index) => (of.includes(id) ? mask | (1 << index) : mask), 0),
    count: count - of.filter((id) => known.has(id) && enough.has(id)).length,
  }))
  const bits = (mask: number): number => mask.toString(2).replaceAll('0', '').length
  let ever = 0
  for (let guess = 0; guess < 1 << unknown.length; guess += 1)
    if (left.every(({ mask, count }) => bits(guess & mask) === count)) ever |= guess
  // Where nobody of the others has any, that is what a total says; it is about all of them.
  const none = left.reduce((mask, { mask: of, count }) => (count === 0 ? mask | of : mask), 0)
  return unknown.filter((_, index) => !(ever & (1 << index)) && !(none & (1 << index)))
}

it('nobody is known to have had too few calls, to any colleague or leader', () => {
  let shown = 0
  fc.assert(
    fc.property(company, fc.array(fc.integer({ min: 0, max: 511 }), { minLength: 8, maxLength: 8 }), (people, masks) => {
      const chart = orgChart(people)
      const ids = people.map(({ id }) => id)
      for (const mask of masks) {
        const enough = new Set(ids.filter((_, index) => mask & (1 << index)))
        const counts = countsOf(chart, enough)
        if (counts.length > 1) shown += 1
        for (const reader of ids) {
          // A colleague knows their own calls; a leader also those of everybody below.
          for (const known of [new Set([reader]), new Set([reader, ...chart.org(reader).map(({ id }) => id)])]) {
            const unknown = ids.filter((id) => !known.has(id))
            expect(singledOut(unknown, known, enough, counts)).toEqual([])
          }
        }
      }
    }),
    { numRuns: 60, seed: 20261126, endOnFailure: true },
  )
  expect(shown).toBeGreaterThan(50)
})
