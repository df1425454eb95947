// What actions on programmes are given to work with.
import type { Clock } from '../../clock.ts'
import { type LocalDate, localDateOf } from '../../domain/period.ts'
import type { Store } from '../../store/store.ts'
import type { Alignment } from './align.ts'

export interface ProgrammeDeps {
  readonly store: Pick<Store, 'people' | 'subscriptions' | 'deliveries' | 'directory' | 'recorded'>
  readonly clock: Clock
  /** The company's IANA zone. */
  readonly zone: string
  readonly align: Alignment
  nameOf(slackUserId: string): Promise<string>
  slackUserOf(personId: string): Promise<string | undefined>
}

/** Today in the company's zone. */
export const todayOf = ({ clock, zone }: Pick<ProgrammeDeps, 'clock' | 'zone'>): LocalDate => localDateOf(clock.now(), zone)
