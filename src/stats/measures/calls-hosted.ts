// Calls hosted, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls a person hosted in the period. The only counter that adds up over a team: a call has one host.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsAsHost`.
 */
export const callsHosted = activityMeasure({
  id: 'calls-hosted',
  ofTeam: 'sum',
  shownIn: 'message',
  column: 'figure',
  countsCalls: true,
  words: {
    documented: { label: 'Calls hosted', one: 'call hosted', unit: 'count', definition: 'Calls the person hosted.' },
    live: { label: 'Calls hosted', one: 'call hosted', unit: 'count', definition: 'Calls the person hosted.' },
  },
  read: (row) => row.callsAsHost,
})
