// Recordings accessed, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * Calls whose recording a person opened. Documented contract only. No team figure: two members may open the same one.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `callsAccessedRecording`.
 */
export const recordingsAccessed = activityMeasure({
  id: 'recordings-accessed',
  ofTeam: 'none',
  shownIn: 'details',
  words: {
    documented: {
      label: 'Recordings accessed',
      one: 'recording accessed',
      unit: 'count',
      definition: 'Calls whose recording the person opened.',
    },
    live: undefined,
  },
  read: (row) => row.callsAccessedRecording,
})
