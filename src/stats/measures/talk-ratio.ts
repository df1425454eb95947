// Talk ratio: what it means under each contract and where it is read. Knows nothing of teams, changes or targets.
import type { ConversationMeasure } from './measure.ts'

/**
 * Share of the time a person spoke on their calls, 0–1 (talk-to-listen ratio). Gong's mean of the per-call ratios, so a long
 * call weighs no more than a short one. Unknown without calls.
 * Source: documented `POST /stats/interaction`; live the same path; kept as `talkShare`.
 */
export const talkRatio: ConversationMeasure = {
  id: 'talk-ratio',
  group: 'conversation',
  ofTeam: 'median',
  words: {
    documented: { label: 'Talk ratio', unit: 'share', definition: 'Share of the time the person spoke, averaged over their calls.' },
    live: {
      label: 'Talk ratio',
      unit: 'share',
      definition: 'Share of the time the person spoke, averaged over their calls recorded with Whisper.',
    },
  },
  read: (row) => row.talkShare,
}
