// Interactivity: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ConversationMeasure } from './measure.ts'

/**
 * How often the conversation changes hands, as a score over all company participants of the call. Live: 0–10; the document names
 * no range, so none is shown there. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `interactivity`.
 */
export const interactivity: ConversationMeasure = {
  id: 'interactivity',
  group: 'conversation',
  ofTeam: 'median',
  words: {
    documented: { label: 'Interactivity', unit: 'score', definition: "Gong's score for how often the conversation goes back and forth." },
    live: {
      label: 'Interactivity',
      unit: 'score',
      definition: "Gong's score (0–10) for how often the conversation goes back and forth, over all company participants.",
    },
  },
  read: (row) => row.interactivity,
}
