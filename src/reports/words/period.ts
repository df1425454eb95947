// Periods in words: what a phrase means on a given day, in the company's dates. Never beyond what is complete: today's calls
// appear tomorrow, so every period ends at the latest with yesterday and says what was left out.
import {
  addDays,
  type LocalDate,
  lastDate,
  lengthDays,
  monthStart,
  type Period,
  type Weekday,
  weekBefore,
  weekOf,
} from '../../domain/period.ts'
import { dateOf, datesInWords, daysInMonth, monthNamed, spanInWords } from './calendar-words.ts'

/** When it is asked: dates mean something else tomorrow. */
export interface Calendar {
  /** Today in the company's zone. */
  readonly today: LocalDate
  readonly weekStart: Weekday
}

/** A period somebody asked for. */
export interface SpokenPeriod {
  readonly period: Period
  /** Says what was left out because it is not complete: "Mon–Wed, 3 days". */
  readonly note?: string
  /** The words as they can be typed again. */
  readonly words: string
}

/** A phrase that is about time but cannot be answered: `why` is a sentence, `instead` are phrases that can. */
export interface Unanswerable {
  readonly why: string
  readonly instead: readonly string[]
}

export type PeriodReading = SpokenPeriod | Unanswerable

/** What a bare command answers with: the last full week. */
export const defaultPeriod = (calendar: Calendar): SpokenPeriod => ({
  period: weekBefore(calendar.today, calendar.weekStart),
  words: 'last week',
})

/** The longest period that is read for one question, in days. */
export const longestDays = 400

const earliest: LocalDate = '2015-01-01'

const isPlausible = (year: number): boolean => year >= 2015 && year < 2100

const farOff = (phrase: string): Unanswerable => ({
  why: `"${phrase}" is too far off: I read calls from 2015 on.`,
  instead: ['last week', 'last month'],
})

/** The phrases suggestions are made of; each is understood on every day, though some have nothing complete yet on the first. */
export const periodPhrases: readonly string[] = [
  'yesterday',
  'last week',
  'this week',
  'last month',
  'this month',
  'last quarter',
  'this quarter',
  'last 7 days',
  'last 30 days',
  'last 90 days',
]

/**
 * Reads a whole phrase in lower case, single spaces. Undefined when it is not about time at all.
 * On Thursday 2026-11-19 `this week` is 16–18 Nov with the note "Mon–Wed, 3 days".
 */
export function readPeriodPhrase(phrase: string, calendar: Calendar): PeriodReading | undefined {
  for (const read of readers) {
    const reading = read(phrase, calendar)
    if (reading) return reading
  }
  return undefined
}

export const isAnswer = (reading: PeriodReading): reading is SpokenPeriod => 'period' in reading

type Reader = (phrase: string, calendar: Calendar) => PeriodReading | undefined

