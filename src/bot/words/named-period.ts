// Periods that have a name: 2026-W46, week 46, November, 2026-11, Q3.
import { addDays, type LocalDate, monthStart, weekOf } from '../../domain/period.ts'
import { dateOf, monthNamed } from './calendar-words.ts'
import { complete, farOff, isPlausibleYear, type PhraseReader } from './complete-period.ts'

/** 2026-W46, W46, week 46: ISO weeks, which begin on Monday whatever the setting. */
export const readIsoWeek: PhraseReader = (phrase, calendar) => {
  const match = /^(?:(\d{4})-?)?(?:w|week |cw ?|kw ?)(\d{1,2})(?: (\d{4}))?$/.exec(phrase)
  if (!match) return undefined
  const week = Number(match[2])
  const said = match[1] ?? match[3]
  const year = said === undefined ? yearOfWeek(week, calendar.today) : Number(said)
  if (!isPlausibleYear(year, calendar.today)) return farOff(phrase)
  const from = isoWeekStart(year, week)
  if (week < 1 || addDays(from, 3).slice(0, 4) !== String(year)) {
    return { why: `${year} has no week ${week}.`, instead: ['last week'] }
  }
  return complete({ from, to: addDays(from, 7) }, `${year}-W${String(week).padStart(2, '0')}`, calendar)
}

/** Monday of an ISO week: week 1 holds 4 January. */
const isoWeekStart = (year: number, week: number): LocalDate =>
  addDays(weekOf(`${String(year).padStart(4, '0')}-01-04`, 1).from, (week - 1) * 7)

/** The latest year in which that week has begun. */
const yearOfWeek = (week: number, today: LocalDate): number => {
  const year = Number(addDays(weekOf(today, 1).from, 3).slice(0, 4))
  return isoWeekStart(year, week) <= today ? year : year - 1
}

/** 2025, this year, last year, YTD, year to date. */
export const readYear: PhraseReader = (phrase, calendar) => {
  const { today } = calendar
  const thisYear = Number(today.slice(0, 4))
  const said = /^(?:in )?(20\d{2})$/.exec(phrase)?.[1]
  const isThis = /^(?:(?:this|current) year|ytd|year to date|so far this year)$/.test(phrase)
  const isLast = /^(?:last|previous|past) year$/.test(phrase)
  if (said === undefined && !isThis && !isLast) return undefined
  const year = said === undefined ? thisYear - (isLast ? 1 : 0) : Number(said)
  const from = isPlausibleYear(year, today) ? dateOf(year, 1, 1) : undefined
  if (!from) return farOff(phrase)
  return complete({ from, to: monthStart(from, 12) }, phrase, calendar)
}

/** November, nov 2025, 2026-11, Q3, Q3 2026, 2026-Q3. Without a year: the latest that has begun. */
export const readMonthOrQuarter: PhraseReader = (phrase, calendar) => {
  const { today } = calendar
  const thisYear = Number(today.slice(0, 4))
  const quarter = /^(?:(\d{4})[- ]?)?q([1-4])(?: (\d{4}))?$/.exec(phrase)
  if (quarter) {
    const first = Number(quarter[2]) * 3 - 2
    const year = Number(quarter[1] ?? quarter[3] ?? latestYear(thisYear, first, today))
    const from = isPlausibleYear(year, calendar.today) ? dateOf(year, first, 1) : undefined
    if (!from) return farOff(phrase)
    return complete({ from, to: monthStart(from, 3) }, `Q${quarter[2]} ${year}`, calendar)
  }
  const numeric = /^(\d{4})-(\d{2})$/.exec(phrase)
  const named = /^([a-z]+\.?)(?: (\d{4}))?$/.exec(phrase)
  const month = numeric ? Number(numeric[2]) : monthNamed(named?.[1] ?? '')
  if (month === undefined) return undefined
  if (month < 1 || month > 12) return { why: `There is no month ${month}.`, instead: ['last month'] }
  const year = Number(numeric?.[1] ?? named?.[2] ?? latestYear(thisYear, month, today))
  const from = isPlausibleYear(year, calendar.today) ? dateOf(year, month, 1) : undefined
  if (!from) return farOff(phrase)
  return complete({ from, to: monthStart(from, 1) }, phrase, calendar)
}

const latestYear = (thisYear: number, month: number, today: LocalDate): number =>
  (dateOf(thisYear, month, 1) ?? today) <= today ? thisYear : thisYear - 1
