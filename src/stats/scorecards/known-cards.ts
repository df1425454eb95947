// What is known of the scorecards an answer looks back at. Cards are fetched by date range, so older weeks, or the last days, may be
// missing: nothing is counted beyond the unbroken stretch that was fetched, and the answer says which that is.
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { type LocalDate, localDateOf, type Period } from '../../domain/period.ts'
import type { RecordAnswer } from '../../domain/reads.ts'
import type { DataState } from '../data-state.ts'

export interface KnownCards {
  /** In the order they were read. */
  readonly records: readonly AnsweredScorecard[]
  /** Whether all cards from this date on are known; cards before `from` say nothing then. */
  knownSince(from: LocalDate): boolean
  /** For the state of the answer; empty when the whole period is known. */
  readonly state: Pick<DataState, 'cardsKnown'>
}

/** `today` (company zone): its own cards, and later ones, cannot be missed. */
export function knownCards(
  { records, whole }: Pick<RecordAnswer<AnsweredScorecard>, 'records' | 'whole'>,
  wanted: Period,
  { zone, today }: { readonly zone: string; readonly today: LocalDate },
): KnownCards {
  if (!whole) return { records: [], knownSince: () => false, state: { cardsKnown: 'none' } }
  const end = wanted.to < today ? wanted.to : today
  const isAll = whole.from <= wanted.from && whole.to >= end
  return {
    records: isAll ? records : records.filter(({ answeredAt }) => localDateOf(answeredAt, zone) >= whole.from),
    knownSince: (from) => whole.from <= from,
    state: isAll ? {} : { cardsKnown: whole },
  }
}
