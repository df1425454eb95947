// A scorecard of the store's tests: only whose it is, and who gave it, differs.
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'

export const anyCard = (id: string, reviewedId: string, reviewerId: string): AnsweredScorecard => ({
  id,
  callId: 'c',
  scorecardId: 's',
  scorecardName: 'Discovery',
  reviewedId,
  reviewerId,
  answeredAt: new Date('2026-11-17T08:00:00Z'),
  method: 'human',
  visibility: 'public',
  questions: [],
})
