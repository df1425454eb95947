// Feedback received, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls on which a person received feedback. Live only. No team figure: two members on one call would count it twice.
 * Source: live `POST /stats/activity/aggregate`; kept as `callsReceivedFeedback`.
 */
export const feedbackReceived = activityMeasure({
  id: 'feedback-received',
  ofTeam: 'none',
  shownIn: 'details',
  words: {
    documented: undefined,
    live: {
      label: 'Feedback received',
      one: 'call with feedback received',
      unit: 'count',
      definition: 'Calls on which the person received feedback.',
    },
  },
  read: (row) => row.callsReceivedFeedback,
})
