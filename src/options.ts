// What the configuration means to the store, Gong and the statistics: said once, for the service and for the commands of the terminal.
import type { Clock } from './clock.ts'
import type { Config, Settings } from './config/config.ts'
import type { RequestBudget, TenantMemory } from './domain/gong-ports.ts'
import type { Secrets } from './gong/auth/oauth.ts'
import type { GongOptions } from './gong/open.ts'
import type { Log } from './log.ts'
import { targetsWith } from './stats/figures/target.ts'
import type { StatsService } from './stats/results.ts'
import { createStatsService } from './stats/service.ts'
import type { StatsDeps } from './stats/stats-deps.ts'
import type { StoreOptions } from './store/database/connect.ts'
import type { Store } from './store/store.ts'

/** What of the configuration a store needs. */
export const storeVariables = ['DATABASE_URL', 'DATA_DIR', 'GONG_REQUESTS_PER_SECOND', 'GONG_REQUESTS_PER_DAY'] as const
export type StoreSettings = Pick<Settings, (typeof storeVariables)[number]>

interface Surroundings {
  readonly clock: Clock
  readonly log: Log
}

export const storeOptions = (settings: StoreSettings, { clock, log }: Surroundings): StoreOptions => ({
  databaseUrl: settings.DATABASE_URL,
  dataDir: settings.DATA_DIR,
  clock,
  realTime: 'database',
  log,
  budget: { perSecond: settings.GONG_REQUESTS_PER_SECOND, perDay: settings.GONG_REQUESTS_PER_DAY },
})

/** What Gong is opened over: where facts and tokens are kept, and the shared request rate. */
export interface GongStore {
  readonly tenant: TenantMemory & Secrets
  readonly budget: RequestBudget
  /** Missing where nothing is stored. */
  readonly people?: Pick<Store['people'], 'readAt'>
  readonly exclusively?: GongOptions['exclusively']
}

/** How Gong is opened over this store. `secrets`: where OAuth tokens lie when that is another store. */
export const gongOptions = (
  { settings, gongCredentials }: Config,
  store: GongStore,
  { clock, log, secrets }: Surroundings & { readonly secrets?: Secrets },
): GongOptions => ({
  api: settings.GONG_API,
  baseUrl: settings.GONG_BASE_URL,
  credentials: gongCredentials,
  workspaceIds: settings.GONG_WORKSPACE_ID,
  zone: settings.GONG_TIME_ZONE,
  talkRatioUnit: settings.GONG_TALK_RATIO_UNIT,
  coachingRows: settings.GONG_COACHING_ROWS,
  peopleFile: settings.PEOPLE_FILE,
  arePeopleStored: async () => (await store.people?.readAt()) !== undefined,
  clock,
  log,
  memory: store.tenant,
  secrets: secrets ?? store.tenant,
  budget: store.budget,
  exclusively: store.exclusively,
  proxy: { httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY },
})

export const weekStartOf = ({ settings }: Pick<Config, 'settings'>): 1 | 7 => (settings.WEEK_START === 'monday' ? 1 : 7)

/** Statistics over this store. */
export const statsOver = (
  config: Pick<Config, 'settings'>,
  store: Pick<Store, 'reads'>,
  { clock, onlookers }: Pick<StatsDeps, 'clock' | 'onlookers'>,
): StatsService =>
  createStatsService({
    reads: store.reads,
    minimumCalls: config.settings.MINIMUM_CALLS,
    minimumGroup: config.settings.MINIMUM_GROUP,
    weekStart: weekStartOf(config),
    targets: targetsWith(config.settings.TARGETS),
    unmarkedScorecards: config.settings.UNMARKED_SCORECARDS,
    onlookers,
    clock,
  })
