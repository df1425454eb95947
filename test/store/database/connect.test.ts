// Opening: the folder's lock, migrations of several replicas at once, replicas sharing one budget, and the schema held to its SQL.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/pg-core'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../../../src/errors.ts'
import { openStore } from '../../../src/store/database/connect.ts'
import { rowsOf } from '../../../src/store/database/database.ts'
import { lockFolder } from '../../../src/store/database/folder-lock.ts'
import { tables } from '../../../src/store/schema.ts'
import { layEmptyStore } from '../../kit/empty-store.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { openOn } from '../../kit/store.ts'
import { onBothBackends, onPostgres, stillClock } from '../backends.ts'

const read = { readAt: new Date('2026-11-25T11:00:00Z'), seenOn: '2026-11-25' }
const ada = { id: '1', name: 'Ada', emails: [], active: true }

describe('an embedded folder', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gong-digest-store-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const open = (dataDir: string) =>
    openStore({ dataDir, clock: stillClock(), realTime: 'database', log: keptLog().log, budget: { perSecond: 1, perDay: 10 } })

  it('keeps what was written, and refuses a second process with words that name folder and remedy', async () => {
    const dataDir = path.join(folder, 'data')
    await layEmptyStore(dataDir)
    const store = await open(dataDir)
    await store.people.replaceAll([ada], read)
    const lock = path.resolve(import.meta.dirname, '../../../src/store/database/folder-lock.ts')
    const other = `import { lockFolder } from ${JSON.stringify(lock)}
      try { lockFolder(${JSON.stringify(dataDir)}); console.log('taken') } catch (error) { console.log(error.problems[0]) }`
    const words = (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', other])).stdout
    expect(words).toContain(dataDir)
    expect(words).toContain('already running')
    expect(words).toContain('DATABASE_URL')
    await expect(open(dataDir)).rejects.toThrow(ConfigError)
    await store.close()
    const again = await open(dataDir)
    expect((await again.people.chart()).people.get('1')).toEqual(ada)
    await again.close()
  })

  it('is free again when the process that had it was killed', async () => {
    const dataDir = path.join(folder, 'killed')
    const lock = path.resolve(import.meta.dirname, '../../../src/store/database/folder-lock.ts')
    const holder = `import { lockFolder } from ${JSON.stringify(lock)}
      lockFolder(${JSON.stringify(dataDir)}); process.kill(process.pid, 'SIGKILL')`
    await expect(promisify(execFile)(process.execPath, ['--input-type=module', '-e', holder])).rejects.toMatchObject({ signal: 'SIGKILL' })
    lockFolder(dataDir).release()
  })

  it('that cannot be used is refused with the reason', async () => {
    const file = path.join(folder, 'a-file')
    await writeFile(file, '')
    expect(() => lockFolder(path.join(file, 'data'))).toThrow(/DATA_DIR: .*a-file.* cannot be used/)
  })
})

onBothBackends((backend) => {
  it('has exactly the columns the schema names, with their types and nullability', async () => {
    const store = await backend.open()
    const actual = await rowsOf<{ place: string; type: string; nullable: boolean }>(
      store.database,
      sql`SELECT c.relname || '.' || a.attname AS place, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped`,
    )
    const named = Object.values(tables).flatMap((table) => {
      const { name, columns, primaryKeys } = getTableConfig(table)
      const keyed = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)))
      return columns.map((column) => ({
        place: `${name}.${column.name}`,
        type: column.getSQLType().replace('timestamp (3) with time zone', 'timestamp(3) with time zone'),
        nullable: !(column.notNull || column.primary || keyed.has(column.name)),
      }))
    })
    const byPlace = (a: { place: string }, b: { place: string }) => (a.place < b.place ? -1 : 1)
    expect([...actual].sort(byPlace)).toEqual(named.sort(byPlace))
  })

  it('has the indexes the schema names', async () => {
    const store = await backend.open()
    const actual = await rowsOf<{ name: string }>(store.database, sql`SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'`)
    const named = Object.values(tables).flatMap((table) => {
      const { indexes, uniqueConstraints } = getTableConfig(table)
      return [...indexes.map((index) => index.config.name), ...uniqueConstraints.map((constraint) => constraint.name)]
    })
    const names = actual.map(({ name }) => name).filter((name) => !name.endsWith('_pkey'))
    expect(names.sort()).toEqual(named.sort())
  })
})

