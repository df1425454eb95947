// POST /stats/activity/aggregated: eight counters a person. A missing counter is unknown, never zero.
import { z } from 'zod'
import type { ActivityCounters } from '../../domain/gong-figures.ts'
import type { Period } from '../../domain/period.ts'
import type { GongClient } from '../client.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { count, given, id, idOf } from '../wire/fields.ts'
import { fetchPages } from '../wire/pages.ts'
import { translateAll } from '../wire/records.ts'
import { documentedList } from './filter.ts'

export const activityPath = '/stats/activity/aggregated'
const activityKey = 'usersAggregatedActivity'

const record = z.object({
  userId: id,
  callsAsHost: count,
  callsAttended: count,
  callsGaveComments: count,
  callsReceivedComments: count,
  callsAccessedRecording: count,
  callsScored: count,
  ownCallsListenedTo: count,
  othersCallsListenedTo: count,
})

export async function fetchActivity({ request, zone }: GongClient, period: Period, ask: AskGong): Promise<GongAnswer<ActivityCounters>> {
  const identify = (row: Readonly<Record<string, unknown>>) => idOf(row.userId)
  const list = await fetchPages(request, documentedList({ path: activityPath, listKey: activityKey, period, zone, ask, identify }), ask)
  return translateAll(list, {
    endpoint: `POST ${activityPath}`,
    schema: record,
    personField: 'userId',
    translate: ({ userId, ...counters }) => [given({ personId: userId, ...counters })],
  })
}
