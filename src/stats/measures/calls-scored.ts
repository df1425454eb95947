// Calls scored, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls a person filled a scorecard for. No team figure: two reviewers may score the same call.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsScored`.
 */
export const callsScored = activityMeasure({
  id: 'calls-scored',
  ofTeam: 'none',
  shownIn: 'details',
  words: {
    documented: { label: 'Calls scored', one: 'call scored', unit: 'count', definition: 'Calls the person filled a scorecard for.' },
    live: { label: 'Calls scored', one: 'call scored', unit: 'count', definition: 'Calls the person filled a scorecard for.' },
  },
  read: (row) => row.callsScored,
})
