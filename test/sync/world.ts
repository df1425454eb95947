// Sync over the real store, the real client and the simulated Gong. Waiting takes no time.
import { type Clock, type MovableClock, movableClock } from '../../src/clock.ts'
import { type GongOptions, openGong } from '../../src/gong/open.ts'
import { type SimulatedGong, type SimulatedGongOptions, startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import type { Store } from '../../src/store/store.ts'
import { createSync, type Sync, type SyncOptions } from '../../src/sync/sync.ts'
import { fakeLog } from '../gong/fakes.ts'
import { memoryStore } from '../kit/store.ts'
import { simulatedTime } from './simulated-time.ts'

/** Wednesday noon in Berlin: Monday and Tuesday of this week are complete. */
export const wednesday = new Date('2026-11-25T11:00:00Z')

export interface SyncWorld {
  readonly gong: SimulatedGong
  readonly store: Store
  readonly sync: Sync
  readonly clock: MovableClock
  /** Times the rate; waiting moves it. */
  readonly rateClock: Clock
  stop(): Promise<void>
}

export async function syncWorld(
  given: Partial<SimulatedGongOptions> &
    Pick<SyncOptions, 'onlyPeople' | 'coachedManagers'> &
    Pick<GongOptions, 'timeLimits'> & { readonly perSecond?: number; readonly perDay?: number; readonly answerMs?: number } = {},
): Promise<SyncWorld> {
  const clock = movableClock(wednesday)
  const time = simulatedTime(wednesday)
  const rateClock = time.clock
  const { log } = fakeLog()
  const { perSecond = 2, perDay = 1_000_000, answerMs = 0, onlyPeople, coachedManagers, timeLimits, ...options } = given
  const gong = await startSimulatedGong({
    clock,
    rateClock,
    requestsPerDay: 10_000_000,
    beforeAnswer: () => time.sleep(answerMs),
    ...options,
  })
  gong.log.subscribe(time.arrived)
  const store = await memoryStore({ clock, rateClock, log, budget: { perSecond, perDay } })
  const { accessKey, accessKeySecret } = gong.credentials
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
    source: client.source,
    store: { ...store, exclusively: (name, work) => store.exclusively(name, () => time.whileWorking(work)) },
    clock,
    log,
    zone: gong.zone,
    weekStart: 1,
    ...(onlyPeople && { onlyPeople }),
    ...(coachedManagers && { coachedManagers }),
  })
  return {
    gong,
    store,
    sync,
    clock,
    rateClock,
    async stop() {
      time.stop()
      await client.close()
      await gong.stop()
      await store.close()
    },
  }
}
