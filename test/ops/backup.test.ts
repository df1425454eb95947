// Backup and restore as the README describes. Embedded: stop, copy the folder, start on the copy. Postgres: pg_dump while it runs,
// pg_restore into an empty database (where this machine has them beside a server of their version).
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backUp, restore } from '../../src/cli/backup/backup.ts'
import { movableClock } from '../../src/clock.ts'
import { rememberSetting } from '../../src/domain/group-settings.ts'
import { localSocketPath } from '../../src/health/local-socket.ts'
import { createMetrics, type Gauges } from '../../src/health/metrics.ts'
import { startHealthServer } from '../../src/health/server.ts'
import { createLog } from '../../src/log.ts'
import { problemsOf } from '../../src/problems.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { lockFolder } from '../../src/store/database/folder-lock.ts'
import { everyRow, fillEveryTable } from '../kit/any-rows.ts'
import { migratedDatabase } from '../kit/database.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { allMigrations, olderMigrations } from '../kit/older-migrations.ts'
import { type PostgresServer, startPostgres } from '../kit/postgres.ts'

const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
const options = { clock, realTime: 'database', log: createLog('silent'), budget: { perSecond: 2, perDay: 4000 } } as const
const folder = mkdtempSync(path.join(tmpdir(), 'backup-'))
const unknown = async () => undefined
const noGauges: Gauges = {
  requestsLeftToday: unknown,
  windowAgeSeconds: unknown,
  openDeliveries: unknown,
  oldestDeliverySeconds: unknown,
  openSockets: unknown,
  heartbeatAgeSeconds: unknown,
  peopleAgeSeconds: unknown,
  directoryAgeSeconds: unknown,
  clockSkewSeconds: unknown,
  dataProblemSeconds: unknown,
}
const inFolder = (name: string) => path.join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

it('a copy of the stopped folder opens as the database it was', async () => {
  await layEmptyStore(inFolder('data'))
  const store = await openStore({ ...options, dataDir: inFolder('data') })
  await fillEveryTable(store.database, 3)
  const before = await everyRow(store.database)
  await store.close()
  cpSync(inFolder('data'), inFolder('backup'), { recursive: true })
  const restored = await openStore({ ...options, dataDir: inFolder('backup') })
  expect(await everyRow(restored.database)).toEqual(before)
  await restored.close()
})

