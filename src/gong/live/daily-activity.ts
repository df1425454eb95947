// Live POST /stats/activity/day-by-day: every counter is a list of call ids, its length is the count, null is none. A day is the
// local date on which its `fromDate` lies.
import { z } from 'zod'
import type { DailyActivity } from '../../domain/gong-figures.ts'
import { includes, localDateOf, type Period } from '../../domain/period.ts'
import type { GongClient } from '../client.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { given, id, idOf, instant, localDate } from '../wire/fields.ts'
import { Impossible, translateAll } from '../wire/records.ts'
import { fetchDated, onlyThese } from './dated-list.ts'

const dailyActivityPath = '/stats/activity/day-by-day'

/** Null means none; an absent list means the counter is not given. */
const calls = z
  .array(id)
  .nullish()
  .transform((ids) => (ids === undefined ? undefined : new Set(ids ?? [])))

const record = z.object({
  userId: id,
  userDailyActivityStats: z
    .array(
      z.object({
        fromDate: z.union([localDate, instant]),
        callsAsHost: calls,
        callsAttended: calls,
        callsCommentsGiven: calls,
      }),
    )
    .nullish(),
})

export async function fetchDailyActivity(client: GongClient, period: Period, ask: AskGong): Promise<GongAnswer<DailyActivity>> {
  const list = await fetchDated(client, period, ask, {
    path: dailyActivityPath,
    listKey: 'usersDetailedActivities',
    dateFields: ['fromDate', 'toDate'],
    filter: onlyThese('userIds', ask.personIds),
    identify: (row) => idOf(row.userId),
  })
  return translateAll(list, {
    endpoint: `POST ${dailyActivityPath}`,
    schema: record,
    personField: 'userId',
    translate({ userId, userDailyActivityStats }) {
      const days = (userDailyActivityStats ?? []).map((day) =>
        given({
          personId: userId,
          date: typeof day.fromDate === 'string' ? day.fromDate : localDateOf(day.fromDate, client.zone),
          callsAsHost: day.callsAsHost?.size,
          callsAttended: day.callsAttended?.size,
          callsGaveComments: day.callsCommentsGiven?.size,
          callId: lastOf(day.callsAsHost) ?? lastOf(day.callsAttended),
        }),
      )
      if (days.some((day) => !includes(period, day.date)) || new Set(days.map((day) => day.date)).size < days.length)
        return new Impossible('userDailyActivityStats.[].fromDate')
      return days
    },
  })
}

const lastOf = (ids: ReadonlySet<string> | undefined): string | undefined => [...(ids ?? [])].at(-1)
