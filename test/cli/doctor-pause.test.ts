// `npm run doctor` where Gong has asked for a wait: it says so and for how long, asks Gong nothing meanwhile, and ends the wait when told to.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine } from '../../src/cli/doctor/doctor.ts'
import { exitCodeOf } from '../../src/cli/doctor/finding.ts'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { lockFolder } from '../../src/store/database/folder-lock.ts'
import { migratedDatabase } from '../kit/database.ts'
import { runCommand } from '../kit/terminal.ts'
import { startSimulators } from './simulators.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'doctor-pause-'))
let databaseUrl = ''
let world: Awaited<ReturnType<typeof startSimulators>>
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  const { storeChanges, ...around } = world.around
  const limits = { budget: { perSecond: 3, perDay: 4000 }, ...storeChanges }
  databaseUrl = await migratedDatabase()
  const store = await openStore({ ...around, realTime: 'database', ...limits, dataDir: '', databaseUrl })
  await store.budget.pauseFor(99_999_999_000)
  await store.close()
})
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true })
})

/** `held`: on the embedded database of this folder instead. */
async function doctor(clearPause: boolean, held?: string) {
  const before = world.gong.log.count()
  const database = held === undefined ? { DATABASE_URL: databaseUrl } : { DATA_DIR: held }
  const findings = await examine({ ...world.environment, ...database }, world.around, { clearPause })
  const gong = findings.filter(({ area }) => area === 'Gong')
  return { code: exitCodeOf(findings), gong, requests: world.gong.log.count() - before }
}

describe('the doctor', () => {
  it('says that requests are paused, for how long and how to end it, and asks Gong nothing', async () => {
    const { code, gong, requests } = await doctor(false)
    expect(code).toBe(1)
    expect(requests).toBe(0)
    expect(gong).toEqual([
      {
        area: 'Gong',
        state: 'to fix',
        says: 'Gong is not asked now. Gong asked the bot to wait 3 years. It waits a day at most: no request goes out for another 24 hours.',
        remedy: 'Wait, or end the pause: npm run doctor -- --clear-pause. When Gong still wants it, its next answer starts it again.',
      },
    ])
  })

  it('cannot end it while the running service holds the database', async () => {
    const dataDir = path.join(folder, 'data')
    const lock = lockFolder(dataDir)
    const { gong } = await doctor(true, dataDir)
    lock.release()
    expect(gong[0]).toMatchObject({ state: 'to fix', says: 'A pause of Gong requests cannot be ended without the database.' })
    expect(gong[0]?.remedy).toContain('Stop the service, run this again, then start it.')
  })

  it('ends it when asked to, asks Gong again, and says so when there is none', async () => {
    const ended = await doctor(true)
    expect(ended.code).toBe(0)
    expect(ended.gong[0]).toEqual({ area: 'Gong', state: 'good', says: 'The pause of Gong requests was ended; 24 hours were left.' })
    expect(ended.requests).toBeGreaterThan(5)
    const none = await doctor(true)
    expect(none.gong[0]?.says).toBe('No pause of Gong requests is in force: there is nothing to end.')
  })

  it('takes --clear-pause on the terminal, and names what it does not know', async () => {
    const environment = Object.fromEntries(
      Object.entries({ ...world.environment, DATABASE_URL: databaseUrl }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    )
    const { out } = await runCommand(['doctor', '--clear-pause'], folder, environment)
    expect(out).toContain('✓ No pause of Gong requests is in force: there is nothing to end.')
    const wrong = await runCommand(['doctor', '--clear-pauses'], folder, environment)
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain("Unknown option '--clear-pauses'")
  })
})
