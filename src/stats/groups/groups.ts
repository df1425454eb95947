// Decides which group figures may be shown. By name (`minimumPeople` 0): all. Without names these rules hold, so that nobody's figure is the
// difference of two shown ones:
// 1. whole, ended weeks and calendar months only; what adds up, cards and scores for weeks only (whole-periods.ts);
// 2. of those who were in the group when the period ended, all of them read: a leaver or mover is no difference (group.ts);
// 3. a figure needs `minimumPeople` contributors; an org is built from teams that meet this, and the remaining people are pooled until
//    they do (anonymous-groups.ts); a reader who sees some of them by name learns nothing of too few others, and never one person's
//    figure by a difference of two, which is some of these teams and pools (known-besides.ts);
// 4. it was not shown with figures of somebody who was forgotten since (deleted-figures.ts), or by another setting
//    (domain/group-settings.ts), and began on a day of which everything is kept (store/figures/prune.ts);
// 5. a change is of the same people, or of a median with enough others; counts are not split. That nothing happened at all is said of people
//    who would stand together.
import { known, type Measured, type Missing, noData } from '../../domain/measured.ts'
import type { Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { changeBetween } from '../figures/change.ts'
import { median } from '../figures/median.ts'
import type { Group } from './group.ts'

export type GroupKind = 'median' | 'sum' | 'none'

/** `people`: how many it rests on, of a sum those who have something to add. `of`: whose figures are in it. */
export interface GroupFigure {
  readonly value: Measured
  readonly people: number
  readonly of: ReadonlySet<PersonId>
}

/** People and what is known of each, in one period. */
export type Members = ReadonlyMap<PersonId, Measured>

/** Median over the members whose figure is known, or sum of them; one Gong reports nothing for adds nothing. */
export function groupFigure(kind: GroupKind, group: Group, period: Period, members: Members): GroupFigure {
  if (kind === 'none') return missing('not-given')
  if (group.minimumPeople === 0) return made(kind, members)
  const withheld = group.whyWithheld(period, kind)
  if (withheld) return missing(withheld)
  if (members.size < group.minimumPeople) return missing('too-few-people')
  if ([...members.values()].some((figure) => !figure.known && figure.why === 'not-read')) return missing('not-read')
  const has = (id: PersonId): boolean => contributes(kind, members.get(id))
  const together = group.together(period, has)
  if (together.size > 0) return made(kind, members, together)
  const isNone = ![...members.keys()].some(has)
  return missing(isNone && group.maySayNone(period) ? reasonForNone(members) : 'too-few-people')
}

/** A group figure of a period and what it was made from. */
export interface GroupSide {
  readonly period: Period
  readonly figure: GroupFigure
  readonly members: Members
}

/**
 * The combined figure now less the combined figure before, both over the people known in both periods; without names only where taking
 * the rest out gives nothing away about them.
 */
export function groupChange(kind: GroupKind, group: Group, now: GroupSide, before: GroupSide): Measured {
  if (kind === 'none') return noData('not-given')
  if (group.minimumPeople > 0 && !now.figure.value.known) return now.figure.value
  const both = now.figure.of.intersection(before.figure.of)
  if (both.size === 0 || (group.minimumPeople > 0 && !tellsNothing(kind, group, both, now, before))) return noData('no-comparison')
  return changeBetween(combined(kind, now.members, both), combined(kind, before.members, both), 'count')
}

/**
 * On either side those in both periods are an anonymous group, and those in one of them nobody; of a median, which cannot be added to
 * another, also an anonymous group. (Of sums, what two changes say of the week between them would add up to somebody.)
 */
function tellsNothing(kind: GroupKind, group: Group, both: ReadonlySet<PersonId>, ...sides: readonly GroupSide[]): boolean {
  return sides.every(({ figure, members, period }) => {
    const withSome = [...figure.of].filter((id) => contributes(kind, members.get(id)))
    const { inBoth = [], inOne = [] } = Object.groupBy(withSome, (id) => (both.has(id) ? 'inBoth' : 'inOne'))
    if (!group.isAnonymous(period, inBoth)) return false
    return inOne.length === 0 || (kind === 'median' && group.isAnonymous(period, inOne))
  })
}

/** Whose own figures are in it: of a sum who has something to add. */
export const contributorsTo = (kind: GroupKind, { figure, members }: Pick<GroupSide, 'figure' | 'members'>): PersonId[] =>
  [...figure.of].filter((id) => contributes(kind, members.get(id)))

/** The plain sum, for those who may see everybody by name. */
export const sumOf = (members: Members): Measured => combined('sum', members)

const missing = (why: Missing): GroupFigure => ({ value: noData(why), people: 0, of: new Set() })

const contributes = (kind: GroupKind, figure: Measured | undefined): boolean =>
  figure?.known === true && (kind === 'median' || figure.value > 0)

/** `only`: of these members alone. */
function made(kind: 'median' | 'sum', members: Members, only?: ReadonlySet<PersonId>): GroupFigure {
  const value = combined(kind, members, only)
  if (!value.known) return missing(value.why)
  let people = 0
  const of = new Set<PersonId>()
  for (const [id, figure] of members) {
    if (!figure.known || only?.has(id) === false) continue
    of.add(id)
    if (contributes(kind, figure)) people += 1
  }
  return { value, people, of }
}

/** Median or sum of the members' known figures; of `only` these members where they are given. */
function combined(kind: 'median' | 'sum', members: Members, only?: ReadonlySet<PersonId>): Measured {
  const values: number[] = []
  for (const [id, figure] of members) if (figure.known && only?.has(id) !== false) values.push(figure.value)
  const value = kind === 'median' ? median(values) : values.length === 0 ? undefined : values.reduce((sum, each) => sum + each, 0)
  if (value !== undefined) return known(value)
  const reason = reasonForNone(members, only)
  // Nobody had a call: that sums up to nothing.
  return kind === 'sum' && reason === 'no-calls' ? known(0) : noData(reason)
}

/** The members' own reason when they share one; else that too few calls were made; nobody at all is too few people. */
function reasonForNone(members: Members, only?: ReadonlySet<PersonId>): Missing {
  const reasons = new Set<Missing>()
  let count = 0
  for (const [id, figure] of members) {
    if (only?.has(id) === false) continue
    count += 1
    if (!figure.known) reasons.add(figure.why)
  }
  const [first] = reasons
  if (first === undefined) return count === 0 ? 'too-few-people' : 'no-calls'
  if (reasons.size === 1) return first
  return reasons.has('too-few-calls') || reasons.has('no-calls') ? 'too-few-calls' : first
}
