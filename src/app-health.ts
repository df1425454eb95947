// Health of the running app: what is watched, and where it is served. One of the files that join the parts.
import type { Clock } from './clock.ts'
import type { Closers } from './closers.ts'
import type { Config } from './config/config.ts'
import { gaugesFrom, readinessFrom, type Watched } from './health/figures.ts'
import { localSocketPath } from './health/local-socket.ts'
import { createMetrics, type Metrics } from './health/metrics.ts'
import { createReadiness, type Readiness, type ReadinessDeps } from './health/readiness.ts'
import { startHealthServer } from './health/server.ts'
import { listeningAt } from './listen-problem.ts'
import type { OpenedStore } from './store/database/connect.ts'
import { dataProblems } from './sync/data-problems.ts'
import { version } from './version.ts'

export interface Health {
  readonly metrics: Metrics
  readonly readiness: Readiness
}

export interface WatchedParts extends Pick<Watched, 'reading' | 'sockets' | 'replicas' | 'heartbeat'> {
  readonly store: OpenedStore
  readonly clock: Clock
  /** False where a test or the demo moves the clock: there a difference to the database's says nothing. */
  readonly clockRuns: boolean
  readonly queueRuns: () => Promise<boolean>
  readonly slackKnowsUs: () => Promise<unknown>
  readonly outages: ReadinessDeps['outages']
}

/** The parts are asked when somebody looks, so they may be made later. */
export function watchHealth({ store, clock, clockRuns, queueRuns, slackKnowsUs, outages, ...parts }: WatchedParts): Health {
  const problems = () => dataProblems(store, clock.now())
  const watched: Watched = {
    ...parts,
    clock,
    dataProblems: problems,
    budget: store.budget,
    deliveries: store.deliveries,
    people: store.people,
    directory: store.directory,
    clockSkewMs: async () => (clockRuns ? store.clockSkewMs() : undefined),
  }
  return {
    metrics: createMetrics(version, gaugesFrom(watched)),
    readiness: createReadiness({
      ...readinessFrom(watched),
      async databaseWrites() {
        await store.tenant.saveSetting('ready-check', clock.now().toISOString())
        await store.mustHaveRoom()
      },
      queueRuns,
      slackKnowsUs,
      outages,
      dataProblems: async () => (await problems()).filter(({ mentions }) => !mentions),
    }),
  }
}

/**
 * Serves it on `HEALTH_PORT`, if there is one, and beside a database in a folder on the local socket that doctor and backup ask.
 * `closers` gets what stops them.
 */
export async function serveHealth(
  { settings }: Config,
  store: OpenedStore,
  { metrics, readiness }: Health,
  closers: Closers,
): Promise<number | undefined> {
  const { look } = readiness
  if (store.kind === 'embedded' && !settings.DATA_DIR.startsWith('memory://')) {
    const path = localSocketPath(settings.DATA_DIR)
    const local = await startHealthServer({ at: { path }, metrics, look, local: { version, backup: () => store.dump() } })
    closers.add(() => local.stop())
  }
  const port = settings.HEALTH_PORT
  if (port === undefined) return undefined
  const server = await listeningAt({ port: 'HEALTH_PORT', host: 'HEALTH_HOST' }, () =>
    startHealthServer({ at: { port, host: settings.HEALTH_HOST }, metrics, look }),
  )
  closers.add(() => server.stop())
  return server.port
}
