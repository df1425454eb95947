// Own calls listened to, one of the statistics of index.ts.
import { activityMeasure } from './measure.ts'

/**
 * A person's own calls they listened to again. Documented: whether "own" means hosted or attended is unsaid. No team figure.
 * Source: documented `POST /stats/activity/aggregated`; live `POST /stats/activity/aggregate`; kept as `ownCallsListenedTo`.
 */
export const ownCallsListenedTo = activityMeasure({
  id: 'own-calls-listened-to',
  ofTeam: 'none',
  shownIn: 'details',
  words: {
    documented: {
      label: 'Own calls listened to',
      one: 'own call listened to',
      unit: 'count',
      definition: 'Own calls the person listened to; Gong does not say whether own means hosted or attended.',
    },
    live: { label: 'Own calls listened to', one: 'own call listened to', unit: 'count', definition: 'Own calls the person listened to.' },
  },
  read: (row) => row.ownCallsListenedTo,
})
