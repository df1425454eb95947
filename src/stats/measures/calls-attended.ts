// Calls attended, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls a person attended in the period. Documented: whether hosted calls are among them is unsaid, so the two are never added
 * up. Live: hosted calls are excluded. No team figure: two members on one call would count it twice.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsAttended`.
 */
export const callsAttended = activityMeasure({
  id: 'calls-attended',
  ofTeam: 'none',
  shownIn: 'message',
  countsCalls: true,
  words: {
    documented: {
      label: 'Calls attended',
      one: 'call attended',
      unit: 'count',
      definition: 'Calls the person attended; Gong does not say whether hosted calls are among them.',
    },
    live: { label: 'Calls attended', one: 'call attended', unit: 'count', definition: 'Calls the person attended but did not host.' },
  },
  read: (row) => row.callsAttended,
})
