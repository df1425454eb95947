// What is news: the one rule of digests, commands, Home and the 1:1. A figure is news when it lies outside its usual week-to-week range, or
// when most people moved the same way. Everything else is a usual week. Pure; which news comes first is `biggestFirst`.
import type { Measured } from '../../domain/measured.ts'
import { noiseFloor, roundedAs, type Unit } from '../../domain/unit.ts'
import type { Moved } from './own-changes.ts'
import type { UsualRange } from './usual-range.ts'

export interface News {
  readonly direction: 'up' | 'down'
  readonly why: 'outside-usual' | 'most-moved'
  /** How far beyond usual, without a unit: 1 is the edge of the usual range. Orders news of different statistics. */
  readonly size: number
}

/** Of at least so many people four in five moved the same way: fewer people do so by chance too often. */
const leastPeople = 4
const mostOf = 0.8

/**
 * A person's figure is news when it lies outside their own usual range. Unknown, or without a range, it is none.
 * @example personNews(known(115), { low: 140, high: 240, middle: 190, weeks: 8 }, 'seconds') // down, size 1.5: 75 s of 50 s
 */
export function personNews(value: Measured, usual: UsualRange | undefined, unit: Unit): News | undefined {
  if (!value.known || usual === undefined) return undefined
  const printed = roundedAs(value.value, unit)
  if (printed >= usual.low && printed <= usual.high) return undefined
  return {
    direction: printed < usual.low ? 'down' : 'up',
    why: 'outside-usual',
    size: Math.abs(value.value - usual.middle) / halfWidth(usual, unit),
  }
}

/**
 * A team's change is news when its people moved that way themselves (their median change can be seen) and the team's figure lies outside its
 * usual range; or when four in five of at least four people moved that way by more than noise.
 * `usual` is asked for only where it decides. `moved` is missing where nobody may count heads: there the range alone decides, because a count
 * of heads would show whoever moved the other way what all others did.
 * @example teamNews(known(0.51), known(-0.02), () => undefined, { up: 0, down: 5, unchanged: 1 }, 'share') // down, most-moved
 */
export function teamNews(
  value: Measured,
  change: Measured,
  usual: () => UsualRange | undefined,
  moved: Moved | undefined,
  unit: Unit,
): News | undefined {
  if (!value.known || !change.known || change.value === 0) return undefined
  const direction = change.value < 0 ? 'down' : 'up'
  const floor = noiseFloor(value.value - change.value, unit)
  // Less than noise is no news by either rule, and eight weeks need not be looked through for it.
  if (Math.abs(change.value) < floor - 1e-9) return undefined
  const range = usual()
  const outside = personNews(value, range, unit)
  if (outside?.direction === direction) return outside
  if (moved === undefined || !didMostMove(moved, direction)) return undefined
  return { direction, why: 'most-moved', size: Math.abs(change.value) / Math.max(range ? halfWidth(range, unit) : floor, 1e-9) }
}

/** `didMostMove({ up: 0, down: 5, unchanged: 1 }, 'down')` is true: five of six. */
function didMostMove(moved: Moved, direction: News['direction']): boolean {
  const people = moved.up + moved.down + moved.unchanged
  return people >= leastPeople && moved[direction] >= mostOf * people
}

const halfWidth = ({ middle, high }: UsualRange, unit: Unit): number => Math.max(high - middle, noiseFloor(middle, unit), 1e-9)

/** What is outside the usual before what most people did, each by size; equal ones keep their order. */
export const biggestFirst = <Item extends { readonly news: News }>(items: readonly Item[]): readonly Item[] =>
  items.toSorted((a, b) => Number(b.news.why === 'outside-usual') - Number(a.news.why === 'outside-usual') || b.news.size - a.news.size)