/** Cuts off what is not complete. `whole` is what the words mean. */
function complete(whole: Period, words: string, calendar: Calendar): PeriodReading {
  const { today } = calendar
  if (whole.from < earliest) return farOff(words)
  if (whole.from >= today) {
    const begun = whole.from === today ? 'has no complete day yet; today’s calls appear tomorrow' : 'has not begun yet'
    return {
      why: `${sentence(words)} ${begun}. The last full week is ${datesInWords(weekBefore(today, calendar.weekStart), today)}.`,
      instead: ['last week'],
    }
  }
  const period = { from: whole.from, to: whole.to < today ? whole.to : today }
  if (lengthDays(period) > longestDays) {
    return {
      why: `That is ${lengthDays(period)} days; I read at most ${longestDays} for one question.`,
      instead: ['last 90 days', 'last quarter'],
    }
  }
  return { period, words, ...(period.to < whole.to && { note: spanInWords(period, today) }) }
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

const quarterStart = (date: LocalDate, quarters = 0): LocalDate => {
  const month = Number(date.slice(5, 7)) - 1
  return monthStart(date, quarters * 3 - (month % 3))
}

const relativeUnits: Readonly<Record<string, (shift: number, calendar: Calendar) => Period>> = {
  week: (shift, { today, weekStart }) => {
    const week = weekOf(today, weekStart)
    return { from: addDays(week.from, shift * 7), to: addDays(week.to, shift * 7) }
  },
  month: (shift, { today }) => ({ from: monthStart(today, shift), to: monthStart(today, shift + 1) }),
  quarter: (shift, { today }) => ({ from: quarterStart(today, shift), to: quarterStart(today, shift + 1) }),
}

/** yesterday, today: Gong gives whole days, so today is answered with the week so far. */
const readDay: Reader = (phrase, calendar) => {
  const { today, weekStart } = calendar
  if (phrase === 'yesterday') return complete({ from: addDays(today, -1), to: today }, phrase, calendar)
  if (phrase !== 'today' && phrase !== 'now') return undefined
  const week = weekOf(today, weekStart)
  if (week.from === today) {
    const last = weekBefore(today, weekStart)
    return {
      period: last,
      words: 'last week',
      note: `Gong gives whole days; today’s calls appear tomorrow. Here is last week (${datesInWords(last, today)})`,
    }
  }
  const period = { from: week.from, to: today }
  return {
    period,
    words: 'this week',
    note: `Gong gives whole days; today’s calls appear tomorrow. Here is this week so far (${spanInWords(period, today)})`,
  }
}

/** this / last week, month, quarter; a bare unit is the last one. */
const readRelative: Reader = (phrase, calendar) => {
  const match = /^(?:(this|current|last|previous|past|prior) )?(week|month|quarter)$/.exec(phrase)
  const unit = relativeUnits[match?.[2] ?? '']
  if (!match || !unit) return undefined
  const isThis = match[1] === 'this' || match[1] === 'current'
  return complete(unit(isThis ? 0 : -1, calendar), `${isThis ? 'this' : 'last'} ${match[2]}`, calendar)
}

/** last 7 days (through yesterday), last 4 weeks, last 3 months (whole ones), 2 weeks ago. */
const readCounted: Reader = (phrase, calendar) => {
  const ago = /^(\d{1,3}) (week|month|quarter)s? ago$/.exec(phrase)
  const agoUnit = relativeUnits[ago?.[2] ?? '']
  if (ago && agoUnit) return complete(agoUnit(-Math.max(1, Number(ago[1])), calendar), phrase, calendar)
  const match = /^(?:(?:last|past|previous) )?(\d{1,3}) ?(d|days?|weeks?|months?|quarters?)$/.exec(phrase)
  if (!match) return undefined
  const count = Math.max(1, Number(match[1]))
  const name = (match[2] ?? '').startsWith('d') ? 'day' : (match[2] ?? '').replace(/s$/, '')
  const words = `last ${count} ${name}${count === 1 ? '' : 's'}`
  if (name === 'day') return complete({ from: addDays(calendar.today, -count), to: calendar.today }, words, calendar)
  const unit = relativeUnits[name]
  return unit && complete({ from: unit(-count, calendar).from, to: unit(0, calendar).from }, words, calendar)
}

/** 2026-W46, W46, week 46: ISO weeks, which begin on Monday whatever the setting. */
const readIsoWeek: Reader = (phrase, calendar) => {
  const match = /^(?:(\d{4})-?)?(?:w|week |cw ?|kw ?)(\d{1,2})(?: (\d{4}))?$/.exec(phrase)
  if (!match) return undefined
  const week = Number(match[2])
  const said = match[1] ?? match[3]
  const year = said === undefined ? yearOfWeek(week, calendar.today) : Number(said)
  if (!isPlausible(year)) return farOff(phrase)
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

/** November, nov 2025, 2026-11, Q3, Q3 2026, 2026-Q3. Without a year: the latest that has begun. */
const readMonthOrQuarter: Reader = (phrase, calendar) => {
  const { today } = calendar
  const thisYear = Number(today.slice(0, 4))
  const quarter = /^(?:(\d{4})[- ]?)?q([1-4])(?: (\d{4}))?$/.exec(phrase)
  if (quarter) {
    const first = Number(quarter[2]) * 3 - 2
    const year = Number(quarter[1] ?? quarter[3] ?? latestYear(thisYear, first, today))
    const from = isPlausible(year) ? dateOf(year, first, 1) : undefined
    if (!from) return farOff(phrase)
    return complete({ from, to: monthStart(from, 3) }, `Q${quarter[2]} ${year}`, calendar)
  }
  const numeric = /^(\d{4})-(\d{2})$/.exec(phrase)
  const named = /^([a-z]+\.?)(?: (\d{4}))?$/.exec(phrase)
  const month = numeric ? Number(numeric[2]) : monthNamed(named?.[1] ?? '')
  if (month === undefined) return undefined
  if (month < 1 || month > 12) return { why: `There is no month ${month}.`, instead: ['last month'] }
  const year = Number(numeric?.[1] ?? named?.[2] ?? latestYear(thisYear, month, today))
  const from = isPlausible(year) ? dateOf(year, month, 1) : undefined
  if (!from) return farOff(phrase)
  return complete({ from, to: monthStart(from, 1) }, phrase, calendar)
}

const latestYear = (thisYear: number, month: number, today: LocalDate): number =>
  (dateOf(thisYear, month, 1) ?? today) <= today ? thisYear : thisYear - 1

/** One end of a range as it was written; what is missing is taken from the other end, then from today. */
interface End {
  readonly day: number
  readonly month?: number
  readonly year?: number
}

/** 2026-11-01, 1 Nov, Nov 1 2026, 1st of November; a bare `15` only beside another end. */
function readEnd(text: string): End | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
  const bare = /^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(text)
  if (bare) return { day: Number(bare[1]) }
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?([a-z]{3,9}\.?),?(?: (\d{4}))?$/.exec(text)
  const monthFirst = /^([a-z]{3,9}\.?) ?(\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?$/.exec(text)
  const month = monthNamed(dayFirst?.[2] ?? monthFirst?.[1] ?? '')
  const match = dayFirst ?? monthFirst
  if (!match || month === undefined) return undefined
  return { day: Number(dayFirst ? match[1] : match[2]), month, ...(match[3] !== undefined && { year: Number(match[3]) }) }
}

/** One day or a range, both ends included: 2026-11-01..2026-11-15, 1-15 Nov, Nov 1 to 15, 30 Oct - 5 Nov. */
const readDates: Reader = (phrase, calendar) => {
  const single = readEnd(phrase)
  if (single?.month !== undefined) return fromEnds(single, single, phrase, calendar)
  const cut = /^(.+?) ?(?:\.\.\.?|-| to | until | till | through ) ?(.+)$/
  // ISO dates carry hyphens themselves, so their ranges are cut first.
  const match = /^(\d{4}-\d{1,2}-\d{1,2}) ?(?:\.\.\.?|-| to | until | till | through ) ?(.+)$/.exec(phrase) ?? cut.exec(phrase)
  const [from, to] = [readEnd(match?.[1] ?? ''), readEnd(match?.[2] ?? '')]
  if (!from || !to || (from.month === undefined && to.month === undefined)) return undefined
  return fromEnds(from, to, phrase, calendar)
}

function fromEnds(from: End, to: End, phrase: string, calendar: Calendar): PeriodReading {
  const { today } = calendar
  const thisYear = Number(today.slice(0, 4))
  const fromMonth = from.month ?? to.month ?? 1
  const toMonth = to.month ?? fromMonth
  const saidYear = to.year ?? from.year
  const isOverNewYear = from.year === undefined && fromMonth > toMonth
  const toYear = saidYear ?? latestRangeYear(thisYear, from, isOverNewYear, fromMonth, today)
  const fromYear = from.year ?? (isOverNewYear ? toYear - 1 : toYear)
  if (!isPlausible(fromYear) || !isPlausible(toYear)) return farOff(phrase)
  const first = dateOf(fromYear, fromMonth, from.day)
  const last = dateOf(toYear, toMonth, to.day)
  if (!first || !last) return noSuchDay(first ? toYear : fromYear, first ? toMonth : fromMonth)
  if (last < first) return { why: `"${phrase}" ends before it begins.`, instead: [`${last}..${first}`] }
  return complete({ from: first, to: addDays(last, 1) }, phrase, calendar)
}

/** Without a year: the latest in which the range has begun. */
function latestRangeYear(thisYear: number, from: End, isOverNewYear: boolean, fromMonth: number, today: LocalDate): number {
  const begins = dateOf(isOverNewYear ? thisYear - 1 : thisYear, fromMonth, Math.min(from.day, 28)) ?? today
  if (isOverNewYear) {
    const begunThisYear = (dateOf(thisYear, fromMonth, Math.min(from.day, 28)) ?? today) < today
    return begunThisYear ? thisYear + 1 : thisYear
  }
  return begins <= today ? thisYear : thisYear - 1
}

function noSuchDay(year: number, month: number): Unanswerable {
  if (month < 1 || month > 12) return { why: `There is no month ${month}.`, instead: ['last month'] }
  const name = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 1))
  const said = month === 2 ? `${name} ${year}` : name
  return { why: `${said} has ${daysInMonth(year, month)} days.`, instead: [said, 'last month'] }
}

const readers: readonly Reader[] = [readDay, readRelative, readCounted, readIsoWeek, readMonthOrQuarter, readDates]

/** How a period is typed so that it means the same on any later day. */
export const periodAsTyped = (period: Period): string => `${period.from}..${lastDate(period)}`
