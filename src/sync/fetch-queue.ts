// Which fetch comes next in one refresh: newest first, each once. The first of a kind goes alone until Gong has answered it, because what
// it settles (a unit, what rows mean, a refusal) holds for the rest. Pure.
import type { FigureKind } from '../domain/figure-gap.ts'
import { periodKey } from '../domain/period.ts'
import type { PlannedFetch } from './plan.ts'

export interface FetchQueue {
  /** The plan may change while it is carried out: people fetched meanwhile have managers whose coaching is due. */
  replace(due: readonly PlannedFetch[]): void
  next(): PlannedFetch | undefined
  /** Gong has answered a fetch of this kind. */
  answered(kind: FigureKind): void
  /** Gong refuses this kind: the rest of it is left alone. */
  refused(kind: FigureKind): void
  /** Not begun yet. */
  waiting(): readonly PlannedFetch[]
  /** Not begun because their kind is refused. */
  leftOut(): readonly PlannedFetch[]
}

export const keyOf = ({ kind, period }: Pick<PlannedFetch, 'kind' | 'period'>): string => `${kind} ${periodKey(period)}`

export function createFetchQueue(): FetchQueue {
  let due: readonly PlannedFetch[] = []
  const begun = new Set<string>()
  const kinds = new Map<FigureKind, 'alone' | 'answered' | 'refused'>()
  const notBegun = () => due.filter((planned) => !begun.has(keyOf(planned)))
  return {
    replace(plan) {
      due = plan
    },
    next() {
      const planned = notBegun().find(({ kind }) => (kinds.get(kind) ?? 'answered') === 'answered')
      if (!planned) return undefined
      begun.add(keyOf(planned))
      if (!kinds.has(planned.kind)) kinds.set(planned.kind, 'alone')
      return planned
    },
    answered(kind) {
      if (kinds.get(kind) === 'alone') kinds.set(kind, 'answered')
    },
    refused(kind) {
      kinds.set(kind, 'refused')
    },
    waiting: () => notBegun().filter(({ kind }) => kinds.get(kind) !== 'refused'),
    leftOut: () => notBegun().filter(({ kind }) => kinds.get(kind) === 'refused'),
  }
}
