// What a job is. Each has its own file and one line in jobs/index.ts. Work on a row is woken with the row's id; upkeep has an interval, and
// the tick starts it when it is due.
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
  /** Notes where this process may have missed changes in Slack, for whichever reads the directory. */
  wantDirectory(): Promise<void>
  /** Fetches the Slack directory again, when that is due. */
  refreshDirectory(): Promise<void>
  /** Makes every programme's subscriptions match its rule. */
  alignProgrammes(): Promise<void>
  /** Writes to admins who have not heard yet what the bot found. */
  contactAdmins(): Promise<void>
  /** Sends admins one message per problem with people, directory or figures. */
  notifyDataProblems(): Promise<void>
  /** Notifies those concerned of roles that ended by their date. */
  notifyOfEndedRoles(now: Date): Promise<void>
  /** Notifies admins when Gong has asked for a long pause. */
  notifyOfPause(): Promise<void>
  /** Corrects posted digests whose figures changed. */
  correctDigests(): Promise<void>
  /** Completes posted digests that lacked figures which have come. */
  completeDigests(): Promise<void>
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
  /** How many run at once in one process; `posts`: as many as posts may be under way at once. */
  readonly concurrency: number | 'posts'
  /** A run longer than this counts as stuck. */
  readonly expireSeconds: number
  /** Upkeep: at least this long between two starts, by the clock passed in. Missing: woken by key only. */
  readonly everyMinutes?: number
  /** @throws anything: the runner logs it. Work to be tried again must say so in its row, or waits for the next interval. */
  run(deps: JobDeps, key: string, signal: AbortSignal): Promise<void>
}
