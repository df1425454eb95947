// Longest customer story (mean), one of the statistics of index.ts.
import { conversationMeasure } from './measure.ts'

/**
 * Seconds the customer spoke without a break, each call's longest averaged. Live contract only. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `longestCustomerStorySeconds`.
 */
export const longestCustomerStory = conversationMeasure({
  id: 'longest-customer-story',
  ofTeam: 'median',
  shownIn: 'details',
  column: 'figure',
  moved: { up: 'heard longer customer stories', down: 'heard shorter customer stories' },
  words: {
    documented: undefined,
    live: {
      label: 'Longest customer story (mean)',
      unit: 'seconds',
      definition: "Each call's longest stretch the customer spoke, averaged over the person's calls.",
    },
  },
  read: (row) => row.longestCustomerStorySeconds,
})
