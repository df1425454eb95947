// A small team around Maria for the tests of single answers, and the service over it.
import { movableClock } from '../../src/clock.ts'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import type { Measured } from '../../src/domain/measured.ts'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import type { Period } from '../../src/domain/period.ts'
import type { Person } from '../../src/domain/person.ts'
import { publishedTargets } from '../../src/stats/figures/target.ts'
import type { StatsService } from '../../src/stats/results.ts'
import { createStatsService } from '../../src/stats/service.ts'
import type { StatsDeps } from '../../src/stats/stats-deps.ts'
import { fakeReads, type Tables } from './fake-reads.ts'

/** 16–22 November 2026 and the week before. */
export const week: Period = { from: '2026-11-16', to: '2026-11-23' }
export const now = '2026-11-16..2026-11-22'
export const earlier = '2026-11-09..2026-11-15'

export const person = (id: string, managerId?: string, more: Partial<Person> = {}): Person => ({
  id,
  name: id,
  emails: [],
  active: true,
  ...(managerId !== undefined && { managerId }),
  ...more,
})

/** Maria leads `names`. */
export const teamOf = (...names: string[]): Person[] => [person('maria'), ...names.map((name) => person(name, 'maria'))]

/** Somebody above everybody of these tables, and none of them. */
export const above = { type: 'person', isAbove: true } as const

export const stats = (tables: Tables, parts: Partial<StatsDeps> = {}): StatsService =>
  createStatsService({
    reads: fakeReads(tables),
    minimumCalls: 3,
    minimumGroup: 5,
    weekStart: 1,
    targets: publishedTargets,
    unmarkedScorecards: 'show',
    onlookers: async () => everyLeaderAlone,
    clock: movableClock(new Date('2026-11-23T08:00:00Z')),
    ...parts,
  })

/** `12`, `0.5`, or why there is none. */
export const valueOrWhy = (figure: Measured | undefined): number | string =>
  figure === undefined ? 'absent' : figure.known ? Number(figure.value.toFixed(10)) : figure.why

let cards = 0
export const card = (
  reviewedId: string,
  reviewerId: string | undefined,
  answeredAt: string,
  more: Partial<AnsweredScorecard> = {},
): AnsweredScorecard => {
  cards += 1
  return {
    id: `card-${cards}`,
    callId: `call-${cards}`,
    scorecardId: 'discovery',
    scorecardName: 'Discovery',
    reviewedId,
    ...(reviewerId !== undefined && { reviewerId }),
    answeredAt: new Date(answeredAt),
    method: reviewerId === undefined ? 'automatic' : 'human',
    visibility: 'public',
    questions: [],
    ...more,
  }
}
