// Names and spellings of days, months and spans, both ways. English only; dates are the company's.
import { addDays, type LocalDate, lastDate, lengthDays, type Period, weekdayOf } from '../../domain/period.ts'

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const shortDays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** 1–12 for `November`, `nov`, `sept`, `nov.`; undefined for anything else. At least three letters. */
export function monthNamed(word: string): number | undefined {
  const letters = word.replace(/\.$/, '')
  if (letters === 'sept') return 9
  if (letters.length < 3) return undefined
  const index = months.findIndex((month) => month === letters || month.slice(0, 3) === letters)
  return index < 0 ? undefined : index + 1
}

export const monthNames: readonly string[] = months

const two = (value: number): string => String(value).padStart(2, '0')

/** The date, or undefined when the calendar has no such day (31 November). */
export function dateOf(year: number, month: number, day: number): LocalDate | undefined {
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  const instant = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(instant) && addDays(date, 0) === date ? date : undefined
}

/** How many days the month has. */
export const daysInMonth = (year: number, month: number): number =>
  [31, 30, 29, 28].find((day) => dateOf(year, month, day) !== undefined) ?? 28

/** `16 Nov`. */
const dayAndMonth = (date: LocalDate): string => `${Number(date.slice(8))} ${shortMonths[Number(date.slice(5, 7)) - 1]}`

/** `16–22 Nov`, `30 Nov – 6 Dec`, `16 Nov`; the year only where it is not the one of `today`. */
export function datesInWords(period: Period, today: LocalDate): string {
  const from = period.from
  const last = lastDate(period)
  const year = last.slice(0, 4) === today.slice(0, 4) && from.slice(0, 4) === last.slice(0, 4) ? '' : ` ${last.slice(0, 4)}`
  if (from === last) return `${dayAndMonth(last)}${year}`
  if (from.slice(0, 4) !== last.slice(0, 4)) return `${dayAndMonth(from)} ${from.slice(0, 4)} – ${dayAndMonth(last)} ${last.slice(0, 4)}`
  if (from.slice(0, 7) === last.slice(0, 7)) return `${Number(from.slice(8))}–${dayAndMonth(last)}${year}`
  return `${dayAndMonth(from)} – ${dayAndMonth(last)}${year}`
}

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** 1 (Monday) to 7 for `friday`, `fri`, `thurs`; undefined for anything else. */
export function weekdayNamed(word: string): number | undefined {
  const index = word.length < 3 ? -1 : days.findIndex((day) => day === word || (word.length <= 5 && day.startsWith(word)))
  return index < 0 ? undefined : index + 1
}

/** `Mon–Wed, 3 days` for a begun week, `1–9 Nov, 9 days` for anything longer. */
export function spanInWords(period: Period, today: LocalDate): string {
  const length = lengthDays(period)
  const dayName = (date: LocalDate): string => shortDays[weekdayOf(date) - 1] ?? ''
  const span =
    length > 7 ? datesInWords(period, today) : length === 1 ? dayName(period.from) : `${dayName(period.from)}–${dayName(lastDate(period))}`
  return `${span}, ${length === 1 ? '1 day' : `${length} days`}`
}
