// Counters by day, for the day-by-day trend. Days Gong reports nothing for are empty, not unread.
import type { DailyActivity } from '../../domain/gong-figures.ts'
import { type Measured, noData } from '../../domain/measured.ts'
import { datesIn, type LocalDate, type Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { RecordAnswer } from '../../domain/reads.ts'
import { sumOf } from '../groups/groups.ts'
import type { DailyTotals } from './results.ts'

type Counter = 'callsAsHost' | 'callsAttended' | 'callsGaveComments' | 'callsAccessedRecording'

/** One person's days. A day without a record is 0 calls when the period was read for them, else unknown. */
export function personDaily(period: Period, answer: RecordAnswer<DailyActivity>, personId: PersonId): DailyTotals[] {
  const days = byDate(answer.records.filter((record) => record.personId === personId))
  return datesIn(period).map((date) => {
    const [record] = days.get(date) ?? []
    const of = (counter: Counter): Measured => dayCount(answer, personId, record, counter)
    return {
      date,
      callsAsHost: of('callsAsHost'),
      callsAttended: of('callsAttended'),
      commentsGiven: of('callsGaveComments'),
      recordingsAccessed: of('callsAccessedRecording'),
    }
  })
}

/** Sums over the members by day, for those who may see them by name: calls hosted only, the rest would count a call twice. */
export function teamDaily(period: Period, answer: RecordAnswer<DailyActivity>, personIds: readonly PersonId[]): DailyTotals[] {
  const days = byDate(answer.records)
  return datesIn(period).map((date) => {
    const records = new Map((days.get(date) ?? []).map((record) => [record.personId, record]))
    const hosted = new Map(personIds.map((id): [PersonId, Measured] => [id, dayCount(answer, id, records.get(id), 'callsAsHost')]))
    const doubled = noData('not-given')
    return {
      date,
      callsAsHost: sumOf(hosted),
      hosts: [...hosted].flatMap(([id, calls]) => (calls.known && calls.value > 0 ? [id] : [])),
      callsAttended: doubled,
      commentsGiven: doubled,
      recordingsAccessed: doubled,
    }
  })
}

function dayCount(answer: RecordAnswer<DailyActivity>, id: PersonId, record: DailyActivity | undefined, counter: Counter): Measured {
  if (answer.neverRead.has(id)) return noData('not-read')
  if (answer.quarantinedPeople.has(id)) return noData('quarantined')
  if (record === undefined) return noData('no-calls')
  const count = record[counter]
  return count === undefined ? noData('not-given') : { known: true, value: count }
}

function byDate(records: readonly DailyActivity[]): ReadonlyMap<LocalDate, readonly DailyActivity[]> {
  return Map.groupBy(records, (record) => record.date)
}

/** Days of a group without names: a day is no whole week. */
export const withheldDaily = (period: Period): DailyTotals[] => {
  const none = noData('not-whole')
  return datesIn(period).map((date) => ({ date, callsAsHost: none, callsAttended: none, commentsGiven: none, recordingsAccessed: none }))
}
