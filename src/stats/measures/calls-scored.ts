// Calls scored: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ActivityMeasure } from './measure.ts'

/**
 * Calls a person filled a scorecard for. No team figure: two reviewers may score the same call.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsScored`.
 */
export const callsScored: ActivityMeasure = {
  id: 'calls-scored',
  group: 'activity',
  ofTeam: 'none',
  words: {
    documented: { label: 'Calls scored', unit: 'count', definition: 'Calls the person filled a scorecard for.' },
    live: { label: 'Calls scored', unit: 'count', definition: 'Calls the person filled a scorecard for.' },
  },
  read: (row) => row.callsScored,
}
