// Whether an answer for everybody still covers what we keep: a pilot that grew, another manager with a reminder or one more card that
// counts makes even a final answer due again. Pure.
import type { FigureKind } from '../domain/figure-gap.ts'
import type { PersonId } from '../domain/person.ts'

/** What fetching is restricted to now; missing = not at all. */
export interface Wanted {
  readonly people?: readonly PersonId[] | undefined
  readonly managers?: readonly PersonId[] | undefined
  readonly cards?: readonly string[] | undefined
}

export interface Covered {
  readonly kind: FigureKind
  readonly onlyPeople?: readonly PersonId[]
  readonly onlyCards?: readonly string[]
}

/** Returns a test of an answer: true when it holds everything we keep. */
export function coversWhat({ people, managers, cards }: Wanted): (answer: Covered) => boolean {
  return ({ kind, onlyPeople, onlyCards }) =>
    isWithin(kind === 'coaching' ? managers : people, onlyPeople) && (kind !== 'scorecards' || isWithin(cards, onlyCards))
}

/** Missing lists stand for everybody, or every card. */
const isWithin = (wanted: readonly string[] | undefined, had: readonly string[] | undefined): boolean => {
  if (had === undefined) return true
  if (wanted === undefined) return false
  const there = new Set(had)
  return wanted.every((id) => there.has(id))
}
