// Comments received, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls on which a person received comments (calls, not comments). No team figure: a call may have several members on it.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsReceivedComments`.
 */
export const commentsReceived = activityMeasure({
  id: 'comments-received',
  ofTeam: 'none',
  shownIn: 'message',
  words: {
    documented: {
      label: 'Comments received',
      one: 'comment received',
      unit: 'count',
      definition: 'Calls on which the person received comments.',
    },
    live: {
      label: 'Comments received',
      one: 'comment received',
      unit: 'count',
      definition: 'Calls on which the person received comments.',
    },
  },
  read: (row) => row.callsReceivedComments,
})
