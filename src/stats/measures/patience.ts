// Patience, one of the statistics of index.ts.
import { conversationMeasure } from './measure.ts'

/**
 * How long a person waits after the customer stops speaking. Documented: a score. Live: seconds. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `patience`.
 */
export const patience = conversationMeasure({
  id: 'patience',
  ofTeam: 'median',
  shownIn: 'details',
  column: 'figure',
  moved: { up: 'waited longer before speaking', down: 'waited less before speaking' },
  words: {
    documented: {
      label: 'Patience score',
      unit: 'score',
      definition: "Gong's score for how long the person waits before speaking after the customer.",
    },
    live: {
      label: 'Patience',
      unit: 'seconds',
      definition: 'How long the person waits before speaking after the customer, averaged over their calls.',
    },
  },
  read: (row) => row.patience,
})
