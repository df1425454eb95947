// Longest customer story (mean): what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ConversationMeasure } from './measure.ts'

/**
 * Seconds the customer spoke without a break, each call's longest averaged. Live contract only. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `longestCustomerStorySeconds`.
 */
export const longestCustomerStory: ConversationMeasure = {
  id: 'longest-customer-story',
  group: 'conversation',
  ofTeam: 'median',
  words: {
    documented: undefined,
    live: {
      label: 'Longest customer story (mean)',
      unit: 'seconds',
      definition: "Each call's longest stretch the customer spoke, averaged over the person's calls.",
    },
  },
  read: (row) => row.longestCustomerStorySeconds,
}
