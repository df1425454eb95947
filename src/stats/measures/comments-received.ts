// Comments received: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ActivityMeasure } from './measure.ts'

/**
 * Calls on which a person received comments (calls, not comments). No team figure: a call may have several members on it.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsReceivedComments`.
 */
export const commentsReceived: ActivityMeasure = {
  id: 'comments-received',
  group: 'activity',
  ofTeam: 'none',
  words: {
    documented: { label: 'Comments received', unit: 'count', definition: 'Calls on which the person received comments.' },
    live: { label: 'Comments received', unit: 'count', definition: 'Calls on which the person received comments.' },
  },
  read: (row) => row.callsReceivedComments,
}
