// What of an answered scorecard one pair of eyes may see. A card nobody may read still counts as coaching done.
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import type { PersonId } from '../../domain/person.ts'

/** Whose eyes. `above`: a manager or coach above the reviewed people, an admin, or a granted viewer. A channel is `group`. */
export type Eyes = { readonly type: 'person'; readonly personId?: PersonId; readonly isAbove: boolean } | { readonly type: 'group' }

/** Whether the card's scores may enter an average shown to these eyes. */
export function mayAverage(card: AnsweredScorecard, eyes: Eyes, unmarked: 'show' | 'hide'): boolean {
  if (isReviewer(card, eyes)) return true
  if (card.visibility === 'public') return true
  return card.visibility === 'unmarked' && unmarked === 'show'
}

/**
 * The card cut down to what these eyes may see; undefined when that is nothing. The reviewer sees all of it. Private and
 * opt-in cards are theirs alone; unmarked ones show scores to the reviewed person, and answer text and the reviewer only above.
 */
export function cardFor(card: AnsweredScorecard, eyes: Eyes, unmarked: 'show' | 'hide'): AnsweredScorecard | undefined {
  if (eyes.type === 'group') return undefined
  if (isReviewer(card, eyes)) return card
  if (!mayAverage(card, eyes, unmarked)) return undefined
  if (eyes.isAbove) return card
  if (eyes.personId === undefined || card.reviewedId !== eyes.personId) return undefined
  return card.visibility === 'public' ? card : withoutWords(card)
}

/** The card as a fact: who was coached, when and on which call, without score or answers. */
export function asFact(card: AnsweredScorecard): AnsweredScorecard {
  const { overallScore: _score, overallRange: _range, ...fact } = card
  return { ...fact, questions: [] }
}

const isReviewer = (card: AnsweredScorecard, eyes: Eyes): boolean =>
  eyes.type === 'person' && eyes.personId !== undefined && card.reviewerId === eyes.personId

function withoutWords(card: AnsweredScorecard): AnsweredScorecard {
  const { reviewerId: _reviewer, ...rest } = card
  return { ...rest, questions: card.questions.map(({ answer: _answer, ...question }) => question) }
}
