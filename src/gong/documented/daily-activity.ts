// POST /stats/activity/day-by-day: four counters a person and day. One bad day sets aside that person's days of this answer.
import { z } from 'zod'
import type { DailyActivity } from '../../domain/gong-figures.ts'
import { includes, type Period } from '../../domain/period.ts'
import type { GongClient } from '../client.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { count, given, id, idOf, localDate } from '../wire/fields.ts'
import { fetchPages } from '../wire/pages.ts'
import { Impossible, translateAll } from '../wire/records.ts'
import { documentedList } from './filter.ts'

const dailyActivityPath = '/stats/activity/day-by-day'

const record = z.object({
  userId: id,
  dailyActivities: z
    .array(
      z.object({
        date: localDate,
        callsAsHost: count,
        callsAttended: count,
        callsGaveComments: count,
        callsAccessedRecording: count,
      }),
    )
    .nullish(),
})

export async function fetchDailyActivity({ request, zone }: GongClient, period: Period, ask: AskGong): Promise<GongAnswer<DailyActivity>> {
  const identify = (row: Readonly<Record<string, unknown>>) => idOf(row.userId)
  const list = await fetchPages(
    request,
    documentedList({ path: dailyActivityPath, listKey: 'usersDayByDayActivity', period, zone, ask, identify }),
    ask,
  )
  return translateAll(list, {
    endpoint: `POST ${dailyActivityPath}`,
    schema: record,
    personField: 'userId',
    translate({ userId, dailyActivities }) {
      const days = dailyActivities ?? []
      if (days.some((day) => !includes(period, day.date)) || new Set(days.map((day) => day.date)).size < days.length)
        return new Impossible('dailyActivities.[].date')
      return days.map((day) => given({ personId: userId, ...day }))
    },
  })
}
