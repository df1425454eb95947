// When a digest runs: weekdays at a local wall time in a zone, across clock changes. Pure; knows nothing of periods, queues or
// who is asking. A wall time that a clock change skips runs later by what was skipped; one that exists twice runs the first time.
import { addDays, type LocalDate, localDateOf, weekdayOf } from './period.ts'
import type { Recurrence } from './subscription.ts'
import { offsetMinutes } from './zone-offset.ts'

/** One planned run. */
export interface PlannedRun {
  readonly at: Date
  /** The local date and wall time as planned, even where the clock skips it. */
  readonly date: LocalDate
  readonly time: string
  readonly zone: string
  /** `skipped`: the wall time does not exist that day, so it runs later. `twice`: it exists twice, and this is the first. */
  readonly wallTime: 'once' | 'skipped' | 'twice'
}

const minuteMs = 60_000
const weekMs = 7 * 24 * 60 * minuteMs

const offsetMs = (zone: string, instantMs: number): number => offsetMinutes(zone, instantMs) * minuteMs

/**
 * The instant of a local wall time. Both offsets around it are tried: the earliest that fits is the first of two; if none fits
 * the clock skips it, and the offset before the change carries it forward by exactly the gap.
 */
export function instantOfWallTime(
  date: LocalDate,
  time: string,
  zone: string,
): { readonly at: Date; readonly wallTime: PlannedRun['wallTime'] } {
  const asIfUtc = Date.parse(`${date}T${time}:00Z`)
  const dayMs = 24 * 60 * minuteMs
  const before = offsetMs(zone, asIfUtc - dayMs)
  const after = offsetMs(zone, asIfUtc + dayMs)
  const fits = [...new Set([before, after])].filter((offset) => offsetMs(zone, asIfUtc - offset) === offset)
  const [offset] = fits.toSorted((a, b) => b - a)
  if (offset === undefined) return { at: new Date(asIfUtc - before), wallTime: 'skipped' }
  return { at: new Date(asIfUtc - offset), wallTime: fits.length > 1 ? 'twice' : 'once' }
}

/** The run planned on a local date; undefined when that weekday is not in the rule. */
export function runOn(rule: Recurrence, date: LocalDate): PlannedRun | undefined {
  if (!rule.weekdays.includes(weekdayOf(date))) return undefined
  return { ...instantOfWallTime(date, rule.time, rule.zone), date, time: rule.time, zone: rule.zone }
}

/** The first run strictly after `after`. @throws RangeError when the rule has no weekday. */
export function nextRun(rule: Recurrence, after: Date): PlannedRun {
  const start = localDateOf(after, rule.zone)
  // From the day before: a run moved forward across midnight belongs to yesterday's date.
  for (let ahead = -1; ahead <= 9; ahead += 1) {
    const run = runOn(rule, addDays(start, ahead))
    if (run && run.at.getTime() > after.getTime()) return run
  }
  throw new RangeError('a recurrence needs at least one weekday')
}

/** The next `count` runs after `after`, in order. */
export function nextRuns(rule: Recurrence, after: Date, count: number): PlannedRun[] {
  const runs: PlannedRun[] = []
  for (let from = after; runs.length < count; ) {
    const run = nextRun(rule, from)
    runs.push(run)
    from = run.at
  }
  return runs
}

/** Every run after `after` up to and including `until`, in order: what became due in a stretch of time. At most `most`, the latest ones. */
export function runsBetween(rule: Recurrence, after: Date, until: Date, most = 60): PlannedRun[] {
  const runs: PlannedRun[] = []
  // The latest ones lie in the last few weeks, so a stretch of years costs no more than these.
  const weeks = Math.ceil((most + 1) / rule.weekdays.length) + 1
  const start = new Date(Math.max(after.getTime(), until.getTime() - weeks * weekMs))
  for (let run = nextRun(rule, start); run.at.getTime() <= until.getTime(); run = nextRun(rule, run.at)) {
    runs.push(run)
    if (runs.length > most) runs.shift()
  }
  return runs
}

/** The first run strictly after `after` whose planned date is `from` or later and not in `taken`. */
export function nextRunFrom(
  rule: Recurrence,
  after: Date,
  from: LocalDate | undefined,
  taken: ReadonlySet<LocalDate | undefined>,
): PlannedRun {
  // Two days before the date begins in any zone: a run that the clock moves across midnight belongs to the day before.
  const near = from === undefined ? 0 : Date.parse(`${from}T00:00:00Z`) - 2 * 24 * 60 * minuteMs
  for (let run = nextRun(rule, new Date(Math.max(after.getTime(), near))); ; run = nextRun(rule, run.at))
    if (!taken.has(run.date) && run.date >= (from ?? '')) return run
}

/** The key of an occurrence, unique within its subscription: `2026-11-23T09:00[Europe/Berlin]`. */
export const occurrenceOf = (run: PlannedRun): string => `${run.date}T${run.time}[${run.zone}]`

/** The planned local date of an occurrence key; undefined for manual sends and notices. */
export const plannedDateOf = (occurrence: string): LocalDate | undefined => /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}\[/.exec(occurrence)?.[1]
