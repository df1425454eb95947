// The one place that decides which group figures may be shown. In a view without names (`minimumPeople` > 0):
// 1. every figure, trend points, days and changes included, rests on at least that many people with something in it;
// 2. a change is of the same people in both periods, and those alone must be enough;
// Not covered: sums and means of overlapping periods or of an org and all its teams but one can still be subtracted.
import { known, type Measured, type Missing, noData } from '../domain/measured.ts'
import type { PersonId } from '../domain/person.ts'
import { changeBetween } from './change.ts'
import { median } from './median.ts'

export type GroupFigure = { readonly value: Measured; readonly people: number }

/** People and what is known of each, in one period. */
export type Members = ReadonlyMap<PersonId, Measured>

/** Median over the members whose figure is known. Without any: the reason that is common to them. */
export function groupMedian(members: Members, minimumPeople: number): GroupFigure {
  const values = knownValues(members)
  const middle = median(values)
  if (middle === undefined) return { value: noData(commonReason(members)), people: 0 }
  if (values.length < minimumPeople) return { value: noData('too-few-people'), people: values.length }
  return { value: known(middle), people: values.length }
}

/**
 * Sum over the members; one Gong reports nothing for adds nothing, one never read is left out and said elsewhere. `people`
 * counts who has something to add, so that a sum never is one person's count.
 */
export function groupSum(members: Members, minimumPeople: number): GroupFigure {
  const values = knownValues(members)
  const reason = commonReason(members)
  if (values.length === 0 && reason !== 'no-calls') return { value: noData(reason), people: 0 }
  const people = values.filter((value) => value > 0).length
  if (people < minimumPeople) return { value: noData('too-few-people'), people }
  return { value: known(values.reduce((sum, value) => sum + value, 0)), people }
}

/** Change of the group figure over the people known in both periods; those alone must be enough. */
export function groupChange(
  figure: (members: Members, minimumPeople: number) => GroupFigure,
  now: Members,
  before: Members,
  minimumPeople: number,
): Measured {
  const both = [...now.keys()].filter((id) => now.get(id)?.known && before.get(id)?.known)
  if (both.length === 0) return noData('no-comparison')
  const nowFigure = figure(restrict(now, both), minimumPeople)
  return changeBetween(nowFigure.value, figure(restrict(before, both), minimumPeople).value)
}

const restrict = (members: Members, ids: readonly PersonId[]): Members =>
  new Map(ids.map((id): [PersonId, Measured] => [id, members.get(id) ?? noData('not-read')]))

const knownValues = (members: Members): number[] => [...members.values()].flatMap((figure) => (figure.known ? [figure.value] : []))

/** The members' own reason when they share one; else that too few calls were made; nobody at all is too few people. */
function commonReason(members: Members): Missing {
  const reasons = new Set([...members.values()].flatMap((figure) => (figure.known ? [] : [figure.why])))
  const [first] = reasons
  if (first === undefined) return 'too-few-people'
  if (reasons.size === 1) return first
  return reasons.has('too-few-calls') || reasons.has('no-calls') ? 'too-few-calls' : first
}
