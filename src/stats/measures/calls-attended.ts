// Calls attended: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ActivityMeasure } from './measure.ts'

/**
 * Calls a person attended in the period. Documented: whether hosted calls are among them is unsaid, so the two are never added
 * up. Live: hosted calls are excluded. No team figure: two members on one call would count it twice.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsAttended`.
 */
export const callsAttended: ActivityMeasure = {
  id: 'calls-attended',
  group: 'activity',
  ofTeam: 'none',
  words: {
    documented: {
      label: 'Calls attended',
      unit: 'count',
      definition: 'Calls the person attended; Gong does not say whether hosted calls are among them.',
    },
    live: { label: 'Calls attended', unit: 'count', definition: 'Calls the person attended but did not host.' },
  },
  read: (row) => row.callsAttended,
}
