// A team's figures: medians over people with enough calls, sums only of what adds up, each by the rule of groups.ts. Pure.
import { type Measured, noData } from '../../domain/measured.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Unit } from '../../domain/unit.ts'
import type { Group } from '../groups/group.ts'
import { contributorsTo, type GroupSide, groupChange, groupFigure, type Members } from '../groups/groups.ts'
import type { ListedMeasure } from '../measures/index.ts'
import { unitOf } from '../measures/measure.ts'
import { teamNews } from './news.ts'
import { type Moved, medianChange, movedOf, ownChanges } from './own-changes.ts'
import { callCountOf, comparableOf, hasEnoughCalls, type PeriodFigures } from './period-figures.ts'
import { isNewIn, type PersonRules } from './person.ts'
import type { Contributors, ContributorsOfMeasure, TeamMeasure, TeamReport, TrendPoint } from './results.ts'
import { isShort } from './short-week.ts'
import { targetFor } from './target.ts'
import { type UsualRange, usualRange } from './usual-range.ts'

/** What a team's figures are made of. */
export interface TeamPast {
  readonly now: PeriodFigures
  readonly before: PeriodFigures
}

/** `weeksBefore`: the figure of the eight whole weeks before, asked for only where they decide something. */
export function teamMeasure(
  measure: ListedMeasure,
  group: Group,
  past: TeamPast,
  weeksBefore: () => readonly TrendPoint[],
  rules: PersonRules,
  short: boolean,
): TeamMeasure {
  const { minimumCalls, targets } = rules
  const now = sideOf(measure, group, past.now, minimumCalls)
  const before = sideOf(measure, group, past.before, minimumCalls)
  const figures = { id: measure.id, value: now.figure.value, before: before.figure.value, people: now.figure.people }
  // Without names it is nobody's to know.
  const isNamed = group.minimumPeople === 0
  const of = (change: () => readonly PersonId[]): ContributorsOfMeasure => ({
    value: contributorsTo(measure.ofTeam, now),
    before: contributorsTo(measure.ofTeam, before),
    change: change(),
  })
  if (measure.ofTeam !== 'median')
    return {
      ...figures,
      get of() {
        const inBoth = now.figure.of.intersection(before.figure.of)
        const either = new Set([...contributorsTo(measure.ofTeam, now), ...contributorsTo(measure.ofTeam, before)])
        return isNamed ? of(() => [...either.intersection(inBoth)]) : undefined
      },
      change: short && measure.ofTeam === 'sum' ? noData('no-comparison') : groupChange(measure.ofTeam, group, now, before),
    }
  const unit = unitOf(measure, past.now.contract)
  const { change, moved, didMostMove, compared } = medianMovement(group, now, before, unit)
  let range: { readonly is: UsualRange | undefined } | undefined
  const usual = (): UsualRange | undefined => {
    range ??= {
      is: usualRange(
        weeksBefore().map(({ value }) => value),
        unit,
      ),
    }
    return range.is
  }
  const target = figures.value.known ? targetFor(measure.id, figures.value.value, targets) : undefined
  return {
    ...figures,
    change,
    get of() {
      return isNamed ? of(() => compared ?? []) : undefined
    },
    ...(target && { target }),
    ...(moved && { moved }),
    ...(didMostMove && { didMostMove }),
    get usualRange() {
      return usual()
    },
    get news() {
      return teamNews(figures.value, change, usual, moved, unit)
    },
  }
}

/**
 * The median of own changes, and how many moved which way. Without names only where those compared are an anonymous group in both periods,
 * and no heads are counted: whoever knows which way they moved themself would learn which way the others did.
 */
function medianMovement(
  group: Group,
  now: GroupSide,
  before: GroupSide,
  unit: Unit,
): { readonly change: Measured; readonly moved?: Moved; readonly didMostMove?: true; readonly compared?: Contributors } {
  const isNamed = group.minimumPeople === 0
  if (!isNamed && !now.figure.value.known) return { change: now.figure.value }
  const isNew = new Set(group.membersIn(now.period).flatMap((person) => (isNewIn(person, now.period) ? [person.id] : [])))
  const isIn = (id: PersonId): boolean => isNamed || (now.figure.of.has(id) && before.figure.of.has(id))
  const changes = ownChanges(now.members, before.members, unit, (id) => isNew.has(id) || !isIn(id))
  const compared = [...changes.keys()]
  const mayBeShown = isNamed || [now, before].every(({ period }) => group.isAnonymous(period, compared))
  if (!mayBeShown) return { change: noData('no-comparison') }
  const change = medianChange(changes.values())
  if (!change.known) return { change }
  const moved = movedOf(changes.values())
  const sameWay = change.value > 0 ? moved.up : change.value < 0 ? moved.down : 0
  return { change, ...(isNamed && { moved, compared }), ...(sameWay * 2 > changes.size && { didMostMove: true as const }) }
}

/** A week of the team's trend, by the same rule as the figure itself. */
export function teamWeek(measure: ListedMeasure, group: Group, week: PeriodFigures, minimumCalls: number): TrendPoint {
  const side = sideOf(measure, group, week, minimumCalls)
  const { value, people } = side.figure
  return { period: week.period, value, people, ...(group.minimumPeople === 0 && { of: contributorsTo(measure.ofTeam, side) }) }
}

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
    else if (figures.callsClosed && !figures.interaction.neverRead.has(id)) noCalls += 1
    else if (!calls.known && calls.why === 'not-read') neverRead += 1
    else if (calls.known && calls.value === 0) noCalls += 1
    else tooFewCalls += 1
  }
  if (group.minimumPeople === 0) return { members, enoughCalls, tooFewCalls, noCalls, neverRead }
  if (!group.mayShow(figures.period, 'median') || members < group.minimumPeople || neverRead > 0) return { members, neverRead }
  if (noCalls === members && group.maySayNone(figures.period)) return { members, enoughCalls, tooFewCalls, noCalls, neverRead }
  // Only those whose medians stand together are counted: an org's count less those of its teams would be about the few outside of them.
  const together = group.together(figures.period, (id) => hasEnoughCalls(figures, id, minimumCalls))
  const shown = people.filter(({ id }) => together.has(id) && hasEnoughCalls(figures, id, minimumCalls)).length
  return shown < group.minimumPeople ? { members, neverRead } : { members, enoughCalls: shown, neverRead }
}

/** Whether the team's period is short, by the calls of those whose sums are shown: without names false where none may be. */
export function isTeamShort(group: Group, now: PeriodFigures, before: PeriodFigures): boolean {
  return isShort(allCalls(group, now), allCalls(group, before), noData('no-comparison'))
}

function allCalls(group: Group, figures: PeriodFigures): Measured {
  const calls = new Map(group.membersIn(figures.period).map(({ id }) => [id, callCountOf(figures, id).calls]))
  return groupFigure('sum', group, figures.period, calls).value
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
