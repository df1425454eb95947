// The store's services, joined. Each is one file; all share one connection. connect.ts opens it.

import type { AccessRecord } from '../domain/access-record.ts'
import type { RequestBudget } from '../domain/gong-ports.ts'
import type { LocalDate } from '../domain/period.ts'
import type { Reads } from '../domain/reads.ts'
import type { LostRows, LostSpan } from './database/lost-rows.ts'
import type { QueueConnection } from './database/queue-connection.ts'
import type { Replicas } from './database/replicas.ts'
import type { CoachingStore } from './digests/coaching.ts'
import type { DeliveryStore } from './digests/deliveries.ts'
import type { SubscriptionStore } from './digests/subscriptions.ts'
import type { CountedCards } from './figures/counted-cards.ts'
import type { GapStore } from './figures/gaps.ts'
import type { Prune } from './figures/prune.ts'
import type { RecordStore } from './figures/records.ts'
import type { WindowStore } from './figures/windows.ts'
import type { AccessStore } from './people/access.ts'
import type { DirectoryStore } from './people/directory.ts'
import type { KeyedHash } from './people/forgotten.ts'
import type { ListWatch } from './people/list-watch.ts'
import type { PeopleStore } from './people/people.ts'
import type { SubmissionStore } from './submissions.ts'
import type { TenantStore } from './tenant.ts'

/** Those whose changes are written to the access log. */
export type RecordedStores = Pick<Store, 'subscriptions' | 'deliveries' | 'coaching' | 'cards' | 'listWatch'>

export interface Store {
  readonly kind: 'embedded' | 'postgres'
  readonly people: PeopleStore
  readonly windows: WindowStore
  readonly records: RecordStore
  readonly cards: CountedCards
  readonly gaps: GapStore
  readonly listWatch: ListWatch
  readonly coaching: CoachingStore
  readonly directory: DirectoryStore
  readonly subscriptions: SubscriptionStore
  readonly deliveries: DeliveryStore
  readonly submissions: SubmissionStore
  readonly access: AccessStore
  readonly tenant: TenantStore
  readonly keyedHash: KeyedHash
  readonly budget: RequestBudget
  /** What pg-boss runs on: our own pool, or the embedded database. Sends inside a transaction use the one `reserve` hands out. */
  readonly queue: QueueConnection
  /** Forgets old figures. */
  readonly prune: Prune
  /** What statistics may ask. */
  readonly reads: Reads
  /**
   * In one transaction what `write` writes by the stores it is given and what `recordsOf` says of it: neither is kept without the other. Nothing
   * else may be asked of the store before `write` ends.
   */
  recorded<T>(write: (stores: RecordedStores) => Promise<T>, recordsOf: (written: T) => readonly AccessRecord[]): Promise<T>
  /** Runs `work` while no other replica runs work of the same name; returns undefined at once when another does. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined>
  /** Counts this process among those that serve, until it leaves. */
  joinReplicas(): Promise<Replicas>
  /**
   * Ends dates that lie ahead and withhold groups without names until they come: a clock wrote them that was wrong and is right now. `today`: the
   * latest date there is anywhere.
   */
  endFutureDates(today: LocalDate): Promise<void>
  /** The database's clock, or what a test gave in its place: one that a machine's wrong clock does not change. */
  realNow(): Promise<Date>
  /** Between which instants rows that were acknowledged may last have been lost: a power loss, a failover, a restored backup. */
  readonly lostRows: LostRows
  /** From now on those written in that time are in doubt. */
  doubt(span: LostSpan): Promise<void>
  /** The database's clock minus this machine's, by one question's middle; undefined where both are one. */
  clockSkewMs(): Promise<number | undefined>
  /** Whether what travels to the database is encrypted; undefined where nothing travels. */
  isEncrypted(): Promise<boolean | undefined>
  /** @throws Error with code ENOSPC where the embedded database's disk has too little room for it to go on; Postgres says so itself */
  mustHaveRoom(): Promise<void>
  close(): Promise<void>
}
