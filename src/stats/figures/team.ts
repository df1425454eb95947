// A team's figures: medians over people with enough calls, sums only of what adds up, each by the rule of groups.ts. Pure.
import { type Measured, noData } from '../../domain/measured.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Group } from '../groups/group.ts'
import { type GroupSide, groupChange, groupFigure, type Members } from '../groups/groups.ts'
import type { ListedMeasure } from '../measures/index.ts'
import { callCountOf, comparableOf, hasEnoughCalls, type PeriodFigures } from './period-figures.ts'
import type { TeamMeasure, TeamReport, TrendPoint } from './results.ts'
import { isShort } from './short-week.ts'

export function teamMeasure(
  measure: ListedMeasure,
  group: Group,
  now: PeriodFigures,
  before: PeriodFigures,
  minimumCalls: number,
  short: boolean,
): TeamMeasure {
  const nowSide = sideOf(measure, group, now, minimumCalls)
  const beforeSide = sideOf(measure, group, before, minimumCalls)
  const change = short && measure.ofTeam === 'sum' ? noData('no-comparison') : groupChange(measure.ofTeam, group, nowSide, beforeSide)
  return { id: measure.id, value: nowSide.figure.value, before: beforeSide.figure.value, change, people: nowSide.figure.people }
}

/** The team's weeks, oldest first, each by the same rule as the figure itself. */
export const teamTrend = (measure: ListedMeasure, group: Group, weeks: readonly PeriodFigures[], minimumCalls: number): TrendPoint[] =>
  weeks.map((week) => {
    const { value, people } = sideOf(measure, group, week, minimumCalls).figure
    return { period: week.period, value, people }
  })

/**
 * How many members have enough calls, too few, none, or were never read. Without names only how many have enough, where they are
 * enough to be shown, or that nobody had a call at all.
 */
export function teamCounts(group: Group, figures: PeriodFigures, minimumCalls: number): TeamReport['counts'] {
  const people = group.membersIn(figures.period)
  const members = people.length
  let [enoughCalls, tooFewCalls, noCalls, neverRead] = [0, 0, 0, 0]
  for (const { id } of people) {
    const { calls } = callCountOf(figures, id)
    if (hasEnoughCalls(figures, id, minimumCalls)) enoughCalls += 1
    else if (!calls.known && calls.why === 'not-read') neverRead += 1
    else if (calls.known && calls.value === 0) noCalls += 1
    else tooFewCalls += 1
  }
  if (group.minimumPeople === 0) return { members, enoughCalls, tooFewCalls, noCalls, neverRead }
  if (!group.mayShow(figures.period, 'median') || members < group.minimumPeople || neverRead > 0) return { members, neverRead }
  if (noCalls === members) return { members, enoughCalls, tooFewCalls, noCalls, neverRead }
  return enoughCalls < group.minimumPeople ? { members, neverRead } : { members, enoughCalls, neverRead }
}

/** Whether the team's period is short, by all its members' calls together. */
export function isTeamShort(group: Group, now: PeriodFigures, before: PeriodFigures): boolean {
  return isShort(allCalls(group, now), allCalls(group, before), noData('no-comparison'))
}

function allCalls(group: Group, figures: PeriodFigures): Measured {
  const calls = group.membersIn(figures.period).flatMap(({ id }) => {
    const count = callCountOf(figures, id).calls
    return count.known ? [count.value] : []
  })
  return calls.length === 0 ? noData('not-read') : { known: true, value: calls.reduce((sum, count) => sum + count, 0) }
}

function sideOf(measure: ListedMeasure, group: Group, figures: PeriodFigures, minimumCalls: number): GroupSide {
  const members = membersIn(measure, group.membersIn(figures.period), figures, minimumCalls)
  return { period: figures.period, figure: groupFigure(measure.ofTeam, group, figures.period, members), members }
}

const membersIn = (
  measure: ListedMeasure,
  members: readonly { readonly id: PersonId }[],
  figures: PeriodFigures,
  minimumCalls: number,
): Members => {
  const known = new Map<PersonId, Measured>()
  for (const { id } of members) known.set(id, comparableOf(measure, figures, id, minimumCalls))
  return known
}
