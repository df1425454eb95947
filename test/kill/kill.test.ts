// A process that is killed at any step of a delivery loses no digest and sends none twice. The whole run, 200 kills per database,
// is `npm run test:kill`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { deliverySteps } from '../../src/digests/delivery/deps.ts'
import { sizeOf } from '../kit/cases.ts'
import { emptyDatabase } from '../kit/database.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { killAndRecover } from './killing.ts'

/** On the embedded database every other step, and all of them in test:full: a start takes it twice as long. */
const embeddedSteps = deliverySteps.filter((_, index) => index % sizeOf({ usual: 2, whole: 1 }) === 0)

describe('a process killed with SIGKILL at each step of a delivery', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kill-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('leaves every digest in its channel exactly once, on the embedded database', async () => {
    const dataDir = path.join(folder, 'data')
    await layEmptyStore(dataDir)
    const report = await killAndRecover(embeddedSteps.length, { dataDir }, embeddedSteps)
    expect(report).toMatchObject({ kills: embeddedSteps.length, wrong: [] })
  })

  it('leaves every digest in its channel exactly once, on Postgres', async () => {
    const kills = deliverySteps.length
    const report = await killAndRecover(kills, { databaseUrl: await emptyDatabase(), dataDir: 'memory://' })
    expect(report).toMatchObject({ kills, wrong: [] })
  })
})
