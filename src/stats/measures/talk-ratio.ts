// Talk ratio, one of the statistics of index.ts.
import { conversationMeasure } from './measure.ts'

/**
 * Share of the time a person spoke on their calls, 0–1 (talk-to-listen ratio). Gong's mean of the per-call ratios, so a long
 * call weighs no more than a short one. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `talkShare`.
 */
export const talkRatio = conversationMeasure({
  id: 'talk-ratio',
  ofTeam: 'median',
  shownIn: 'message',
  column: 'figure-and-change',
  moved: { up: 'talked more', down: 'talked less' },
  published: { low: 0.43, high: 0.65, source: 'Gong 2025' },
  words: {
    documented: { label: 'Talk ratio', unit: 'share', definition: 'Share of the time the person spoke, averaged over their calls.' },
    live: {
      label: 'Talk ratio',
      unit: 'share',
      definition: 'Share of the time the person spoke, averaged over their calls recorded with Whisper.',
    },
  },
  read: (row) => row.talkShare,
})
