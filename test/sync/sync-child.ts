// A process that reads Gong and is killed in the middle of it.
import { movableClock } from '../../src/clock.ts'
import { openGong } from '../../src/gong/open.ts'
import { createLog } from '../../src/log.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { createSync } from '../../src/sync/sync.ts'

export interface SyncChildOptions {
  readonly databaseUrl: string
  readonly baseUrl: string
  readonly accessKey: string
  readonly accessKeySecret: string
  readonly zone: string
}

const { databaseUrl, baseUrl, accessKey, accessKeySecret, zone } = JSON.parse(process.argv[2] ?? '') as SyncChildOptions
// The rate runs on simulated time too, as in the process that this one shares it with.
const clock = movableClock(new Date('2026-11-25T11:00:00Z'))
const log = createLog('fatal')
const store = await openStore({ databaseUrl, dataDir: '', clock, realTime: clock, log, budget: { perSecond: 1000, perDay: 1_000_000 } })
const { source } = await openGong({
  api: 'documented',
  baseUrl,
  credentials: { type: 'basic', accessKey, accessKeySecret },
  workspaceIds: [],
  zone,
  clock,
  log,
  memory: store.tenant,
  secrets: store.tenant,
  budget: store.budget,
})
await createSync({ source, store, clock, log, zone, weekStart: 1 }).refresh('background')
