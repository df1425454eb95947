// Others' calls listened to, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls of others a person listened to. No team figure: two members may listen to the same one.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `othersCallsListenedTo`.
 */
export const othersCallsListenedTo = activityMeasure({
  id: 'others-calls-listened-to',
  ofTeam: 'none',
  shownIn: 'details',
  words: {
    documented: {
      label: "Others' calls listened to",
      one: 'call of others listened to',
      unit: 'count',
      definition: 'Calls of others the person listened to.',
    },
    live: {
      label: "Others' calls listened to",
      one: 'call of others listened to',
      unit: 'count',
      definition: 'Calls of others the person listened to.',
    },
  },
  read: (row) => row.othersCallsListenedTo,
})
