// What the statistics are given: the reads, the configured limits and the clock.
import type { Clock } from '../clock.ts'
import type { Onlookers } from '../domain/onlookers.ts'
import type { Weekday } from '../domain/period.ts'
import type { Reads } from '../domain/reads.ts'
import type { TargetRange } from './figures/results.ts'

export interface StatsDeps {
  readonly reads: Reads
  /** Calls a person's figure must rest on to enter medians and comparisons. */
  readonly minimumCalls: number
  /** People a group figure must rest on where nobody is shown by name. */
  readonly minimumGroup: number
  /** Everybody who sees others by name, by today's rights: what is newly shown without names must say nothing beside that. */
  readonly onlookers: () => Promise<Onlookers>
  readonly weekStart: Weekday
  /** Gong's published ranges are in target.ts; a range for the same measure placed before them wins. */
  readonly targets: readonly TargetRange[]
  /** `hide`: scores of cards without a visibility go to nobody but their reviewer. */
  readonly unmarkedScorecards: 'show' | 'hide'
  /** Decides which periods have ended: a group without names is shown only those. */
  readonly clock: Clock
}
