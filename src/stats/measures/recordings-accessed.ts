// Recordings accessed: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ActivityMeasure } from './measure.ts'

/**
 * Calls whose recording a person opened. Documented contract only. No team figure: two members may open the same one.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsAccessedRecording`.
 */
export const recordingsAccessed: ActivityMeasure = {
  id: 'recordings-accessed',
  group: 'activity',
  ofTeam: 'none',
  words: {
    documented: { label: 'Recordings accessed', unit: 'count', definition: 'Calls whose recording the person opened.' },
    live: undefined,
  },
  read: (row) => row.callsAccessedRecording,
}
