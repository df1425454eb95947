// The result of reading words about time, and the one rule for all of them: a period ends at the latest with yesterday, because today's
// calls appear tomorrow. The result says what was left out.
import { type LocalDate, lengthDays, type Period, type Weekday, weekBefore } from '../../domain/period.ts'
import { earliestDate, isPlausibleDate, mostDays } from '../../domain/plausible-date.ts'
import { datesInWords, spanInWords } from './calendar-words.ts'

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
  readonly note?: string | undefined
  /** The words as they can be typed again. */
  readonly words: string
}

/** A phrase that is about time but cannot be answered: `why` is a sentence, `instead` are phrases that can. */
export interface Unanswerable {
  readonly why: string
  readonly instead: readonly string[]
}

export type PeriodReading = SpokenPeriod | Unanswerable

export const isAnswer = (reading: PeriodReading): reading is SpokenPeriod => 'period' in reading

export const isPlausibleYear = (year: number, today: LocalDate): boolean => isPlausibleDate(`${String(year).padStart(4, '0')}-06-30`, today)

export const farOff = (phrase: string): Unanswerable => ({
  why: `"${phrase}" is too far off: I read calls from 2015 on.`,
  instead: ['last week', 'last month'],
})

export type PhraseReader = (phrase: string, calendar: Calendar) => PeriodReading | undefined

/** Cuts off what is not complete. `whole` is what the words mean. */
export function complete(whole: Period, words: string, calendar: Calendar): PeriodReading {
  const { today } = calendar
  if (whole.from < earliestDate) return farOff(words)
  if (whole.from >= today) {
    const begun = whole.from === today ? 'has no complete day yet; today’s calls appear tomorrow' : 'has not begun yet'
    return {
      why: `${sentence(words)} ${begun}. The last full week is ${datesInWords(weekBefore(today, calendar.weekStart), today)}.`,
      instead: ['last week'],
    }
  }
  const period = { from: whole.from, to: whole.to < today ? whole.to : today }
  if (lengthDays(period) > mostDays) {
    return {
      why: `That is ${lengthDays(period)} days; I read at most ${mostDays} for one question.`,
      instead: ['last 90 days', 'last quarter'],
    }
  }
  return { period, words, note: period.to < whole.to ? spanInWords(period, today) : undefined }
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
