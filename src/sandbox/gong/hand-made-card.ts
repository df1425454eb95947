// A scorecard somebody fills while the simulation runs, beside those the made calls have.
import { cardKinds, meanScore, type SimulatedCard } from './cards.ts'

export interface AddedCard {
  readonly reviewedId: string
  readonly reviewerId: string
  /** The clock's now unless given. */
  readonly answeredAt?: Date
  /** `Discovery`, `Demo` or `Negotiation`; the first unless given. */
  readonly kind?: string
  /** One score per question, 1–5; a missing one does not apply. */
  readonly scores?: readonly (number | undefined)[]
  readonly callId?: string
  readonly visibility?: SimulatedCard['visibility']
}

/** The `nth` such card, with ids no made card has. */
export function handMade(given: AddedCard, now: Date, nth: number): SimulatedCard {
  const kind = cardKinds.find(({ name }) => name === given.kind) ?? cardKinds[0]
  if (!kind) throw new RangeError('there is no kind of scorecard')
  const answers = kind.questions.map((question, index) => ({ question, score: given.scores ? given.scores[index] : 4, text: undefined }))
  const answeredMs = (given.answeredAt ?? now).getTime()
  const ids = String(nth).padStart(8, '0')
  return {
    id: `9990000000${ids}`,
    callId: given.callId ?? `9880000000${ids}`,
    callStartMs: answeredMs - 86_400_000,
    kind,
    reviewedId: given.reviewedId,
    reviewerId: given.reviewerId,
    answeredMs,
    overallScore: meanScore(answers),
    visibility: given.visibility ?? 'PUBLIC',
    answers,
  }
}
