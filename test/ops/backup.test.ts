// Backup and restore as the README describes. Embedded: stop, copy the folder, start on the copy. Postgres: pg_dump while it runs,
// pg_restore into an empty database (where this machine has them beside a server of their version).
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { everyRow, fillEveryTable } from '../kit/any-rows.ts'
import { type PostgresServer, startPostgres } from '../kit/postgres.ts'

const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
const options = { clock, realTime: 'database', log: createLog('silent'), budget: { perSecond: 2, perDay: 4000 } } as const
const folder = mkdtempSync(path.join(tmpdir(), 'backup-'))
const inFolder = (name: string) => path.join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

it('a copy of the stopped folder opens as the database it was', async () => {
  const store = await openStore({ ...options, dataDir: inFolder('data') })
  await fillEveryTable(store.database, 3)
  const before = await everyRow(store.database)
  await store.close()
  cpSync(inFolder('data'), inFolder('backup'), { recursive: true })
  const restored = await openStore({ ...options, dataDir: inFolder('backup') })
  expect(await everyRow(restored.database)).toEqual(before)
  await restored.close()
}, 30_000)

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
    server = await startPostgres({ initdb: program('initdb'), postgres: program('postgres') })
  }, 60_000)
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
  }, 60_000)
})
