// Own calls listened to: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ActivityMeasure } from './measure.ts'

/**
 * A person's own calls they listened to again. Documented: whether "own" means hosted or attended is unsaid. No team figure.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `ownCallsListenedTo`.
 */
export const ownCallsListenedTo: ActivityMeasure = {
  id: 'own-calls-listened-to',
  group: 'activity',
  ofTeam: 'none',
  words: {
    documented: {
      label: 'Own calls listened to',
      unit: 'count',
      definition: 'Own calls the person listened to; Gong does not say whether own means hosted or attended.',
    },
    live: { label: 'Own calls listened to', unit: 'count', definition: 'Own calls the person listened to.' },
  },
  read: (row) => row.ownCallsListenedTo,
}
