// Delivery rows decide: reserve → post → confirm. One row per subscription and occurrence; leases and retries are columns
// compared with the clock handed in, never the database's own.
import type { Delivery, DeliveryStatus } from '../domain/subscription.ts'
import type { QueueConnection } from './queue-connection.ts'

export interface DeliveryStore {
  /**
   * In one transaction: inserts the row unless the occurrence has one, moves the subscription's `nextAt`, and wakes a worker.
   * Returns false when the occurrence already had a row (nothing is woken).
   */
  reserve(
    row: Omit<Delivery, 'status' | 'attempts' | 'looks'>,
    then: { readonly nextAt?: Date; readonly wake: (queue: QueueConnection) => Promise<unknown> },
  ): Promise<boolean>
  find(id: string): Promise<Delivery | undefined>
  /** Takes the row for this worker when it is open, due and unleased; undefined when somebody else has it or it is done. */
  take(id: string, worker: { readonly now: Date; readonly leaseUntil: Date }): Promise<Delivery | undefined>
  update(id: string, change: Partial<Omit<Delivery, 'id' | 'subscriptionId' | 'occurrence' | 'createdAt'>>): Promise<void>
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
