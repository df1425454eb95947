// What health reads from the running parts: the gauges of a scrape and the questions of `/readyz`, from the same readers.
import type { Clock } from '../clock.ts'
import type { Gauges } from './metrics.ts'
import type { ReadinessDeps } from './readiness.ts'

export interface Watched {
  readonly clock: Clock
  readonly budget: { today(): Promise<{ readonly used: number; readonly perDay: number }> }
  /** Open deliveries whose time has come. */
  readonly deliveries: { waiting(now: Date): Promise<{ readonly count: number; readonly oldestDueAt?: Date }> }
  /** When figures were last read; missing when they never were. */
  readonly reading: () => Promise<{ readonly readAt?: Date | undefined }>
  readonly people: { readAt(): Promise<Date | undefined> }
  readonly directory: { readAt(): Promise<Date | undefined> }
  readonly sockets: Required<ReadinessDeps>['sockets']
  readonly replicas: () => number
  readonly heartbeat: () => { readonly lastAt: Date | undefined; readonly startedAt: Date } | undefined
  /** The database's clock minus this machine's; undefined where there is but one, or a test moves it. */
  readonly clockSkewMs: () => Promise<number | undefined>
  /** What is wrong with people, directory or figures, each with a key of its own. */
  readonly dataProblems: () => Promise<readonly { readonly key: string; readonly since: Date }[]>
}

export function gaugesFrom(watched: Watched): Gauges {
  const { budget, deliveries, reading, clock } = watched
  const secondsSince = (at: Date | undefined): number | undefined => at && (clock.now().getTime() - at.getTime()) / 1000
  return {
    async requestsLeftToday() {
      const { used, perDay } = await budget.today()
      return perDay - used
    },
    windowAgeSeconds: async () => secondsSince((await reading()).readAt),
    openDeliveries: async () => (await deliveries.waiting(clock.now())).count,
    oldestDeliverySeconds: async () => secondsSince((await deliveries.waiting(clock.now())).oldestDueAt) ?? 0,
    openSockets: async () => watched.sockets()?.open,
    async heartbeatAgeSeconds() {
      const heartbeat = watched.heartbeat()
      return heartbeat && secondsSince(heartbeat.lastAt ?? heartbeat.startedAt)
    },
    peopleAgeSeconds: async () => secondsSince(await watched.people.readAt()),
    directoryAgeSeconds: async () => secondsSince(await watched.directory.readAt()),
    async clockSkewSeconds() {
      const skewMs = await watched.clockSkewMs()
      return skewMs === undefined ? undefined : skewMs / 1000
    },
    async dataProblemSeconds() {
      const problems = await watched.dataProblems()
      return new Map(problems.map(({ key, since }) => [key, (clock.now().getTime() - since.getTime()) / 1000]))
    },
  }
}

/** What readiness asks beyond database, queue and Slack's token. */
export const readinessFrom = (
  watched: Watched,
): Pick<Required<ReadinessDeps>, 'clock' | 'sockets' | 'replicas' | 'heartbeat' | 'oldestDueAt' | 'clockSkewMs'> => ({
  clock: watched.clock,
  sockets: watched.sockets,
  replicas: watched.replicas,
  heartbeat: watched.heartbeat,
  oldestDueAt: async () => (await watched.deliveries.waiting(watched.clock.now())).oldestDueAt,
  clockSkewMs: watched.clockSkewMs,
})
