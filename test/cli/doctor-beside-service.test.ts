// The doctor beside a service on the same Postgres: whatever its environment says, the service goes on by what it had, and tables of another
// version stay as they are.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine } from '../../src/cli/doctor/doctor.ts'
import { exitCodeOf } from '../../src/cli/doctor/finding.ts'
import { findStore } from '../../src/cli/workbench.ts'
import { readConfig } from '../../src/config/config.ts'
import { type OpenedStore, openStore } from '../../src/store/database/connect.ts'
import { everyRow } from '../kit/any-rows.ts'
import { emptyDatabase, migratedDatabase } from '../kit/database.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { allMigrations, olderMigrations } from '../kit/older-migrations.ts'
import { openOn } from '../kit/store.ts'
import { manifestText, startSimulators } from './simulators.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'doctor-beside-'))
let world: Awaited<ReturnType<typeof startSimulators>>
beforeAll(async () => {
  world = await startSimulators(new Date('2026-11-25T11:00:00Z'), manifestText, (same) => same, { contract: 'live' })
})
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true })
})

/** Every row but the count of requests, which the doctor's are part of. */
async function rowsOfService({ database }: OpenedStore): Promise<Record<string, string[]>> {
  const { request_budget: _counted, ...rows } = await everyRow(database)
  return rows
}

describe('a variable that was changed and is not in force yet', () => {
  it.each([
    ['GONG_TIME_ZONE', 'America/New_York'],
    ['GONG_API', 'documented'],
    ['GONG_TALK_RATIO_UNIT', 'percent'],
  ])('%s changes no row', async (name, value) => {
    const url = await migratedDatabase()
    const store = await openOn(url, { clock: world.clock })
    await store.tenant.set('contract', 'live')
    await store.tenant.set('zone', 'Europe/Berlin')
    await store.tenant.set('coaching-rows', 'per-report')
    await store.people.replaceAll([{ id: '1', name: 'Ana', emails: [], active: true }], { readAt: world.clock.now(), seenOn: '2026-01-05' })
    await store.directory.replaceAll([], world.clock.now())
    const before = await rowsOfService(store)
    const findings = await examine({ ...world.environment, DATABASE_URL: url, [name]: value }, world.around)
    expect(findings.some(({ area }) => area === 'people')).toBe(true)
    expect(await rowsOfService(store)).toEqual(before)
    await store.close()
  })
})

describe('tables of another version', () => {
  const configOf = (changes: Record<string, string>) => readConfig({ ...world.environment, ...changes })

  it('are left as the older service needs them, and the doctor says what brings them up to date', async () => {
    const url = await emptyDatabase()
    const client = new Client({ connectionString: url })
    await client.connect()
    await migrate(drizzle(client), { migrationsFolder: olderMigrations(folder, allMigrations.length - 1) })
    const migrationsIn = async () => (await client.query('SELECT * FROM drizzle.__drizzle_migrations')).rowCount
    const findings = await examine({ ...world.environment, DATABASE_URL: url }, world.around)
    expect(await migrationsIn()).toBe(allMigrations.length - 1)
    expect(findings.filter(({ area }) => area === 'database')).toEqual([
      {
        area: 'database',
        state: 'worth knowing',
        says: 'The database is of an older version of gong-digest. Start this version of the service once: it brings the tables up to date.',
        remedy: 'What follows was asked without its database.',
      },
    ])
    expect(exitCodeOf(findings)).toBe(0)
    await client.end()
  })

  it('that are newer are not opened', async () => {
    const url = await migratedDatabase()
    const newer = await openOn(url)
    await newer.database.execute(sql`INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('to come', 1999999999999)`)
    await newer.close()
    expect(await findStore(configOf({ DATABASE_URL: url }), world.around)).toEqual({
      type: 'closed',
      problems: [
        'The database is of a newer version of gong-digest. Use that version or a newer one, or restore the backup made before the upgrade',
      ],
      isOlder: false,
    })
  })

  it('in the embedded folder are left too, and the folder is free again', async () => {
    const dataDir = path.join(folder, 'data')
    await layEmptyStore(dataDir)
    const { storeChanges: _simulated, ...around } = world.around
    const budget = { perSecond: 1, perDay: 1 }
    const store = await openStore({ ...around, dataDir, realTime: 'database', budget })
    await store.database.execute(
      sql`DELETE FROM drizzle.__drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM drizzle.__drizzle_migrations)`,
    )
    await store.close()
    for (let times = 0; times < 2; times += 1)
      expect(await findStore(configOf({ DATA_DIR: dataDir }), around)).toMatchObject({ type: 'closed', isOlder: true })
  })

  it('are made where the database is empty', async () => {
    const found = await findStore(configOf({ DATABASE_URL: await emptyDatabase() }), world.around)
    expect(found.type).toBe('open')
    if (found.type === 'open') await found.store.close()
  })
})
