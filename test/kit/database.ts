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
export async function migratedDatabase(): Promise<string> {
  const clock = movableClock(new Date('2026-01-01T00:00:00Z'))
  const { databaseUrl } = await copyOf('migrated', async (making) => {
    const budget = { perSecond: 1, perDay: 1 }
    const store = await openStore({ dataDir: '', databaseUrl: making, clock, realTime: clock, log: keptLog().log, budget })
    await store.close()
    return ''
  })
  return databaseUrl
}

export interface CopiedDatabase {
  readonly databaseUrl: string
  /** What `prepare` gave. */
  readonly note: string
}

/** A copy of what `prepare` makes of an empty database. Prepared once in a run, by the test that comes first; the others wait for it. */
export const copyOf = (name: string, prepare: (databaseUrl: string) => Promise<string>): Promise<CopiedDatabase> =>
  onServer(async (client) => {
    const prepared = `prepared_${name}`
    const noteOf = async (): Promise<string | undefined> => {
      const { rows } = await client.query<{ note: string | null }>(
        "SELECT shobj_description(oid, 'pg_database') AS note FROM pg_database WHERE datname = $1",
        [prepared],
      )
      return rows[0] && (rows[0].note ?? '')
    }
    let note = await noteOf()
    if (note === undefined) {
      await client.query(waitForTurn, [prepared])
      note = await noteOf()
      if (note === undefined) {
        const making = await createFrom(client, 'template0')
        note = await prepare(making)
        const name = new URL(making).pathname.slice(1)
        await client.query(`COMMENT ON DATABASE ${name} IS ${client.escapeLiteral(note)}`)
        // Under its name only once it is whole and nobody is connected to it.
        await client.query(`ALTER DATABASE ${name} RENAME TO ${prepared}`)
      }
      await client.query('SELECT pg_advisory_unlock(hashtext($1))', [prepared])
    }
    return { databaseUrl: await createFrom(client, prepared), note }
  })

/** What several test processes may need at once, and one alone has to make: the others wait here meanwhile. */
export const oneAtATime = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  onServer(async (client) => {
    // Until the connection ends.
    await client.query(waitForTurn, [name])
    return work()
  })

const waitForTurn = 'SELECT pg_advisory_lock(hashtext($1))'

async function createFrom(client: Client, template: string): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  return new URL(name, inject('postgresUrl')).href
}

const onServer = <T>(work: (client: Client) => Promise<T>): Promise<T> => connectedTo(inject('postgresUrl'), work)

async function connectedTo<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
