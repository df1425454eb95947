// Questions, one of the statistics of index.ts.
import { conversationMeasure } from './measure.ts'

/**
 * Questions a person asks. Documented: per call. Live: Gong publishes no unit, so none is shown. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `questionRate`.
 */
export const questionRate = conversationMeasure({
  id: 'question-rate',
  ofTeam: 'median',
  shownIn: 'message',
  column: 'figure',
  moved: { up: 'asked more questions', down: 'asked fewer questions' },
  words: {
    documented: { label: 'Questions', unit: 'per-call', definition: 'Questions the person asks, per call.' },
    live: { label: 'Question rate', unit: 'none', definition: "Gong's question rate; Gong publishes no unit for it." },
  },
  read: (row) => row.questionRate,
})