describe('npm run backup and npm run restore', () => {
  const around = { clock, log: createLog('silent') }
  const nothing = { look: async () => ({ problems: [], notes: [] }), metrics: createMetrics('1.2.3', noGauges) }

  it('copy the whole database while the service has it open, and bring it back where there was none', async () => {
    const [running, other, file] = [inFolder('running'), inFolder('other'), inFolder('copy.tar.gz')]
    await layEmptyStore(running)
    const store = await openStore({ ...options, dataDir: running })
    const service = await startHealthServer({
      at: { path: localSocketPath(running) },
      ...nothing,
      local: { version: '1.2.3', backup: () => store.dump() },
    })
    await fillEveryTable(store.database, 3)
    await rememberSetting(store.tenant, 'group-rule', '5/3/1/Europe/Berlin', '2026-11-23')
    const before = await everyRow(store.database)
    expect(await backUp({ dataDir: running }, file)).toBe('service')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(localSocketPath(running)).mode & 0o777).toBe(0o600)
    // It goes on as before.
    await store.access.record([{ at: clock.now(), what: 'view', bySlackId: 'U1', detail: '/gong-stats' }])
    await service.stop()
    await store.close()

    clock.moveTo(new Date('2026-11-24T12:00:00Z'))
    await restore({ dataDir: other }, file, around)
    const restored = await openStore({ ...options, dataDir: other })
    // What was posted since the backup is not in it: that is known, and beside it every row is as it was.
    expect(await restored.lostRows()).toEqual({ from: clock.now(), to: clock.now() })
    await restored.database.execute(sql`DELETE FROM tenant_values WHERE key = 'database-start'`)
    // So is that groups may have been shown since, until the latest date there is anywhere: 12:00 and 14 hours later it is the next one.
    expect((await restored.reads.tenant()).groupRule).toEqual({ setting: '5/3/1/Europe/Berlin', changedOn: '2026-11-25' })
    await restored.tenant.set('group-rule', '5/3/1/Europe/Berlin')
    expect(await everyRow(restored.database)).toEqual(before)
    await restored.close()
    // Nothing is written over: neither a database nor a file.
    await expect(restore({ dataDir: other }, file, around)).rejects.toThrow('already. Move it away first')
    await expect(backUp({ dataDir: other }, file)).rejects.toThrow('exists already')
    // Without a service the folder itself is read.
    expect(await backUp({ dataDir: other }, inFolder('second.tar.gz'))).toBe('folder')
  })

  it('leave no database, or one that knows that it was restored, where the restore is killed, and can be run again', async () => {
    const [original, dataDir, file] = [inFolder('to-copy'), inFolder('killed'), inFolder('to-kill.tar.gz')]
    await layEmptyStore(original)
    const store = await openStore({ ...options, dataDir: original })
    await rememberSetting(store.tenant, 'group-rule', '5/3/1/Europe/Berlin', '2026-11-23')
    await store.close()
    await backUp({ dataDir: original }, file)
    const root = path.resolve(import.meta.dirname, '../..')
    const child = spawn(process.execPath, [path.join(root, 'src/start.mjs'), 'restore', file], {
      cwd: folder,
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
      stdio: 'ignore',
    })
    const ended = once(child, 'close')
    // The mark is left between the unpacking and what is written into the database.
    const isUnpacked = () => ['running', 'restoring/running'].some((mark) => existsSync(path.join(dataDir, mark)))
    while (!isUnpacked() && child.exitCode === null) await setTimeout(1)
    child.kill('SIGKILL')
    await ended
    if (!existsSync(path.join(dataDir, 'database'))) await restore({ dataDir }, file, around)
    const restored = await openStore({ ...options, dataDir })
    expect((await restored.reads.tenant()).groupRule).toMatchObject({ changedOn: expect.any(String) })
    await restored.close()
    expect(existsSync(path.join(dataDir, 'restoring'))).toBe(false)
  })

  it.each([
    ['older', 'stopped'],
    ['newer', 'stopped'],
    ['older', 'cut off'],
  ])('copy %s tables of a service that was %s as they are, and change nothing of them', async (age, end) => {
    const name = `${age} ${end}`
    const [dataDir, file, unpacked] = [inFolder(name), inFolder(`${name}.tar.gz`), inFolder(`${name} copy`)]
    await layEmptyStore(dataDir)
    if (age === 'older') rmSync(path.join(dataDir, 'database'), { recursive: true })
    const database = path.join(dataDir, 'database')
    const client = await PGlite.create(database)
    if (age === 'older') await migrate(drizzle(client), { migrationsFolder: olderMigrations(folder, allMigrations.length - 1) })
    else await client.exec(`INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('later', ${Date.parse('2100-01-01')})`)
    const tables = (of: PGlite) =>
      of.query(
        `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema IN ('public', 'drizzle') ORDER BY 1, 2`,
      )
    const rows = (of: PGlite) => of.query('SELECT hash, created_at FROM drizzle.__drizzle_migrations ORDER BY id')
    const before = [await tables(client), await rows(client)]
    const tenant = await client.query('SELECT * FROM tenant_values ORDER BY key')
    await client.close()
    if (end === 'cut off') writeFileSync(path.join(dataDir, 'running'), '')
    expect(await backUp({ dataDir }, file)).toBe('folder')
    // Whoever starts it next still finds that it was cut off, and only then.
    expect(existsSync(path.join(dataDir, 'running'))).toBe(end === 'cut off')
    const tar = new Blob([gunzipSync(readFileSync(file))])
    for (const copy of [await PGlite.create(database), await PGlite.create(unpacked, { loadDataDir: tar })]) {
      expect([await tables(copy), await rows(copy)]).toEqual(before)
      expect(await copy.query('SELECT * FROM tenant_values ORDER BY key')).toEqual(tenant)
      await copy.close()
    }
  })

  it('leave alone what another backup is writing, and the file it has written meanwhile', async () => {
    const [dataDir, file] = [inFolder('twice'), inFolder('twice.tar.gz')]
    await layEmptyStore(dataDir)
    writeFileSync(`${file}.part`, 'another backup is writing this')
    const refused = await backUp({ dataDir }, file).catch((error: unknown) => error)
    expect(problemsOf(refused)).toEqual([expect.stringContaining(`${file}.part exists`)])
    expect(readFileSync(`${file}.part`, 'utf8')).toBe('another backup is writing this')
    rmSync(`${file}.part`)
    const both = await Promise.allSettled([backUp({ dataDir }, file), backUp({ dataDir }, file)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await restore({ dataDir: inFolder('from-twice') }, file, around)
  })

  it('of Postgres, which its own tools restore, it is remembered that this was done', async () => {
    const databaseUrl = await migratedDatabase()
    const store = await openStore({ ...options, dataDir: '', databaseUrl })
    await rememberSetting(store.tenant, 'group-rule', '5/3/1/Europe/Berlin', '2026-11-23')
    await store.close()
    await restore({ dataDir: '', databaseUrl }, undefined, around)
    const restored = await openStore({ ...options, dataDir: '', databaseUrl })
    expect((await restored.reads.tenant()).groupRule).toMatchObject({ changedOn: '2026-11-25' })
    await restored.close()
  })

  it('say what to do with Postgres, no database, a service that keeps silent, and a file that is no backup', async () => {
    const [empty, held, broken] = [inFolder('empty'), inFolder('held'), inFolder('broken.tar.gz')]
    const postgres = { dataDir: empty, databaseUrl: 'postgres://u@h/d' }
    await expect(backUp(postgres, inFolder('x'))).rejects.toThrow('use pg_dump, also while the service runs, and pg_restore')
    await expect(restore(postgres, broken, around)).rejects.toThrow('after that, npm run restore without a file')
    await expect(backUp({ dataDir: empty }, inFolder('x'))).rejects.toThrow('there is no embedded database')
    mkdirSync(path.join(held, 'database'), { recursive: true })
    const lock = lockFolder(held)
    await expect(backUp({ dataDir: held }, inFolder('x'))).rejects.toThrow('does not answer. Stop it')
    lock.release()
    await expect(restore({ dataDir: empty }, broken, around)).rejects.toThrow('There is no file')
    await expect(restore({ dataDir: empty }, undefined, around)).rejects.toThrow('Say from what')
    for (const bytes of [Buffer.from('no archive'), gzipSync('no archive'), gzipSync(Buffer.alloc(2048)).subarray(0, 20)]) {
      writeFileSync(broken, bytes)
      await expect(restore({ dataDir: empty }, broken, around)).rejects.toThrow('holds no backup of gong-digest')
    }
    // A few bytes unpack to any length: no more of it is kept than may be.
    writeFileSync(broken, gzipSync(Buffer.alloc(3_000_000)))
    await expect(restore({ dataDir: empty }, broken, around, 1_000_000)).rejects.toThrow(
      'holds no backup of gong-digest: it unpacks to more than',
    )
    expect(existsSync(path.join(empty, 'database'))).toBe(false)
    expect(existsSync(inFolder('x'))).toBe(false)
  })
})

/** The folder with pg_dump, pg_restore and a server of their version: Debian's, or where the pg_dump of the PATH lies. */
const programs = (() => {
  try {
    const version = execFileSync('pg_dump', ['--version'], { encoding: 'utf8' }).match(/(\d+)\./)?.[1]
    const found = path.dirname(realpathSync(execFileSync('which', ['pg_dump'], { encoding: 'utf8' }).trim()))
    return [`/usr/lib/postgresql/${version}/bin`, found].find((place) =>
      ['pg_dump', 'pg_restore', 'initdb', 'postgres'].every((name) => existsSync(path.join(place, name))),
    )
  } catch {
    return undefined
  }
})()

describe.runIf(programs)('pg_dump and pg_restore', () => {
  const program = (name: string) => path.join(programs ?? '', name)
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres({ programs: { initdb: program('initdb'), postgres: program('postgres') } })
  })
  afterAll(() => server?.stop())

  it('bring a database back whole while the service has it open', async () => {
    const [original, empty] = [await server.createDatabase(), await server.createDatabase()]
    const open = (databaseUrl: string) => openStore({ ...options, dataDir: '', databaseUrl })
    const store = await open(original)
    await fillEveryTable(store.database, 3)
    const before = await everyRow(store.database)
    execFileSync(program('pg_dump'), ['--format=custom', `--file=${inFolder('dump')}`, original])
    execFileSync(program('pg_restore'), ['--no-owner', `--dbname=${empty}`, inFolder('dump')])
    const restored = await open(empty)
    expect(await everyRow(restored.database)).toEqual(before)
    // The restored tables take new rows: numbers given by the database go on where they were.
    await restored.access.record([{ at: clock.now(), what: 'view', bySlackId: 'U1', detail: '/gong-stats' }])
    await restored.close()
    await store.close()
  })
})
