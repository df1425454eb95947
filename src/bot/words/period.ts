// Periods in words: what a phrase means on a given day, in the company's dates. Each kind of phrase has a reader in a file of its own; the
// first reader that understands the phrase answers.
import { lastDate, type Period, weekBefore } from '../../domain/period.ts'
import { type Calendar, complete, isAnswer, type PeriodReading, type PhraseReader, type SpokenPeriod } from './complete-period.ts'
import { readDates, readSince } from './dated-period.ts'
import { readIsoWeek, readMonthOrQuarter, readYear } from './named-period.ts'
import { readHalf, readPartOfMonth, readWeekend, readWeekOf } from './part-period.ts'
import { readCounted, readDay, readFortnight, readFuture, readRelative, readWeekday } from './relative-period.ts'
import { reworded } from './reworded-period.ts'
import { readFiscalYear, readSingleDays, readSlashes, readWeekOfMonth, readWithoutBeginning } from './unanswerable-period.ts'

/** What a bare command answers with: the last full week. */
export const defaultPeriod = (calendar: Calendar): SpokenPeriod => ({
  period: weekBefore(calendar.today, calendar.weekStart),
  words: 'last week',
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
  const known = reworded(phrase)
  for (const read of readers) {
    const reading = read(known, calendar)
    if (reading) return reading
  }
  return readSincePeriod(known, calendar)
}

/** since October, since Monday, since last week: from its first day through yesterday. */
function readSincePeriod(phrase: string, calendar: Calendar): PeriodReading | undefined {
  const since = /^(?:since|starting) (?!since |starting )(.+)$/.exec(phrase)?.[1]
  const begun = since === undefined ? undefined : readPeriodPhrase(since, calendar)
  if (!begun || !isAnswer(begun)) return begun
  return complete({ from: begun.period.from, to: calendar.today }, phrase, calendar)
}

const readers: readonly PhraseReader[] = [
  readDay,
  readRelative,
  readFortnight,
  readWeekday,
  readCounted,
  readIsoWeek,
  readMonthOrQuarter,
  readYear,
  readSince,
  readDates,
  readHalf,
  readPartOfMonth,
  readWeekOf,
  readWeekend,
  readFuture,
  readSingleDays,
  readSlashes,
  readFiscalYear,
  readWithoutBeginning,
  readWeekOfMonth,
]

/** How a period is typed so that it means the same on any later day. */
export const periodAsTyped = (period: Period): string => `${period.from}..${lastDate(period)}`
