// Longest monologue, one of the statistics of index.ts.
import { conversationMeasure } from './measure.ts'

/**
 * Seconds a person spoke without a break. Documented: the single longest of the period. Live: the mean of each call's longest.
 * The two must never be compared. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `longestMonologueSeconds`.
 */
export const longestMonologue = conversationMeasure({
  id: 'longest-monologue',
  ofTeam: 'median',
  shownIn: 'details',
  column: 'figure',
  moved: { up: 'held longer monologues', down: 'held shorter monologues' },
  words: {
    documented: {
      label: 'Longest monologue',
      unit: 'seconds',
      definition: 'The single longest stretch the person spoke without a break in the period.',
    },
    live: {
      label: 'Longest monologue (mean)',
      unit: 'seconds',
      definition: "Each call's longest stretch without a break, averaged over the person's calls.",
    },
  },
  read: (row) => row.longestMonologueSeconds,
})
