// The lease one worker holds on a delivery row: every write checks that it is still ours and renews it, and a timer renews it during slow
// steps. A lost lease means that another worker took the row, and this one must stop at once.
import type { Clock } from '../../clock.ts'
import type { Delivery } from '../../domain/subscription.ts'
import type { PostingRight } from '../../slack-ports.ts'
import type { DeliveryStore } from '../../store/digests/deliveries.ts'
import type { DeliveryChange } from '../../store/digests/delivery-writes.ts'

/** Lease length: after this long without renewal another worker may take the row. */
export const usualLeaseMs = 30_000

/** The right to post ends this much of a lease before the lease does: what was sent until then has left before anybody else looks. */
const shareWithoutRight = 1 / 3

export interface Lease {
  /** As last written. */
  readonly row: Delivery
  /** Writes and renews. @throws LeaseLost when another worker has the row. */
  write(change: DeliveryChange): Promise<void>
  /** Writes and gives the row back. @throws LeaseLost */
  release(change: DeliveryChange): Promise<void>
  /** The same to whoever was asked about it: what they decide is not kept waiting. @throws LeaseLost */
  handOver(change: DeliveryChange): Promise<void>
  /** Stops renewing the lease; the row stays as it is. */
  end(): void
  /** Lasts as long as the lease is sure to, on this process's own clocks: nobody has to be asked, and a frozen process sees it ended. */
  readonly right: PostingRight
}

class LeaseLost extends Error {}

export const isLeaseLost = (error: unknown): boolean => error instanceof LeaseLost

/** A longer wait need not be exact: replicas whose clocks differ may end it a little apart. */
const longestRestMs = 15 * 60_000

export interface LeaseDeps {
  readonly deliveries: DeliveryStore
  readonly clock: Clock
  /** Default 30 s. */
  readonly leaseMs?: number | undefined
  /**
   * Until a retry the row rests in real time too, so that a replica whose clock is ahead does not look for a post before it can have
   * landed. False where the clock is moved by hand: nothing would wait for it.
   */
  readonly retriesInRealTime: boolean
}

/** Acquires the lease when the row is open, due and nobody holds it; undefined otherwise. */
export async function acquireLease(id: string, deps: LeaseDeps): Promise<Lease | undefined> {
  const { deliveries, clock, leaseMs = usualLeaseMs } = deps
  let since = stopwatch(deps)
  const taken = await deliveries.take(id, { now: clock.now(), leaseMs })
  if (!taken?.leaseUntil) return undefined
  let lease = taken.leaseUntil
  let row = taken
  let writing: Promise<unknown> = Promise.resolve()

  /** One write after the other; `writeHeld` gives the lease there is after it, or undefined when ours was lost. */
  const put = (change: DeliveryChange, writeHeld: () => Promise<Date | undefined>): Promise<void> => {
    const write = writing.then(async () => {
      const asked = stopwatch(deps)
      const next = await writeHeld()
      if (!next) throw new LeaseLost(`delivery ${id} was taken over`)
      lease = next
      since = asked
      row = merged(row, change)
    })
    writing = write.catch(() => undefined)
    return write
  }
  const renew = (change: DeliveryChange): Promise<void> => put(change, () => deliveries.renew(id, lease, change, leaseMs))

  const keepAlive = setInterval(() => void renew({ forgettings: row.forgettings }).catch(() => clearInterval(keepAlive)), leaseMs / 3)
  keepAlive.unref()
  const end = (): void => clearInterval(keepAlive)
  function give(change: DeliveryChange, restMs: number): Promise<void> {
    end()
    return put(change, async () => ((await deliveries.giveBack(id, lease, change, restMs)) ? lease : undefined))
  }

  return {
    get row() {
      return row
    },
    write: renew,
    release: (change) => {
      const untilRetryMs = change.retryAt ? change.retryAt.getTime() - clock.now().getTime() : 0
      return give(change, deps.retriesInRealTime ? Math.min(Math.max(untilRetryMs, 0), longestRestMs) : 0)
    },
    handOver: (change) => give(change, 0),
    end,
    right: { leftMs: () => leaseMs * (1 - shareWithoutRight) - since() },
  }
}

/**
 * Milliseconds since now. The process's clock stands still while a machine sleeps, and a machine's can be set: the longer of both counts,
 * where the machine's is not moved by hand.
 */
function stopwatch({ clock, retriesInRealTime }: LeaseDeps): () => number {
  const startMs = performance.now()
  const startedAt = clock.now().getTime()
  return () => Math.max(performance.now() - startMs, retriesInRealTime ? clock.now().getTime() - startedAt : 0)
}

/** The row after the change; `null` removes a field, `undefined` leaves it as it is. */
function merged(row: Delivery, change: DeliveryChange): Delivery {
  const written = Object.entries(change).filter(([, value]) => value !== undefined)
  const entries = Object.entries({ ...row, ...Object.fromEntries(written) }).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(entries) as unknown as Delivery
}
