// Live POST /stats/activity/aggregate. Attended excludes hosted calls; opened recordings are not counted there: unknown, not zero.
import { z } from 'zod'
import type { ActivityCounters } from '../../domain/gong-figures.ts'
import type { Period } from '../../domain/period.ts'
import type { GongClient } from '../client.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { count, given, id, idOf } from '../wire/fields.ts'
import { translateAll } from '../wire/records.ts'
import { fetchDated, onlyThese } from './dated-list.ts'

export const activityPath = '/stats/activity/aggregate'
const activityKey = 'usersAggregateActivityStats'

const record = z.object({
  userId: id,
  userAggregateActivityStats: z
    .object({
      callsAsHost: count,
      callsAttended: count,
      callsCommentsGiven: count,
      callsCommentsReceived: count,
      callsScorecardsFilled: count,
      ownCallsListenedTo: count,
      othersCallsListenedTo: count,
      callsRequestedFeedback: count,
      callsReceivedFeedback: count,
      callsGaveFeedback: count,
    })
    .nullish(),
})

export async function fetchActivity(client: GongClient, period: Period, ask: AskGong): Promise<GongAnswer<ActivityCounters>> {
  const list = await fetchDated(client, period, ask, {
    path: activityPath,
    listKey: activityKey,
    dateFields: ['fromDate', 'toDate'],
    filter: onlyThese('userIds', ask.personIds),
    identify: (row) => idOf(row.userId),
  })
  return translateAll(list, {
    endpoint: `POST ${activityPath}`,
    schema: record,
    personField: 'userId',
    translate: ({ userId, userAggregateActivityStats: counters }) => [
      given({
        personId: userId,
        callsAsHost: counters?.callsAsHost,
        callsAttended: counters?.callsAttended,
        callsGaveComments: counters?.callsCommentsGiven,
        callsReceivedComments: counters?.callsCommentsReceived,
        callsScored: counters?.callsScorecardsFilled,
        ownCallsListenedTo: counters?.ownCallsListenedTo,
        othersCallsListenedTo: counters?.othersCallsListenedTo,
        callsRequestedFeedback: counters?.callsRequestedFeedback,
        callsReceivedFeedback: counters?.callsReceivedFeedback,
        callsGaveFeedback: counters?.callsGaveFeedback,
      }),
    ],
  })
}
