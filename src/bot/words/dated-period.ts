// Periods given by their dates, both ends included: 2026-11-01..2026-11-15, 1-15 Nov, Nov 1 to 15, 30 Oct - 5 Nov.
import { addDays, type LocalDate } from '../../domain/period.ts'
import { dateOf, daysInMonth, monthNamed } from './calendar-words.ts'
import {
  type Calendar,
  complete,
  farOff,
  isPlausibleYear,
  type PeriodReading,
  type PhraseReader,
  type Unanswerable,
} from './complete-period.ts'

/** One end of a range as it was written; what is missing is taken from the other end, then from today. */
interface End {
  readonly day: number
  readonly month?: number | undefined
  readonly year?: number | undefined
}

/** 2026-11-01, 1.11.2026, 1 Nov, Nov 1 2026, 1st of November; a bare `15` only beside another end. */
function readEnd(text: string): End | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
  const dotted = /^(\d{1,2})\.(\d{1,2})\.?(\d{4})?$/.exec(text)
  if (dotted) return { day: Number(dotted[1]), month: Number(dotted[2]), year: dotted[3] === undefined ? undefined : Number(dotted[3]) }
  const bare = /^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(text)
  if (bare) return { day: Number(bare[1]) }
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?([a-z]{3,9}\.?),?(?: (\d{4}))?$/.exec(text)
  const monthFirst = /^([a-z]{3,9}\.?) ?(\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?$/.exec(text)
  const month = monthNamed(dayFirst?.[2] ?? monthFirst?.[1] ?? '')
  const match = dayFirst ?? monthFirst
  if (!match || month === undefined) return undefined
  return { day: Number(dayFirst ? match[1] : match[2]), month, year: match[3] === undefined ? undefined : Number(match[3]) }
}

/** One day or a range, both ends included: 2026-11-01..2026-11-15, 1-15 Nov, Nov 1 to 15, 30 Oct - 5 Nov. */
export const readDates: PhraseReader = (phrase, calendar) => {
  const single = readEnd(phrase)
  if (single?.month !== undefined) return fromEnds(single, single, phrase, calendar)
  const cut = /^(.+?) ?(?:\.\.\.?|-| to | until | till | through ) ?(.+)$/
  // ISO dates carry hyphens themselves, so their ranges are cut first.
  const match = /^(\d{4}-\d{1,2}-\d{1,2}) ?(?:\.\.\.?|-| to | until | till | through ) ?(.+)$/.exec(phrase) ?? cut.exec(phrase)
  const [from, to] = [readEnd(match?.[1] ?? ''), readEnd(match?.[2] ?? '')]
  if (!from || !to || (from.month === undefined && to.month === undefined)) return undefined
  return fromEnds(from, to, phrase, calendar)
}

/** since 1 Nov, from 2026-11-01 on: through yesterday. */
export const readSince: PhraseReader = (phrase, calendar) => {
  const written = /^(?:since|from|starting) (.+?)(?: (?:on|onwards?))?$/.exec(phrase)?.[1]
  const end = written === undefined ? undefined : readEnd(written)
  if (end?.month === undefined) return undefined
  const begun = fromEnds(end, end, phrase, calendar)
  return 'period' in begun ? complete({ from: begun.period.from, to: calendar.today }, phrase, calendar) : begun
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
  if (!isPlausibleYear(fromYear, calendar.today) || !isPlausibleYear(toYear, calendar.today)) return farOff(phrase)
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
