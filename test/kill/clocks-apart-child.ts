// A process whose machine's clock is off: it takes deliveries and asks Gong as it is ordered, and says what came of it.
import { once } from 'node:events'
import { systemClock } from '../../src/clock.ts'
import { acquireLease, type Lease } from '../../src/digests/delivery/lease.ts'
import { openGong } from '../../src/gong/open.ts'
import { createLog } from '../../src/log.ts'
import { openStore } from '../../src/store/database/connect.ts'

export interface ClockChildOptions {
  readonly databaseUrl: string
  readonly gong: { readonly baseUrl: string; readonly accessKey: string; readonly accessKeySecret: string; readonly zone: string }
  readonly requestsPerSecond: number
  /** How far this process's clock is ahead of the machine's; behind when negative. */
  readonly aheadMs: number
}

export type Order =
  | { readonly type: 'take'; readonly id: string; readonly leaseMs: number }
  /** Writes under the lease it has, and gives the row back. */
  | { readonly type: 'release' }
  /** Gives the row back in doubt, to be looked for after so long. */
  | { readonly type: 'doubt'; readonly lookAfterMs: number }
  /** One request after the other. */
  | { readonly type: 'ask'; readonly times: number }

/** `refused`: the error's name. */
export interface Answer {
  readonly done: boolean
  readonly refused?: string
}

const { databaseUrl, gong, requestsPerSecond, aheadMs } = JSON.parse(process.argv[2] ?? '') as ClockChildOptions
const clock = { now: () => new Date(systemClock.now().getTime() + aheadMs) }
const log = createLog('fatal')
const budget = { perSecond: requestsPerSecond, perDay: 1_000_000 }
const store = await openStore({ databaseUrl, dataDir: '', clock, realTime: 'database', log, budget })
const { baseUrl, accessKey, accessKeySecret, zone } = gong
const { source, close } = await openGong({
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
let hold: Lease | undefined

async function obey(order: Order): Promise<boolean> {
  if (order.type === 'take') {
    hold = await acquireLease(order.id, {
      deliveries: store.deliveries,
      clock,
      leaseMs: order.leaseMs,
      retriesInRealTime: true,
    })
    return hold !== undefined
  }
  if (order.type === 'release') {
    await hold?.write({ status: 'posting' })
    await hold?.release({ status: 'sent' })
    return true
  }
  if (order.type === 'doubt') {
    await hold?.write({ status: 'posting' })
    await hold?.release({ status: 'doubtful', retryAt: new Date(clock.now().getTime() + order.lookAfterMs) })
    return true
  }
  for (let time = 0; time < order.times; time += 1) await source.fetchPeople({ purpose: 'background' })
  return true
}

process.on('message', (order: Order) => {
  obey(order).then(
    (done) => process.send?.({ done } satisfies Answer),
    (error: Error) => process.send?.({ done: false, refused: error.constructor.name } satisfies Answer),
  )
})
process.send?.('ready')
await once(process, 'disconnect')
await close()
await store.close()
