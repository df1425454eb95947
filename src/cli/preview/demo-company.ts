// The simulated company for `npm run preview -- --demo`. The only command of the terminal that needs the sandbox, which the container image
// leaves out: loaded when it is asked for.
import { movableClock, systemClock } from '../../clock.ts'
import { readConfig } from '../../config/config.ts'
import { createLog } from '../../log.ts'
import { startSimulatedGong } from '../../sandbox/gong/simulated-gong.ts'
import { openWorkbench, scratchStore } from '../workbench.ts'
import type { PreviewWork } from './preview.ts'

/** Fetches the simulated company into a database in memory and works on that; nothing need be set up. */
export async function overDemoCompany(work: PreviewWork): Promise<void> {
  const around = { clock: movableClock(systemClock.now()), log: createLog('silent') }
  const zone = 'Europe/Berlin'
  const gong = await startSimulatedGong({
    clock: around.clock,
    realClock: systemClock,
    zone,
    requestsPerSecond: 1000,
    requestsPerDay: 1_000_000,
  })
  const config = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-demo',
    SLACK_SIGNING_SECRET: 'secret-of-the-demo',
    GONG_BASE_URL: gong.baseUrl,
    GONG_ACCESS_KEY: gong.credentials.accessKey,
    GONG_ACCESS_KEY_SECRET: gong.credentials.accessKeySecret,
    GONG_TIME_ZONE: zone,
  })
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 500_000 } }
  const store = await scratchStore(fast, around)
  try {
    const { gong: opened, sync } = await openWorkbench(fast, store, around)
    await sync.refresh('background')
    await opened.close()
    await work(fast, store, around, zone)
  } finally {
    await store.close()
    await gong.stop()
  }
}
