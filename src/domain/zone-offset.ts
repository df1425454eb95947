// The offset of a zone from UTC at an instant. A message asks thousands of times about the same few weeks, so the answer for a day
// without a clock change is kept. Knows nothing of calendars.
import { tzOffset } from '@date-fns/tz/tzOffset'

const dayMs = 86_400_000

/** Days remembered per zone: over fifty years. */
const mostDays = 20_000

const daysOf = new Map<string, Map<number, number | undefined>>()

/** Minutes east of UTC at `instantMs` (epoch milliseconds); NaN for a zone nobody knows. */
export function offsetMinutes(zone: string, instantMs: number): number {
  return offsetOfDay(zone, Math.floor(instantMs / dayMs)) ?? tzOffset(zone, new Date(instantMs))
}

/** The offset all through this UTC day; undefined when the clocks change during it. */
function offsetOfDay(zone: string, day: number): number | undefined {
  let days = daysOf.get(zone)
  if (!days) {
    days = new Map()
    daysOf.set(zone, days)
  }
  if (days.has(day)) return days.get(day)
  const first = tzOffset(zone, new Date(day * dayMs))
  const last = tzOffset(zone, new Date((day + 1) * dayMs))
  const offset = first === last ? first : undefined
  if (days.size >= mostDays) days.clear()
  days.set(day, offset)
  return offset
}
