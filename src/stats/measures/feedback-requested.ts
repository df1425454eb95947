// Feedback requested, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls a person asked for feedback on. Live only. No team figure: two members on one call would count it twice.
 * Source: live `POST /stats/activity/aggregate`; kept as `callsRequestedFeedback`.
 */
export const feedbackRequested = activityMeasure({
  id: 'feedback-requested',
  ofTeam: 'none',
  shownIn: 'details',
  words: {
    documented: undefined,
    live: {
      label: 'Feedback requested',
      one: 'request for feedback',
      unit: 'count',
      definition: 'Calls the person asked for feedback on.',
    },
  },
  read: (row) => row.callsRequestedFeedback,
})
