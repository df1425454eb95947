// What is about time and is no period here: single weekdays of several weeks, dates that may be meant in two ways, fiscal years, an end without
// a beginning. Each is refused with what comes nearest.
import { addDays, type LocalDate, monthStart, weekdayOf } from '../../domain/period.ts'
import { dateOf, monthNamed, weekdayNamed } from './calendar-words.ts'
import { complete, type PhraseReader } from './complete-period.ts'

/** last 3 fridays, mondays, every friday. */
export const readSingleDays: PhraseReader = (phrase) => {
  const match =
    /^(?:(?:the )?(?:last|past|previous) )?(?:(\d{1,2}) )?([a-z]{6,9})s$/.exec(phrase) ?? /^(?:every|each) ()([a-z]{6,9})$/.exec(phrase)
  const name = match?.[2] ?? ''
  if (!match || name.length < 6 || weekdayNamed(name) === undefined) return undefined
  const weeks = Math.max(2, Number(match[1] || 4))
  return { why: `A period is days in a row: "${phrase}" is not one.`, instead: [`last ${weeks} weeks`, `last ${capital(name)}`] }
}

/** 11/1, 01/11/2026: day and month, or month and day. */
export const readSlashes: PhraseReader = (phrase, calendar) => {
  const match = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(phrase)
  if (!match) return undefined
  const year = Number(match[3] ?? calendar.today.slice(0, 4))
  const [a, b] = [Number(match[1]), Number(match[2])]
  const dates = [...new Set([dateOf(year, b, a), dateOf(year, a, b)])].filter((date) => date !== undefined)
  const [only] = dates
  if (only !== undefined && dates.length === 1) return complete({ from: only, to: addDays(only, 1) }, only, calendar)
  const instead = dates.filter((date) => date < calendar.today)
  return {
    why: `I cannot tell day and month apart in "${phrase}": write the month as a word.`,
    instead: instead.length > 0 ? instead : ['last week'],
  }
}

/** FY26, fiscal year 2026, FY2026 Q1. */
export const readFiscalYear: PhraseReader = (phrase) =>
  /^(?:fy ?'?|fiscal (?:year|quarter) ?)(?:\d{2}|\d{4})?(?: ?q[1-4])?$/.test(phrase)
    ? { why: 'I know no fiscal year: say the months, for example Feb 1 to Apr 30.', instead: ['this year', 'last quarter'] }
    : undefined

/** until 15 Nov, before November. */
export const readWithoutBeginning: PhraseReader = (phrase) =>
  /^(?:until|till|before|up to|by) \S+(?: \S+){0,2}$/.test(phrase) && mentionsDate(phrase)
    ? { why: `"${phrase}" has no beginning: say from when, for example 1-15 Nov.`, instead: ['this month', 'last month'] }
    : undefined

const mentionsDate = (phrase: string): boolean =>
  phrase.split(' ').some((word, index) => index > 0 && (monthNamed(word) !== undefined || /^\d{4}-\d{2}/.test(word)))

/** first week of November, last week of October: weeks do not end with months. */
export const readWeekOfMonth: PhraseReader = (phrase, { today, weekStart }) => {
  const match = /^(first|1st|last) week (?:of|in) ([a-z]+\.?)(?: (\d{4}))?$/.exec(phrase)
  const month = monthNamed(match?.[2] ?? '')
  if (!match || month === undefined) return undefined
  const thisYear = Number(today.slice(0, 4))
  const begun = (dateOf(thisYear, month, 1) ?? today) <= today
  const first = dateOf(Number(match[3] ?? (begun ? thisYear : thisYear - 1)), month, 1)
  if (!first) return undefined
  const isLast = match[1] === 'last'
  const from = isLast ? addDays(monthStart(first, 1), -7) : first
  // The whole week that lies in the month: the first to begin, or the last to end.
  const intoWeek = (date: LocalDate): number => (weekdayOf(date) - weekStart + 7) % 7
  const whole = isLast ? addDays(from, -intoWeek(from)) : addDays(first, (7 - intoWeek(first)) % 7)
  const ranges = [whole, from].map((start) => `${start}..${addDays(start, 6)}`)
  return {
    why: `Weeks do not begin and end with months. Which days of ${capital(match[2] ?? '')} do you mean?`,
    instead: [...new Set(ranges)],
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
