// Feedback given, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls a person gave feedback on. Live only. No team figure: two members on one call would count it twice.
 * Source: live `POST /stats/activity/aggregate`; kept as `callsGaveFeedback`.
 */
export const feedbackGiven = activityMeasure({
  id: 'feedback-given',
  ofTeam: 'none',
  shownIn: 'details',
  words: {
    documented: undefined,
    live: { label: 'Feedback given', one: 'call with feedback given', unit: 'count', definition: 'Calls the person gave feedback on.' },
  },
  read: (row) => row.callsGaveFeedback,
})
