// Parts of a year, of a month and of a week: H1 2026, mid-October, the second half of November, the week of 9 Nov, last weekend.
import { addDays, type LocalDate, monthStart, type Period, weekdayOf, weekOf } from '../../domain/period.ts'
import { dateOf, daysInMonth, monthNamed } from './calendar-words.ts'
import { complete, farOff, isAnswer, isPlausibleYear, type PhraseReader } from './complete-period.ts'
import { readDates } from './dated-period.ts'

const halfStart = (date: LocalDate, halves = 0): LocalDate => monthStart(date, halves * 6 - ((Number(date.slice(5, 7)) - 1) % 6))

/** H1, 2026-H2, h1 2025, this half, last half-year. Without a year: the latest that has begun. */
export const readHalf: PhraseReader = (phrase, calendar) => {
  const { today } = calendar
  const relative = /^(?:(this|current|last|previous|past) )half(?:[- ]year)?$/.exec(phrase)
  if (relative) {
    const shift = relative[1] === 'this' || relative[1] === 'current' ? 0 : -1
    const from = halfStart(today, shift)
    return complete({ from, to: monthStart(from, 6) }, phrase, calendar)
  }
  const named = /^(?:(\d{4})[- ]?)?h([12])(?: (\d{4}))?$/.exec(phrase)
  if (!named) return undefined
  const month = named[2] === '1' ? 1 : 7
  const said = named[1] ?? named[3]
  const year = said === undefined ? latestYear(month, today) : Number(said)
  const from = isPlausibleYear(year, today) ? dateOf(year, month, 1) : undefined
  return from ? complete({ from, to: monthStart(from, 6) }, `H${named[2]} ${year}`, calendar) : farOff(phrase)
}

/** First and last days of each part; 31: to the month's end. */
const parts: readonly (readonly [RegExp, number, number])[] = [
  [/^(?:early|beginning of|start of)[- ]/, 1, 10],
  [/^(?:mid|middle of)[- ]/, 11, 20],
  [/^(?:late|end of)[- ]/, 21, 31],
  [/^(?:first|1st) half of /, 1, 15],
  [/^(?:second|2nd) half of /, 16, 31],
]

/** early November (1–10), mid-October (11–20), end of Oct 2025 (21–31), first half of November (1–15). */
export const readPartOfMonth: PhraseReader = (phrase, calendar) => {
  const part = parts.find(([beginning]) => beginning.test(phrase))
  const [, name = '', said] = /^([a-z]+\.?)(?: (\d{4}))?$/.exec(part ? phrase.replace(part[0], '') : '') ?? []
  const month = monthNamed(name)
  if (!part || month === undefined) return undefined
  const year = said === undefined ? latestYear(month, calendar.today) : Number(said)
  if (!isPlausibleYear(year, calendar.today)) return farOff(phrase)
  const [from, last] = [dateOf(year, month, part[1]), dateOf(year, month, Math.min(part[2], daysInMonth(year, month)))]
  return from === undefined || last === undefined ? undefined : complete({ from, to: addDays(last, 1) }, phrase, calendar)
}

/** The week of 9 Nov, the week starting November 9th: the week that day is in. */
export const readWeekOf: PhraseReader = (phrase, calendar) => {
  const day = /^week (?:of|from|beginning|starting|commencing) (?:the )?(.+)$/.exec(phrase)?.[1]
  const reading = day === undefined ? undefined : readDates(day, calendar)
  if (!reading || !isAnswer(reading)) return reading
  return complete(weekOf(reading.period.from, calendar.weekStart), phrase, calendar)
}

/** last weekend: the latest Saturday and Sunday that are over. */
export const readWeekend: PhraseReader = (phrase, calendar) => {
  if (!/^(?:(?:last|past|previous) )?weekend$/.test(phrase)) return undefined
  const to = addDays(calendar.today, 1 - weekdayOf(calendar.today))
  const weekend: Period = { from: addDays(to, -2), to }
  return complete(weekend, phrase, calendar)
}

const latestYear = (month: number, today: LocalDate): number => {
  const year = Number(today.slice(0, 4))
  return (dateOf(year, month, 1) ?? today) <= today ? year : year - 1
}
