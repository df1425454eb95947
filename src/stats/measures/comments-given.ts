// Comments given: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ActivityMeasure } from './measure.ts'

/**
 * Calls a person commented on (calls, not comments). No team figure: two members on one call would count it twice.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsGaveComments`.
 */
export const commentsGiven: ActivityMeasure = {
  id: 'comments-given',
  group: 'activity',
  ofTeam: 'none',
  words: {
    documented: { label: 'Comments given', unit: 'count', definition: 'Calls the person gave comments on.' },
    live: { label: 'Comments given', unit: 'count', definition: 'Calls the person gave comments on.' },
  },
  read: (row) => row.callsGaveComments,
}
