// What a command of the terminal works with: the store, Gong, sync and statistics of one configuration, opened once and closed
// once. When the running service holds the embedded folder, or nothing was read yet, an empty database in memory takes its place.
import type { Clock } from '../clock.ts'
import type { Config, Settings } from '../config.ts'
import { ConfigError } from '../errors.ts'
import type { Secrets } from '../gong/oauth.ts'
import { type GongOptions, type OpenGong, openGong } from '../gong/open.ts'
import type { Log } from '../log.ts'
import { pilotPeople } from '../schedule/pilot-people.ts'
import { createStatsService } from '../stats/service.ts'
import { targetsFrom } from '../stats/target.ts'
import { openStore, type StoreOptions } from '../store/connect.ts'
import type { Store } from '../store/store.ts'
import { createSync, type Sync } from '../sync/sync.ts'

export interface Surroundings {
  readonly clock: Clock
  readonly log: Log
  /** Where OAuth tokens lie when that is another store than the one worked with: each refresh token works once, and must not be lost. */
  readonly secrets?: Secrets
  /** What differs from the configuration where Gong is simulated: no pacing, and a database that need not be made from nothing. */
  readonly storeChanges?: Partial<Pick<StoreOptions, 'budget' | 'embeddedTemplate'>>
}

/** `held`: the running service has the embedded folder. `problems`: it cannot be opened for another reason, in words. */
export type StoreFound =
  | { readonly type: 'open'; readonly store: Store }
  | { readonly type: 'held' }
  | { readonly type: 'closed'; readonly problems: readonly string[] }

/** What of the configuration a store needs. */
export const storeVariables = ['DATABASE_URL', 'DATA_DIR', 'GONG_REQUESTS_PER_SECOND', 'GONG_REQUESTS_PER_DAY'] as const
type StoreSettings = Pick<Settings, (typeof storeVariables)[number]>

/** The store of this configuration, with its tables brought up to date. */
export async function findStore({ settings }: { readonly settings: StoreSettings }, around: Surroundings): Promise<StoreFound> {
  try {
    const store = await openStore({
      ...(settings.DATABASE_URL !== undefined && { databaseUrl: settings.DATABASE_URL }),
      dataDir: settings.DATA_DIR,
      ...storeOptions(settings, around),
    })
    return { type: 'open', store }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.some((problem) => problem.includes('already running'))
      ? { type: 'held' }
      : { type: 'closed', problems: error.problems }
  }
}

/** An empty store that is gone when it is closed. */
export const scratchStore = ({ settings }: Config, around: Surroundings): Promise<Store> =>
  openStore({ dataDir: 'memory://', ...storeOptions(settings, around) })

const storeOptions = (settings: StoreSettings, { clock, log, storeChanges }: Surroundings) => ({
  clock,
  log,
  budget: { perSecond: settings.GONG_REQUESTS_PER_SECOND, perDay: settings.GONG_REQUESTS_PER_DAY },
  ...storeChanges,
})

/** How Gong is opened over this store. */
export const gongOptions = ({ settings, gongCredentials }: Config, store: Store, { clock, log, secrets }: Surroundings): GongOptions => ({
  api: settings.GONG_API,
  baseUrl: settings.GONG_BASE_URL,
  credentials: gongCredentials,
  workspaceIds: settings.GONG_WORKSPACE_ID,
  zone: settings.GONG_TIME_ZONE,
  talkRatioUnit: settings.GONG_TALK_RATIO_UNIT,
  coachingRows: settings.GONG_COACHING_ROWS,
  peopleFile: settings.PEOPLE_FILE,
  clock,
  log,
  memory: store.tenant,
  secrets: secrets ?? store.tenant,
  budget: store.budget,
  proxy: { httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY },
})

export const weekStartOf = ({ settings }: Config): 1 | 7 => (settings.WEEK_START === 'monday' ? 1 : 7)

export interface Workbench {
  readonly gong: OpenGong
  readonly sync: Sync
}

/** Gong and sync over this store. @throws ConfigError, and Gong's failures. */
export async function openWorkbench(config: Config, store: Store, around: Surroundings): Promise<Workbench> {
  const gong = await openGong(gongOptions(config, store, around))
  const sync = createSync({
    source: gong.source,
    store,
    ...around,
    zone: gong.zone,
    weekStart: weekStartOf(config),
    onlyPeople: () => pilotPeople(store),
  })
  return { gong, sync }
}

/** Statistics over this store, as the service computes them. */
export const statsOver = (config: Config, store: Store, { clock }: Surroundings) =>
  createStatsService({
    reads: store.reads,
    minimumCalls: config.settings.MINIMUM_CALLS,
    minimumGroup: config.settings.MINIMUM_GROUP,
    weekStart: weekStartOf(config),
    targets: targetsFrom(config.settings.TARGETS),
    unmarkedScorecards: config.settings.UNMARKED_SCORECARDS,
    clock,
  })
