// What a command of the terminal works with: the store, Gong, sync and statistics of one configuration, opened once and closed
// once. When the running service holds the embedded folder, or nothing was read yet, an empty database in memory takes its place.
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import { pilotPeople } from '../digests/programmes/pilot-people.ts'
import type { LocalDate } from '../domain/period.ts'
import { ConfigError, FolderTaken, OlderTables } from '../errors.ts'
import type { Secrets } from '../gong/auth/oauth.ts'
import { lookLimits, withoutWriting } from '../gong/check/check.ts'
import { type OpenGong, openGong } from '../gong/open.ts'
import type { RequestLimits } from '../gong/wire/attempts.ts'
import type { Log } from '../log.ts'
import { gongOptions, type StoreSettings, storeOptions, weekStartOf } from '../options.ts'
import { openStore, type StoreOptions } from '../store/database/connect.ts'
import type { Store } from '../store/store.ts'
import { createSync, type Sync } from '../sync/sync.ts'

export interface Surroundings {
  readonly clock: Clock
  readonly log: Log
  /** Where OAuth tokens lie when that is another store than the one worked with: each refresh token works once, and must not be lost. */
  readonly secrets?: Secrets
  /** How long a command waits for answers, unlike the service, which nobody watches; shorter for tests. */
  readonly patience?: Patience
  /** What differs from the configuration where Gong is simulated: no pacing, and a database that need not be made from nothing. */
  readonly storeChanges?: Partial<Pick<StoreOptions, 'budget' | 'embeddedTemplate' | 'openingAttempts'>>
}

export interface Patience {
  /** For each answer of Slack's. */
  readonly slackMs: number
  /** In all for what Slack asks to wait in one list. */
  readonly slackWaitMs: number
  /** Between attempts of one page. */
  readonly slackRetryMs: number
  readonly gong: Partial<RequestLimits>
}

/** A Slack or Gong that is busy or away is found out in a minute or two. */
export const usualPatience: Patience = { slackMs: 10_000, slackWaitMs: 60_000, slackRetryMs: 500, gong: lookLimits }

/**
 * `held`: the running service has the embedded folder. `problems`: it cannot be opened for another reason, in words; `isOlder`:
 * it waits for this version's first start. */
export type StoreFound =
  | { readonly type: 'open'; readonly store: Store }
  | { readonly type: 'held' }
  | { readonly type: 'closed'; readonly problems: readonly string[]; readonly isOlder: boolean }

/** The store of this configuration. Tables of another version are left as they are: a service of that version may be running. */
export async function findStore({ settings }: { readonly settings: StoreSettings }, around: Surroundings): Promise<StoreFound> {
  try {
    const store = await openStore({ ...storeOptions(settings, around), olderTables: 'left as they are', ...around.storeChanges })
    return { type: 'open', store }
  } catch (error) {
    if (error instanceof FolderTaken) return { type: 'held' }
    if (error instanceof ConfigError) return { type: 'closed', problems: error.problems, isOlder: error instanceof OlderTables }
    throw error
  }
}

/** For commands that only look: what Gong turns out to be is not written where a running service reads it. */
export const lookingOnly = (store: Store): Store => ({ ...store, tenant: { ...store.tenant, ...withoutWriting(store.tenant) } })

/** An empty store that is gone when it is closed. */
export const scratchStore = ({ settings }: Config, around: Surroundings): Promise<Store> =>
  openStore({ ...storeOptions(settings, around), databaseUrl: undefined, dataDir: 'memory://', ...around.storeChanges })

/** When people of a scratch store were first seen: so long ago that nobody counts as new. */
export const seenLongAgo: LocalDate = '2015-01-01'

export interface Workbench {
  readonly gong: OpenGong
  readonly sync: Sync
}

/** Gong and sync over this store. @throws ConfigError, and Gong's failures. */
export async function openWorkbench(config: Config, store: Store, around: Surroundings): Promise<Workbench> {
  const gong = await openGong({ ...gongOptions(config, store, around), limits: around.patience?.gong })
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
