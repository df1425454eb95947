// Dates and periods as people read them, in the reader's locale and zone. A period is local dates, so it is written without a zone;
// an instant is written in one. Knows nothing of how periods are typed.
import { daysBetween, type LocalDate, lastDate, lengthDays, type Period, wholeMonths } from '../../domain/period.ts'
import { supported } from './numbers.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(supported(locale), { ...options, timeZone: knownZone(zone), calendar: 'gregory' })
    formats.set(key, made)
  }
  return made
}

const zones = new Map<string, string>()

/** The zone itself when this machine knows it, else UTC: a reader's profile may name one that is newer than we are. */
function knownZone(zone: string): string {
  let answer = zones.get(zone)
  if (answer === undefined) {
    answer = 'UTC'
    try {
      new Intl.DateTimeFormat('en-GB', { timeZone: zone })
      answer = zone
    } catch {
      // Unknown here.
    }
    zones.set(zone, answer)
  }
  return answer
}

const midday = (date: LocalDate): number => Date.parse(`${date}T12:00:00Z`)

const dayMonth = { day: 'numeric', month: 'short' } as const

/** Thin and odd spaces of Intl become plain ones, so that texts can be searched and compared. */
const tidy = (text: string): string =>
  text.replace(/\s*[\u2009\u202f]\s*|\u00a0/g, (space) => (space.includes('\u2009') ? '' : ' ')).replace(/ – /g, '–')

/** `16–22 Nov`, `28 Nov–4 Dec`, `November`; with the year when it is not `thisYear`. */
export function periodTitle(period: Period, locale: string, thisYear?: number): string {
  const last = lastDate(period)
  const year = Number(last.slice(0, 4))
  const withYear = thisYear !== undefined && (year !== thisYear || Number(period.from.slice(0, 4)) !== thisYear)
  return written(`${locale} ${withYear} ${period.from} ${period.to}`, () => titleOf(period, locale, withYear))
}

/** Writing a date takes long, and every digest of a Monday names the same days and weeks: what was written is kept for a while. */
function written(key: string, write: () => string): string {
  let text = texts.get(key)
  if (text === undefined) {
    text = write()
    if (texts.size >= mostTexts) texts.clear()
    texts.set(key, text)
  }
  return text
}

const texts = new Map<string, string>()
const mostTexts = 2000

function titleOf(period: Period, locale: string, withYear: boolean): string {
  const last = lastDate(period)
  if (wholeMonths(period) === 1) {
    return tidy(formatter(locale, 'UTC', { month: 'long', ...(withYear && { year: 'numeric' }) }).format(midday(period.from)))
  }
  const format = formatter(locale, 'UTC', { ...dayMonth, ...(withYear && { year: 'numeric' }) })
  return tidy(lengthDays(period) === 1 ? format.format(midday(last)) : format.formatRange(midday(period.from), midday(last)))
}

/** `28 Dec–3 Jan`: the same for the axis of a chart, which has no room for the two years that are written of a week in both. */
export function periodLabel(period: Period, locale: string): string {
  const last = lastDate(period)
  const isOfTwoYears = period.from.slice(0, 4) !== last.slice(0, 4)
  return isOfTwoYears ? `${dateShort(period.from, locale)}–${dateShort(last, locale)}` : periodTitle(period, locale)
}

/** The period, and when it is not over in full weeks, what it covers: `23–25 Nov (Mon–Wed, 3 days)`. */
export function periodWords(period: Period, locale: string, thisYear?: number): string {
  const days = lengthDays(period)
  const title = periodTitle(period, locale, thisYear)
  if (days >= 7 || days === 1) return title
  return `${title} (${weekdayShort(period.from, locale)}–${weekdayShort(lastDate(period), locale)}, ${days} days)`
}

const dateText = (date: LocalDate, locale: string, form: Intl.DateTimeFormatOptions): string =>
  written(`${locale} ${date} ${form.weekday ?? ''}`, () => tidy(formatter(locale, 'UTC', form).format(midday(date))))

/** `Mon` */
export const weekdayShort = (date: LocalDate, locale: string): string => dateText(date, locale, { weekday: 'short' })

/** `Monday` */
export const weekdayLong = (date: LocalDate, locale: string): string => dateText(date, locale, { weekday: 'long' })

/** `12 Nov` */
export const dateShort = (date: LocalDate, locale: string): string => dateText(date, locale, dayMonth)

/** `Mon 23 Nov` */
export const dateLong = (date: LocalDate, locale: string): string => `${weekdayShort(date, locale)} ${dateShort(date, locale)}`

/** An instant for a reader: `Mon 08:41` within the last six days, `12 Nov 08:41` before. */
export function instantWords(at: Date, now: Date, locale: string, zone: string): string {
  const time = formatter(locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  const day = formatter('sv-SE', zone, { year: 'numeric', month: '2-digit', day: '2-digit' })
  const isRecent = Math.abs(daysBetween(day.format(at), day.format(now))) < 7
  const date = formatter(locale, zone, isRecent ? { weekday: 'short' } : dayMonth).format(at)
  return tidy(`${date} ${time}`)
}

/** `3 weeks`, `1 week`; whole weeks. */
export const weeksWords = (weeks: number): string => (weeks === 1 ? '1 week' : `${weeks} weeks`)
