// A kind of figures that cannot be fetched now, why and since when, so that answers can say what is missing and others go on without it.

/** What is fetched from Gong apart from people; each kind has its own operation and its own scope. */
export type FigureKind = 'interaction' | 'activity' | 'scorecards' | 'daily-activity' | 'coaching'

export const figureKinds: readonly FigureKind[] = ['interaction', 'activity', 'scorecards', 'daily-activity', 'coaching']

/** What a key needs for each kind, by Gong's own name. */
export const scopeOfKind: Readonly<Record<FigureKind, string>> = {
  activity: 'api:stats:user-actions',
  'daily-activity': 'api:stats:user-actions:detailed',
  interaction: 'api:stats:interaction',
  scorecards: 'api:stats:scorecards',
  coaching: 'api:coaching:read',
}

/** `scope`: the key lacks it. `refused`: Gong says no. `unavailable`: Gong fails on its side. `untrusted`: its answer cannot be used. */
export type GapReason = 'scope' | 'refused' | 'unavailable' | 'untrusted'

export interface FigureGap {
  readonly kind: FigureKind
  readonly why: GapReason
  /** The first failure since it last worked. */
  readonly since: Date
  /** The latest failure. */
  readonly triedAt: Date
  /** As Gong names it, where the key lacks one. */
  readonly scope?: string | undefined
  /** False when this kind was never fetched: nothing of it is there for any period. */
  readonly wasFetched: boolean
}
