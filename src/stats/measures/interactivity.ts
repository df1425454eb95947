// Interactivity, one of the statistics of index.ts.
import { conversationMeasure } from './measure.ts'

/**
 * How often the conversation changes hands, as a score over all company participants of the call. Live: 0–10; the document names
 * no range, so none is shown there. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `interactivity`.
 */
export const interactivity = conversationMeasure({
  id: 'interactivity',
  ofTeam: 'median',
  shownIn: 'details',
  column: 'figure',
  moved: { up: 'had more back and forth', down: 'had less back and forth' },
  words: {
    documented: {
      label: 'Interactivity score',
      unit: 'score',
      definition: "Gong's score for how often the conversation goes back and forth.",
    },
    live: {
      label: 'Interactivity',
      unit: 'score',
      scaleEnd: 10,
      definition: "Gong's score (0–10) for how often the conversation goes back and forth, over all company participants.",
    },
  },
  read: (row) => row.interactivity,
})
