// Which parts of an answered scorecard somebody may see. A card nobody may read still counts as coaching done.
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { isThemself, type Self } from '../../domain/policy.ts'

/** Who looks at cards. `isAbove`: a manager or coach above the reviewed people, an admin, or a granted viewer. A channel is `group`. */
export type Viewpoint = (Self & { readonly type: 'person'; readonly isAbove: boolean }) | { readonly type: 'group' }

/** Whether the card's scores may enter an average shown to this viewpoint. */
export function mayAverage(card: AnsweredScorecard, viewpoint: Viewpoint, unmarked: 'show' | 'hide'): boolean {
  if (isReviewer(card, viewpoint)) return true
  if (card.visibility === 'public') return true
  // Shared with managers: in a channel it enters no average either, for its readers are not managers alone.
  if (card.visibility === 'managers') return isAbove(card, viewpoint)
  if (card.visibility === 'managers-and-reviewee')
    return viewpoint.type === 'person' && (viewpoint.isAbove || viewpoint.personId === card.reviewedId)
  return card.visibility === 'unmarked' && unmarked === 'show'
}

/**
 * The card reduced to what this viewpoint may see; undefined when that is nothing. The reviewer sees all of it. Private and
 * opt-in cards are theirs alone; those for managers are seen above, and by the reviewed person where Gong says so. Unmarked ones show
 * scores to the reviewed person, and answer text and the reviewer only above.
 */
export function cardFor(card: AnsweredScorecard, viewpoint: Viewpoint, unmarked: 'show' | 'hide'): AnsweredScorecard | undefined {
  if (viewpoint.type === 'group') return undefined
  if (isReviewer(card, viewpoint)) return card
  if (!mayAverage(card, viewpoint, unmarked)) return undefined
  if (isAbove(card, viewpoint)) return card
  if (viewpoint.personId === undefined || card.reviewedId !== viewpoint.personId) return undefined
  return card.visibility === 'unmarked' ? withoutWords(card) : card
}

/** The card as a fact: who was coached, when and on which call, without score or answers. */
export function asFact(card: AnsweredScorecard): AnsweredScorecard {
  const { overallScore: _score, overallRange: _range, ...fact } = card
  return { ...fact, questions: [] }
}

const isReviewer = (card: AnsweredScorecard, viewpoint: Viewpoint): boolean =>
  viewpoint.type === 'person' && viewpoint.personId !== undefined && card.reviewerId === viewpoint.personId

/** Nobody is above themselves, also not an admin or a viewer of the org they are in. */
const isAbove = (card: AnsweredScorecard, viewpoint: Viewpoint): boolean =>
  viewpoint.type === 'person' && viewpoint.isAbove && !isThemself(viewpoint, card.reviewedId)

function withoutWords(card: AnsweredScorecard): AnsweredScorecard {
  const { reviewerId: _reviewer, ...rest } = card
  return { ...rest, questions: card.questions.map(({ answer: _answer, ...question }) => question) }
}
