// Whose figures are in what a message shows without names, and which of them changed since it was posted. What is kept with a message names
// nobody and holds no figure.
import type { PersonId } from '../domain/person.ts'
import type { Contributions } from '../stats/figures/results.ts'
import { fingerprint } from '../stats/groups/contributions.ts'
import type { ReportContext } from './section.ts'
import { seesNames } from './wording/viewpoint.ts'

/** Kept with a posted message: the fingerprints of everybody in it, in an order that gives nothing away. */
export interface KeptContributions {
  readonly basis: string
  readonly of: readonly string[]
}

/** Undefined where nothing is shown without names. */
export async function contributionsTo({ subject, period, stats, card, ...context }: ReportContext): Promise<Contributions | undefined> {
  if (subject.type === 'person') return (await stats.person(subject.personId, period)).contributions?.()
  if (seesNames({ subject, period, stats, ...context })) return undefined
  const [team, cards] = await Promise.all([
    stats.team(subject, period, 'medians'),
    stats.scorecards(subject, period, { type: 'group' }, card),
  ])
  const figures = team.contributions?.()
  if (!figures) return undefined
  const ofCards = cards.contributions?.() ?? new Map<PersonId, string>()
  const of = new Map([...figures.of].map(([id, own]) => [id, fingerprint([own, ofCards.get(id)])]))
  return { basis: figures.basis, of, isAnonymous: figures.isAnonymous }
}

export const keptContributions = ({ basis, of }: Contributions): KeptContributions => ({ basis, of: [...of.values()].toSorted() })

/**
 * Whether a message may be replaced by one with these contributions: the difference of both is about enough people, or about nobody where
 * the message also shows what changed by name (`ownFigures`). Of a message stored before fingerprints were kept nothing is known.
 */
export function mayReplace(kept: KeptContributions | undefined, now: Contributions | undefined, ownFigures: boolean): boolean {
  if (!now) return true
  if (!kept || kept.basis !== now.basis || kept.of.length !== now.of.size) return false
  const before = new Set(kept.of)
  const changed = [...now.of].flatMap(([id, own]) => (before.has(own) ? [] : [id]))
  return changed.length === 0 ? ownFigures : now.isAnonymous(changed)
}
