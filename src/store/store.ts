// The store's parts, joined. Each is one file; all share one connection. Opened by connect.ts.

import type { RequestBudget } from '../domain/gong-ports.ts'
import type { Reads } from '../domain/reads.ts'
import type { AccessStore } from './access.ts'
import type { CoachingStore } from './coaching.ts'
import type { CountedCards } from './counted-cards.ts'
import type { DeliveryStore } from './deliveries.ts'
import type { DirectoryStore } from './directory.ts'
import type { PeopleStore } from './people.ts'
import type { Prune } from './prune.ts'
import type { QueueConnection } from './queue-connection.ts'
import type { RecordStore } from './records.ts'
import type { SubscriptionStore } from './subscriptions.ts'
import type { TenantStore } from './tenant.ts'
import type { WindowStore } from './windows.ts'

export interface Store {
  readonly kind: 'embedded' | 'postgres'
  readonly people: PeopleStore
  readonly windows: WindowStore
  readonly records: RecordStore
  readonly cards: CountedCards
  readonly coaching: CoachingStore
  readonly directory: DirectoryStore
  readonly subscriptions: SubscriptionStore
  readonly deliveries: DeliveryStore
  readonly access: AccessStore
  readonly tenant: TenantStore
  readonly budget: RequestBudget
  /** What pg-boss runs on: our own pool, or the embedded database. Sends inside a transaction use the one `reserve` hands out. */
  readonly queue: QueueConnection
  /** Forgets old figures. */
  readonly prune: Prune
  /** What statistics may ask. */
  readonly reads: Reads
  /** Runs `work` while no other replica runs work of the same name; returns undefined at once when another does. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined>
  close(): Promise<void>
}
