// A team's change: the median of its people's own changes, of people with enough calls in both periods, without people still new. A
// difference of two medians would be moved by one person alone, against everybody else.
import { known, type Measured, noData } from '../../domain/measured.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Unit } from '../../domain/unit.ts'
import type { Members } from '../groups/groups.ts'
import { changeBetween } from './change.ts'
import { median } from './median.ts'

/** How many people moved which way, as printed; somebody whose figure reads the same in both periods did not move. */
export interface Moved {
  readonly up: number
  readonly down: number
  readonly unchanged: number
}

/** Each person's own change, of those known in both periods and not left out. */
export function ownChanges(now: Members, before: Members, unit: Unit, isLeftOut: (id: PersonId) => boolean): ReadonlyMap<PersonId, number> {
  const changes = new Map<PersonId, number>()
  for (const [id, figure] of now) {
    const earlier = before.get(id)
    if (!figure.known || !earlier?.known || isLeftOut(id)) continue
    const change = changeBetween(figure, earlier, unit)
    if (change.known) changes.set(id, change.value)
  }
  return changes
}

/**
 * The median of own changes; `no-comparison` without any.
 * @example medianChange([-0.04, -0.02, -0.02, 0, -0.03, -0.01]) // −0.02, although a newcomer may have raised the team's median
 */
export function medianChange(changes: Iterable<number>): Measured {
  const middle = median([...changes])
  return middle === undefined ? noData('no-comparison') : known(middle)
}

/** `movedOf([-0.04, -0.02, -0.02, 0, -0.03, -0.01])` is 5 down, 1 unchanged. */
export function movedOf(changes: Iterable<number>): Moved {
  let [up, down, unchanged] = [0, 0, 0]
  for (const change of changes) {
    if (change > 0) up += 1
    else if (change < 0) down += 1
    else unchanged += 1
  }
  return { up, down, unchanged }
}
