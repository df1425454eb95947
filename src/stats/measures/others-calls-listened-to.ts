// Others' calls listened to: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ActivityMeasure } from './measure.ts'

/**
 * Calls of others a person listened to. No team figure: two members may listen to the same one.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `othersCallsListenedTo`.
 */
export const othersCallsListenedTo: ActivityMeasure = {
  id: 'others-calls-listened-to',
  group: 'activity',
  ofTeam: 'none',
  words: {
    documented: { label: "Others' calls listened to", unit: 'count', definition: 'Calls of others the person listened to.' },
    live: { label: "Others' calls listened to", unit: 'count', definition: 'Calls of others the person listened to.' },
  },
  read: (row) => row.othersCallsListenedTo,
}
