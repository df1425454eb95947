// Longest monologue: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ConversationMeasure } from './measure.ts'

/**
 * Seconds a person spoke without a break. Documented: the single longest of the period. Live: the mean of each call's longest.
 * The two must never be compared. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `longestMonologueSeconds`.
 */
export const longestMonologue: ConversationMeasure = {
  id: 'longest-monologue',
  group: 'conversation',
  ofTeam: 'median',
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
}
