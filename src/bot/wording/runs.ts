// Words the runs to come: the local time, the effect of a clock change, where a run waits and where it is skipped.

import type { Weekday } from '../../domain/period.ts'
import type { Recurrence } from '../../domain/subscription.ts'
import type { UpcomingRun } from '../../domain/upcoming.ts'
import { dateLong } from '../../render/text/dates.ts'

/** `Mon 30 Nov 09:00`, and what is special about it. */
export function runInWords(run: UpcomingRun, companyZone?: string): string {
  const planned = `${dateInWords(run.date)} ${run.time}`
  const notes = [
    run.isSkipped ? 'skipped' : undefined,
    run.wallTime === 'skipped' ? `the clocks skip ${run.time}: at ${wallTime(run.at, run.zone)}` : undefined,
    run.wallTime === 'twice' ? `${run.time} comes twice: the first` : undefined,
    run.newOffsetMinutes === undefined ? undefined : `from here on ${zoneName(run.at, run.zone)}, ${offsetInWords(run.newOffsetMinutes)}`,
    run.waitsUntil === undefined
      ? undefined
      : `waits until ${dateOf(run.waitsUntil, run.zone)} ${wallTime(run.waitsUntil, run.zone)}, when the week has ended${companyZone ? ` in ${companyZone}` : ' for the company'}`,
  ].filter((note) => note !== undefined)
  return notes.length === 0 ? planned : `${planned} (${notes.join('; ')})`
}

const names = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** `every Monday 09:00, Europe/Berlin`; `Mon, Wed, Fri 09:00, UTC`. */
export function recurrenceInWords(rule: Recurrence): string {
  const days = rule.weekdays.map((day) => names[day]).join(', ')
  const week = rule.weekdays.length === 7 ? 'every day' : rule.weekdays.join() === '1,2,3,4,5' ? 'Mon–Fri' : `every ${days}`
  return `${week} ${rule.time}, ${rule.zone}`
}

export const weekdayName = (day: Weekday): string => names[day]

/** `Mon 30 Nov` of a local date. */
export const dateInWords = (date: string): string => dateLong(date, 'en-GB')

/** `Mon 30 Nov` of an instant in a zone. */
export const dateOf = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone }).format(at).replace(',', '')

/** `09:00` of an instant in a zone. */
export const wallTime = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at)

/** `Central European Summer Time`. */
function zoneName(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'long' }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** `UTC+2`, `UTC−3:30`. */
function offsetInWords(minutes: number): string {
  const sign = minutes < 0 ? '−' : '+'
  const rest = Math.abs(minutes) % 60
  return `UTC${sign}${Math.floor(Math.abs(minutes) / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}
