// A process that is killed at any step of a delivery loses no digest and sends none twice. The whole run, 200 kills per database,
// is `npm run test:kill`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { deliverySteps } from '../../src/digests/delivery/deps.ts'
import { emptyDatabase } from '../kit/database.ts'
import { killAndRecover } from './killing.ts'

/** Every named step once per database. */
const kills = deliverySteps.length

describe('a process killed with SIGKILL at each step of a delivery', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kill-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('leaves every digest in its channel exactly once, on the embedded database', async () => {
    const report = await killAndRecover(kills, { dataDir: path.join(folder, 'data') })
    expect(report).toMatchObject({ kills, wrong: [] })
  }, 180_000)

  it('leaves every digest in its channel exactly once, on Postgres', async () => {
    const report = await killAndRecover(kills, { databaseUrl: await emptyDatabase(), dataDir: 'memory://' })
    expect(report).toMatchObject({ kills, wrong: [] })
  }, 180_000)
})
