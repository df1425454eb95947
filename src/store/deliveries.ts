// Delivery rows decide: reserve → post → confirm. One row per subscription and occurrence; leases and retries are columns
// compared with the clock handed in, never the database's own.
import type { Delivery, DeliveryStatus } from '../domain/subscription.ts'
import type { QueueConnection } from './queue-connection.ts'

/** Fields to write; `null` clears an optional one, an absent one stays as it is. */
export type DeliveryChange = {
  readonly [Field in Exclude<keyof Delivery, 'id' | 'subscriptionId' | 'occurrence' | 'createdAt'>]?: undefined extends Delivery[Field]
    ? Delivery[Field] | null
    : Delivery[Field]
}

/** `subscriptionId` is no foreign key: notices outlive their subscription, and reminders are posted under ids of their own. */
export interface DeliveryStore {
  /**
   * In one transaction: inserts the row unless the occurrence has one, moves the subscription's `nextAt`, and wakes a worker.
   * Returns false when the occurrence already had a row (nothing is woken). `status: 'skipped'` inserts a row that is already
   * over (a missed run, a skipped day), for the history; `wake` is then left out. `nextAt: null` clears it.
   */
  reserve(
    row: Omit<Delivery, 'status' | 'attempts' | 'looks'> & { readonly status?: 'reserved' | 'skipped' },
    then: { readonly nextAt?: Date | null; readonly wake?: (queue: QueueConnection) => Promise<unknown> },
  ): Promise<boolean>
  find(id: string): Promise<Delivery | undefined>
  /** Takes the row for this worker when it is open, due and unleased; undefined when somebody else has it or it is done. */
  take(id: string, worker: { readonly now: Date; readonly leaseUntil: Date }): Promise<Delivery | undefined>
  update(id: string, change: DeliveryChange): Promise<void>
  /**
   * Writes only while the row still carries the lease `take` gave (or the one this last wrote); false when it ran out and another
   * worker took the row: the caller must stop at once. `null` clears a column.
   */
  updateHeld(id: string, leaseUntil: Date, change: DeliveryChange): Promise<boolean>
  /** Open rows (reserved, posting, doubtful) whose lease ran out and whose retry is due. */
  wakeable(now: Date, limit: number): Promise<readonly Delivery[]>
  /** The earliest instant after `now` at which an open row wants attention. */
  nextWakeAfter(now: Date): Promise<Date | undefined>
  history(subscriptionId: string, limit: number): Promise<readonly Delivery[]>
  /** Sent rows of the last `since`, for late corrections. */
  sentSince(since: Date): Promise<readonly Delivery[]>
  byStatus(status: DeliveryStatus, limit: number): Promise<readonly Delivery[]>
  /** At an embedded start every lease is void: the process that held it is gone. */
  voidLeases(): Promise<void>
}
