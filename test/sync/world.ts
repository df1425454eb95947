// Sync over the real store, the real client and the simulated Gong. Waiting takes no time.
import { type Clock, type MovableClock, movableClock } from '../../src/clock.ts'
import { type GongOptions, openGong } from '../../src/gong/open.ts'
import type { GongSource } from '../../src/gong/source.ts'
import { type SimulatedGong, type SimulatedGongOptions, startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import type { Store } from '../../src/store/store.ts'
import { createSync, type Sync, type SyncOptions } from '../../src/sync/sync.ts'
import { fakeLog } from '../gong/fakes.ts'
import { openOn, usualStore } from '../kit/store.ts'
import { simulatedTime } from './simulated-time.ts'

/** Wednesday noon in Berlin: Monday and Tuesday of this week are complete. */
export const wednesday = new Date('2026-11-25T11:00:00Z')

export interface SyncWorld {
  readonly gong: SimulatedGong
  readonly store: Store
  readonly sync: Sync
  readonly clock: MovableClock
  /** Times the rate; waiting moves it. */
  readonly realClock: Clock
  /** Another replica on the same Postgres database; stopped with this one. */
  replica(): Promise<Pick<SyncWorld, 'store' | 'sync'>>
  stop(): Promise<void>
}

interface Given
  extends Partial<SimulatedGongOptions>,
    Pick<SyncOptions, 'onlyPeople' | 'coachedManagers'>,
    Pick<GongOptions, 'timeLimits'> {
  readonly perSecond?: number
  readonly perDay?: number
  /** Put between sync and the client. */
  readonly through?: (source: GongSource) => GongSource
  /** How long Gong takes for each answer. */
  readonly answerMs?: number
  /** Missing: one of its own. */
  readonly databaseUrl?: string
}

export async function syncWorld(given: Given = {}): Promise<SyncWorld> {
  const clock = movableClock(wednesday)
  const time = simulatedTime(wednesday)
  const realClock = time.clock
  const { log } = fakeLog()
  const {
    perSecond = 2,
    perDay = 1_000_000,
    answerMs = 0,
    onlyPeople,
    coachedManagers,
    timeLimits,
    databaseUrl,
    through,
    ...options
  } = given
  const gong = await startSimulatedGong({
    clock,
    realClock,
    requestsPerDay: 10_000_000,
    beforeAnswer: () => time.sleep(answerMs),
    ...options,
  })
  gong.log.subscribe(time.arrived)
  const { accessKey, accessKeySecret } = gong.credentials
  const closers: (() => Promise<void>)[] = []

  async function replica(): Promise<Pick<SyncWorld, 'store' | 'sync'>> {
    const storeOptions = { clock, realTime: realClock, log, budget: { perSecond, perDay } }
    const store = await (databaseUrl === undefined ? usualStore(storeOptions) : openOn(databaseUrl, storeOptions))
    const client = await openGong({
      api: gong.contract,
      baseUrl: gong.baseUrl,
      credentials: { type: 'basic', accessKey, accessKeySecret },
      workspaceIds: [],
      zone: gong.zone,
      clock,
      log,
      memory: store.tenant,
      secrets: store.tenant,
      budget: store.budget,
      timeLimits,
      sleep: time.leave,
    })
    const sync = createSync({
      source: through ? through(client.source) : client.source,
      store: { ...store, exclusively: (name, work) => store.exclusively(name, () => time.whileWorking(work)) },
      clock,
      log,
      zone: gong.zone,
      weekStart: 1,
      ...(onlyPeople && { onlyPeople }),
      ...(coachedManagers && { coachedManagers }),
    })
    closers.push(async () => {
      await client.close()
      await store.close()
    })
    return { store, sync }
  }

  return {
    gong,
    clock,
    realClock,
    replica,
    ...(await replica()),
    async stop() {
      time.stop()
      for (const close of closers) await close()
      await gong.stop()
    },
  }
}
