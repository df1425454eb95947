// Periods in words: what a phrase means on a given day, in the company's dates. Each kind of phrase has a reader in a file of its own; the
// first reader that understands the phrase answers.
import { lastDate, type Period, weekBefore } from '../../domain/period.ts'
import type { Calendar, PeriodReading, PhraseReader, SpokenPeriod } from './complete-period.ts'
import { readDates, readSince } from './dated-period.ts'
import { readIsoWeek, readMonthOrQuarter, readYear } from './named-period.ts'
import { readCounted, readDay, readFortnight, readFuture, readRelative, readWeekday } from './relative-period.ts'

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
  for (const read of readers) {
    const reading = read(phrase, calendar)
    if (reading) return reading
  }
  return undefined
}

export const isAnswer = (reading: PeriodReading): reading is SpokenPeriod => 'period' in reading

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
  readFuture,
]

/** How a period is typed so that it means the same on any later day. */
export const periodAsTyped = (period: Period): string => `${period.from}..${lastDate(period)}`
