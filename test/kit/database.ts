// Databases on the one Postgres server of a test run (shared-postgres.ts): each call gives a new one, gone with the server. Copying a
// prepared one costs a tenth of making the tables anew.
import { Client } from 'pg'
import { inject } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { keptLog } from './quiet-log.ts'

/** With nothing in it. */
export const emptyDatabase = (): Promise<string> => onServer((client) => createFrom(client, 'template0'))

/** With this version's tables, empty. */
export const migratedDatabase = (): Promise<string> =>
  copyOf('migrated', async (databaseUrl) => {
    const clock = movableClock(new Date('2026-01-01T00:00:00Z'))
    const store = await openStore({
      dataDir: '',
      databaseUrl,
      clock,
      realTime: clock,
      log: keptLog().log,
      budget: { perSecond: 1, perDay: 1 },
    })
    await store.close()
  })

/** A copy of what `prepare` makes of an empty database. Prepared once in a run, by the test that comes first; the others wait for it. */
const copyOf = (name: string, prepare: (databaseUrl: string) => Promise<void>): Promise<string> =>
  onServer(async (client) => {
    const prepared = `prepared_${name}`
    const isThere = async () => (await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [prepared])).rowCount === 1
    if (!(await isThere())) {
      await client.query('SELECT pg_advisory_lock(1)')
      if (!(await isThere())) {
        const making = await createFrom(client, 'template0')
        await prepare(making)
        // Under its name only once it is whole, and nobody is connected to it.
        await client.query(`ALTER DATABASE ${nameIn(making)} RENAME TO ${prepared}`)
      }
      await client.query('SELECT pg_advisory_unlock(1)')
    }
    return createFrom(client, prepared)
  })

async function createFrom(client: Client, template: string): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  return new URL(name, inject('postgresUrl')).href
}

const nameIn = (databaseUrl: string): string => new URL(databaseUrl).pathname.slice(1)

async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
