// Comments given, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls a person commented on (calls, not comments). No team figure: two members on one call would count it twice.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsGaveComments`.
 */
export const commentsGiven = activityMeasure({
  id: 'comments-given',
  ofTeam: 'none',
  shownIn: 'details',
  words: {
    documented: { label: 'Comments given', one: 'comment given', unit: 'count', definition: 'Calls the person gave comments on.' },
    live: { label: 'Comments given', one: 'comment given', unit: 'count', definition: 'Calls the person gave comments on.' },
  },
  read: (row) => row.callsGaveComments,
})
