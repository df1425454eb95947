// Ids of answered scorecards. Documented ids carry who filled the card, so one that is kept without its reviewer has another id.
import type { PersonId } from './person.ts'

/** The same as forget.ts makes of a card that is stored already. */
export const idWithoutReviewer = (id: string, reviewerId: PersonId | undefined): string =>
  reviewerId === undefined ? id : id.replaceAll(`/${reviewerId}/`, '/forgotten/')
