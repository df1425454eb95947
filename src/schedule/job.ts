// What a job is: one kind of work with its own file, joined by the list in jobs/index.ts. Work for a row is woken with the row's
// id; upkeep has an interval and is started by the tick when it is due.
import type { Clock } from '../clock.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'

/** The work of the services that is started on time; services.ts hands it in. */
export interface ScheduledWork {
  deliver(deliveryId: string): Promise<void>
  refresh(purpose: GongPurpose, signal: AbortSignal): Promise<unknown>
  /** Closes reminders that Gong now shows as done. */
  closeReminders(): Promise<void>
  /** Reads the Slack directory anew. */
  refreshDirectory(): Promise<void>
  /** Makes every programme's subscriptions match its rule. */
  alignProgrammes(): Promise<void>
  /** Tells admins who were not told yet what was found. */
  contactAdmins(): Promise<void>
  /** Corrects posted digests whose figures changed. */
  correctDigests(): Promise<void>
}

/** What jobs work with. */
export interface JobDeps extends ScheduledWork {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** Months of figures kept. */
  readonly retentionMonths: number
}

export interface Job {
  readonly name: string
  /** Runs at the same time in one process; `posts`: as many as posts may be under way at once. */
  readonly concurrency: number | 'posts'
  /** A run longer than this is taken for stuck. */
  readonly expireSeconds: number
  /** Upkeep: at least this long between two starts, counted by the clock handed in. Missing: woken by key only. */
  readonly everyMinutes?: number
  /** @throws anything: logged by the runner. What should be tried again must say so in its row, or wait for the next interval. */
  run(deps: JobDeps, key: string, signal: AbortSignal): Promise<void>
}
