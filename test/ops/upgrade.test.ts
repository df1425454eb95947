// Upgrades from every schema there has been, the first one on, with rows in every table of it: on both databases nothing is lost and
// what comes out is this version's schema.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres'
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { type OpenedStore, openStore } from '../../src/store/database/connect.ts'
import { type Database, rowsOf } from '../../src/store/database/database.ts'
import { everyRow, fillEveryTable } from '../kit/any-rows.ts'
import { sizeOf } from '../kit/cases.ts'
import { emptyDatabase, migratedDatabase } from '../kit/database.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { allMigrations, olderMigrations } from '../kit/older-migrations.ts'
import { memoryStore } from '../kit/store.ts'

const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
const options = { clock, realTime: 'database', log: createLog('silent'), budget: { perSecond: 2, perDay: 4000 } } as const
const folder = mkdtempSync(path.join(tmpdir(), 'upgrade-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What this version's schema is: every column with its type and whether it may be empty. */
const shapeOf = (database: Pick<Database, 'execute'>) =>
  rowsOf(
    database,
    sql`SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`,
  )

/** Every row there was is still there, with every value it had; new columns may have come. */
function expectKept(before: Record<string, string[]>, after: Record<string, string[]>): void {
  for (const [table, rows] of Object.entries(before)) {
    const there = (after[table] ?? []).map((row) => JSON.parse(row) as Record<string, unknown>)
    const columns = Object.keys(JSON.parse(rows[0] ?? '{}'))
    const asTheyWere = there.map((row) => JSON.stringify(columns.map((column) => row[column])))
    const lost = rows.map((row) => JSON.parse(row)).filter((row) => !asTheyWere.includes(JSON.stringify(columns.map((c) => row[c]))))
    expect([table, lost]).toEqual([table, []])
  }
}

async function expectUpgraded(before: Record<string, string[]>, upgraded: OpenedStore, fresh: OpenedStore): Promise<void> {
  expect(Object.keys(before).length).toBeGreaterThan(15)
  expectKept(before, await everyRow(upgraded.database))
  expect(await shapeOf(upgraded.database)).toEqual(await shapeOf(fresh.database))
  // Any JSON is no list of addresses, and a refresh asks who claims which.
  await upgraded.database.execute(sql`UPDATE people SET emails = '[]'`)
  const ada = { id: '1', name: 'Ada', emails: [], active: true }
  await upgraded.people.replaceAll([ada], { readAt: clock.now(), seenOn: '2026-11-23' })
  expect((await upgraded.people.chart()).people.get('1')?.name).toBe('Ada')
}

const versions = allMigrations.map(({ tag }, index) => ({ tag, count: index + 1 }))
/** The migrations are the same ones, and this database takes seconds for each version: the first, some between and the last. */
const embeddedVersions = versions.filter(({ count }) => (count - 1) % sizeOf({ usual: 5, whole: 1 }) === 0 || count === versions.length)

describe('an upgrade of the embedded database', () => {
  /** A database without anything of ours, copied for each version: to empty a prepared one takes less time than to make one. */
  const bare = path.join(folder, 'bare')
  let fresh: OpenedStore
  beforeAll(async () => {
    fresh = await memoryStore({ clock })
    await layEmptyStore(bare)
    const client = await PGlite.create(path.join(bare, 'database'))
    await client.exec(`DO $$ DECLARE schema text; BEGIN
      FOR schema IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', schema);
      END LOOP; CREATE SCHEMA public; END $$`)
    await client.close()
  })
  afterAll(() => fresh?.close())

  it.each(embeddedVersions)('from $tag keeps every row', async ({ tag, count }) => {
    const dataDir = path.join(folder, tag)
    cpSync(bare, dataDir, { recursive: true })
    const client = await PGlite.create(path.join(dataDir, 'database'))
    const database = drizzlePglite(client)
    await migratePglite(database, { migrationsFolder: olderMigrations(folder, count) })
    await fillEveryTable(database as unknown as Database, 4)
    const before = await everyRow(database as unknown as Database)
    await client.close()
    const upgraded = await openStore({ ...options, dataDir })
    await expectUpgraded(before, upgraded, fresh)
    await upgraded.close()
  })
})

describe('an upgrade on Postgres', () => {
  let fresh: OpenedStore
  beforeAll(async () => {
    fresh = await openStore({ ...options, dataDir: '', databaseUrl: await emptyDatabase() })
  })
  afterAll(() => fresh?.close())

  it.each(versions)('from $tag keeps every row', async ({ count }) => {
    const databaseUrl = await emptyDatabase()
    const client = new Client({ connectionString: databaseUrl })
    await client.connect()
    const database = drizzlePg(client)
    await migratePg(database, { migrationsFolder: olderMigrations(folder, count) })
    await fillEveryTable(database as unknown as Database, 4)
    const before = await everyRow(database as unknown as Database)
    await client.end()
    const upgraded = await openStore({ ...options, dataDir: '', databaseUrl })
    await expectUpgraded(before, upgraded, fresh)
    await upgraded.close()
  })

  it('takes what somebody was until a day out of the roles', async () => {
    const databaseUrl = await emptyDatabase()
    const client = new Client({ connectionString: databaseUrl })
    await client.connect()
    const count = allMigrations.findIndex(({ tag }) => tag.endsWith('_former_standings'))
    await migratePg(drizzlePg(client), { migrationsFolder: olderMigrations(folder, count) })
    await client.query(`INSERT INTO grants (id, slack_user_id, type, subject_id, until, by_slack_id, at) VALUES
      ('1', 'U1', 'coach', '7', '2026-12-01', 'UADMIN', now()), ('was U1 8', 'U1', 'was', '8', '2026-11-20', '', now()),
      ('admin U1', 'U1', 'admin', '', '2026-11-21', '', now())`)
    await client.end()
    const upgraded = await openStore({ ...options, dataDir: '', databaseUrl })
    expect(await upgraded.access.allGrants()).toMatchObject([{ id: '1' }])
    expect(await upgraded.access.grantsOf('U1')).toEqual([
      { type: 'coach', personId: '7', until: '2026-12-01' },
      { type: 'admin', until: '2026-11-21' },
      { type: 'was', personId: '8', until: '2026-11-20' },
    ])
    expect(await rowsOf(upgraded.database, sql`SELECT id FROM grants`)).toEqual([{ id: '1' }])
    await upgraded.close()
  })

  it('finds in the log whom channels were shown by name, and whom an admin looked at', async () => {
    const databaseUrl = await emptyDatabase()
    const client = new Client({ connectionString: databaseUrl })
    await client.connect()
    const count = allMigrations.findIndex(({ tag }) => tag.endsWith('_former_sights'))
    await migratePg(drizzlePg(client), { migrationsFolder: olderMigrations(folder, count) })
    await client.query(`INSERT INTO former_standings VALUES ('UADMIN', 'admin', '', '2026-11-20')`)
    await client.query(`INSERT INTO access_log (at, what, by_slack_id, person_id, detail, reader_ids) VALUES
      ('2026-11-16T09:00Z', 'delivery', 'U9', '7', 'digest team in a channel', '["U1","a forgotten person"]'),
      ('2026-11-09T09:00Z', 'delivery', 'U9', '7', 'digest team in a channel', '["U1","U2"]'),
      ('2026-11-18T09:00Z', 'view', 'UADMIN', '7', '/gong-stats', NULL), ('2026-11-18T09:00Z', 'view', 'U3', '7', '/gong-stats', NULL)`)
    await client.end()
    const upgraded = await openStore({ ...options, dataDir: '', databaseUrl })
    const sights = ['U1', 'U2', 'U3', 'UADMIN'].map((id) => upgraded.access.grantsOf(id))
    expect(await Promise.all(sights)).toEqual([
      [{ type: 'shown', personId: '7', until: '2026-11-22' }],
      [{ type: 'shown', personId: '7', until: '2026-11-15' }],
      [],
      [
        { type: 'admin', until: '2026-11-20' },
        { type: 'saw', personId: '7', until: '2026-11-19' },
      ],
    ])
    expect(await upgraded.access.shown()).toHaveLength(2)
    await upgraded.close()
  })
})

it.each([
  ['the embedded database', async () => ({ dataDir: await laidFolder() })],
  ['Postgres', async () => ({ dataDir: '', databaseUrl: await migratedDatabase() })],
])('%s of a version to come is refused in words, and stays as it is', async (_what, place) => {
  const where = await place()
  const newer = await openStore({ ...options, ...where })
  await newer.database.execute(sql`INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('to come', 1999999999999)`)
  await newer.close()
  for (let times = 0; times < 2; times += 1)
    await expect(openStore({ ...options, ...where })).rejects.toMatchObject({
      code: 'config',
      problems: [expect.stringMatching(/^The database is of a newer version of gong-digest\. Use that version/)],
    })
})

async function laidFolder(): Promise<string> {
  const dataDir = path.join(folder, 'newer')
  await layEmptyStore(dataDir)
  return dataDir
}
