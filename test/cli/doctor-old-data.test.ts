// `npm run doctor` over a store whose people, directory and figures were last read days ago.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { examine } from '../../src/cli/doctor/doctor.ts'
import { exitCodeOf } from '../../src/cli/doctor/finding.ts'
import { systemClock } from '../../src/clock.ts'
import { weekBefore } from '../../src/domain/period.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { startSimulators } from './simulators.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'doctor-old-'))
const dataDir = path.join(folder, 'data')
let world: Awaited<ReturnType<typeof startSimulators>>
beforeAll(async () => {
  const now = systemClock.now()
  world = await startSimulators(now)
  const { storeChanges, ...around } = world.around
  const limits = { budget: { perSecond: 3, perDay: 4000 }, ...storeChanges }
  await layEmptyStore(dataDir)
  const store = await openStore({ ...around, realTime: 'database', ...limits, dataDir })
  const readAt = new Date(now.getTime() - 50.5 * 3_600_000)
  await store.people.replaceAll([{ id: '1', name: 'Ana', emails: [], active: true }], { readAt, seenOn: '2026-01-05' })
  await store.directory.replaceAll([], readAt)
  const period = weekBefore(now.toISOString().slice(0, 10))
  await store.windows.replace('interaction', period, { rows: [], quarantinedIds: [], quarantined: 0, readAt, final: false })
  await store.close()
})
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true })
})

it('says what could not be refreshed, for how long, and what rests on it', async () => {
  const findings = await examine({ ...world.environment, DATA_DIR: dataDir }, world.around)
  expect(exitCodeOf(findings)).toBe(1)
  const problems = findings.filter(({ area, state }) => area === 'people' && state === 'to fix').map(({ says }) => says)
  expect(problems.filter((says) => says.includes('could not be refreshed'))).toEqual([
    "Gong's list of people could not be refreshed for 50 h. Who may see whom, and who gets which digest, rests on it.",
    "Slack's directory could not be refreshed for 50 h. Who is a guest, an admin or away rests on it.",
    "Gong's figures could not be refreshed for 50 h. Answers and digests say how old theirs are.",
  ])
})