onPostgres((database, empty) => {
  it('says whether the connection is encrypted, as the server sees it', async () => {
    const store = await openOn(await database())
    expect(await store.isEncrypted()).toBe(false)
    await store.close()
  })

  it('is migrated once when three replicas start together', async () => {
    const url = await empty()
    const stores = await Promise.all([openOn(url), openOn(url), openOn(url)])
    const [first, second, third] = stores
    await first?.people.replaceAll([ada], read)
    expect((await third?.people.chart())?.people.get('1')).toEqual(ada)
    await second?.people.link('1', 'U1')
    expect((await third?.people.chart())?.people.get('1')?.slackUserId).toBe('U1')
    for (const store of stores) await store.close()
  })

  it('is opened all the same when the server ends the connection meanwhile', async () => {
    const url = await empty()
    const other = new Client({ connectionString: url })
    await other.connect()
    try {
      // As another start does, which the one in the test waits for.
      await other.query('SELECT pg_advisory_lock(7466401)')
      const opening = openOn(url)
      await expect
        .poll(async () => {
          const ended = await other.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'gong-digest'",
          )
          return ended.rowCount
        })
        .toBe(1)
      await other.query('SELECT pg_advisory_unlock(7466401)')
      const store = await opening
      await store.people.replaceAll([ada], read)
      expect((await store.people.chart()).people.get('1')).toEqual(ada)
      await store.close()
    } finally {
      await other.end()
    }
  })

  it('never gives two replicas more than the day or the rate together', async () => {
    const url = await database()
    const options = { budget: { perSecond: 10, perDay: 30 }, realTime: stillClock() }
    const stores = [await openOn(url, options), await openOn(url, options)]
    const asks = Array.from({ length: 40 }, (_, index) =>
      stores[index % 2]?.budget.reserve({ endpoint: 'x', purpose: 'scheduled', longestWaitMs: 60_000 }),
    )
    const outcomes = await Promise.allSettled(asks)
    const waits = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' && outcome.value ? [outcome.value.waitMs] : []))
    // 30 of 40, one every 100 ms: 0, 100, … 2900.
    expect(waits.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index * 100))
    for (const store of stores) await store.close()
  })

  it('lets one replica at a time do work of a name, and refresh a secret', async () => {
    const url = await database()
    const [one, two] = [await openOn(url), await openOn(url)]
    const outcome = await one.exclusively('refresh', () => two.exclusively('refresh', async () => 'both'))
    expect(outcome).toBeUndefined()
    expect(await two.exclusively('refresh', async () => 'now')).toBe('now')
    const grow = (store: typeof one) => store.tenant.secret('oauth', async (current = '') => ({ value: `${current}x`, result: undefined }))
    await Promise.all([grow(one), grow(two), grow(one), grow(two)])
    expect(await two.tenant.secret('oauth', async (current) => ({ result: current }))).toBe('xxxx')
    await one.close()
    await two.close()
  })

  it('does more work at a time under locks than the pool has connections', async () => {
    const url = await database()
    const [one, two] = [await openOn(url), await openOn(url)]
    const all = Promise.withResolvers<void>()
    let working = 0
    const names = Array.from({ length: 30 }, (_, index) => `work ${index}`)
    const works = names.map((name) =>
      one.exclusively(name, async () => {
        working += 1
        if (working === names.length) all.resolve()
        await all.promise
        // Each still reaches the database, while all hold their lock and another replica gets none of them.
        await one.tenant.setting('anything')
        return two.exclusively(name, async () => 'taken twice')
      }),
    )
    expect(await Promise.all(works)).toEqual(names.map(() => undefined))
    expect(await two.exclusively('work 7', async () => 'free again')).toBe('free again')
    await one.close()
    await two.close()
  })

  it('that cannot be reached is refused with words, never with the password', async () => {
    const refusal = await openOn('postgres://somebody:secret-word@127.0.0.1:1/nowhere').catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ConfigError)
    expect((refusal as ConfigError).message).toContain('DATABASE_URL')
    expect((refusal as ConfigError).message).not.toContain('secret-word')
  })
})
