// A team's figures: medians over people with enough calls, sums only of what adds up, each by the rule of groups.ts. Pure.
import { type Measured, noData } from '../domain/measured.ts'
import type { Person, PersonId } from '../domain/person.ts'
import { type GroupFigure, groupChange, groupMedian, groupSum, type Members } from './groups.ts'
import type { Measure } from './measure.ts'
import { callCountOf, comparableOf, hasEnoughCalls, type PeriodFigures } from './period-figures.ts'
import type { TeamMeasure, TeamReport, TrendPoint } from './results.ts'
import { isShort } from './short-week.ts'

export interface TeamRules {
  readonly minimumCalls: number
  /** 0 where the reader may see everybody by name. */
  readonly minimumPeople: number
}

export function teamMeasure(
  measure: Measure,
  members: readonly Person[],
  now: PeriodFigures,
  before: PeriodFigures,
  rules: TeamRules,
  short: boolean,
): TeamMeasure {
  const figure = figureBy(measure)
  const nowMembers = membersIn(measure, members, now, rules)
  const beforeMembers = membersIn(measure, members, before, rules)
  const { value, people } = figure(nowMembers, rules.minimumPeople)
  const change =
    short && measure.ofTeam === 'sum' ? noData('no-comparison') : groupChange(figure, nowMembers, beforeMembers, rules.minimumPeople)
  return { id: measure.id, value, before: figure(beforeMembers, rules.minimumPeople).value, change, people }
}

/** The team's weeks, oldest first, each by the same rule as the figure itself. */
export const teamTrend = (measure: Measure, members: readonly Person[], weeks: readonly PeriodFigures[], rules: TeamRules): TrendPoint[] =>
  weeks.map((week) => ({ period: week.period, ...figureBy(measure)(membersIn(measure, members, week, rules), rules.minimumPeople) }))

/** How many members have enough calls, too few, none, or were never read. */
export function teamCounts(members: readonly Person[], figures: PeriodFigures, minimumCalls: number): TeamReport['counts'] {
  const counts = { members: members.length, enoughCalls: 0, tooFewCalls: 0, noCalls: 0, neverRead: 0 }
  for (const { id } of members) {
    const { calls } = callCountOf(figures, id)
    if (hasEnoughCalls(figures, id, minimumCalls)) counts.enoughCalls += 1
    else if (!calls.known && calls.why === 'not-read') counts.neverRead += 1
    else if (calls.known && calls.value === 0) counts.noCalls += 1
    else counts.tooFewCalls += 1
  }
  return counts
}

/** Whether the team's period is short, by all its members' calls together. */
export function isTeamShort(members: readonly Person[], now: PeriodFigures, before: PeriodFigures): boolean {
  return isShort(allCalls(members, now), allCalls(members, before), noData('no-comparison'))
}

const allCalls = (members: readonly Person[], figures: PeriodFigures): Measured =>
  groupSum(new Map(members.map(({ id }): [PersonId, Measured] => [id, callCountOf(figures, id).calls])), 0).value

const figureBy = (measure: Measure): ((members: Members, minimumPeople: number) => GroupFigure) =>
  measure.ofTeam === 'median' ? groupMedian : measure.ofTeam === 'sum' ? groupSum : noFigure

const noFigure = (): GroupFigure => ({ value: noData('not-given'), people: 0 })

const membersIn = (measure: Measure, members: readonly Person[], figures: PeriodFigures, rules: TeamRules): Members =>
  new Map(members.map(({ id }): [PersonId, Measured] => [id, comparableOf(measure, figures, id, rules.minimumCalls)]))
