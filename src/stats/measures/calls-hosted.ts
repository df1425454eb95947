// Calls hosted: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ActivityMeasure } from './measure.ts'

/**
 * Calls a person hosted in the period. The only counter that adds up over a team: a call has one host.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsAsHost`.
 */
export const callsHosted: ActivityMeasure = {
  id: 'calls-hosted',
  group: 'activity',
  ofTeam: 'sum',
  words: {
    documented: { label: 'Calls hosted', unit: 'count', definition: 'Calls the person hosted.' },
    live: { label: 'Calls hosted', unit: 'count', definition: 'Calls the person hosted.' },
  },
  read: (row) => row.callsAsHost,
}
