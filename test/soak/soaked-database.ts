// The database of the soak: the app comes by way of a network that can go wrong, as a user whom the server can turn away; whoever causes
// the faults stands beside it.
import { Client } from 'pg'
import { type FaultyNetwork, faultyNetwork } from '../kit/faulty-network.ts'

export interface SoakedDatabase {
  /** For the app. */
  readonly url: string
  readonly network: FaultyNetwork
  /** As the server's administrator. */
  ask<Row extends object>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** All connections of the app, whatever they are doing. */
  endConnections(): Promise<void>
  readonly name: string
  /** The app's user. */
  readonly user: string
  close(): Promise<void>
}

/** `databaseUrl`: an empty database, as its administrator. */
export async function soakedDatabase(databaseUrl: string): Promise<SoakedDatabase> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const name = new URL(databaseUrl).pathname.slice(1)
  const user = `soak_${crypto.randomUUID().slice(0, 8)}`
  await client.query(`CREATE ROLE ${user} LOGIN`)
  await client.query(`ALTER DATABASE ${name} OWNER TO ${user}`)
  const own = new URL(databaseUrl)
  own.username = user
  const network = await faultyNetwork(own.href)
  return {
    url: network.url,
    network,
    name,
    user,
    ask: async <Row extends object>(statement: string, values: readonly unknown[] = []) =>
      (await client.query(statement, [...values])).rows as readonly Row[],
    async endConnections() {
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [user])
    },
    async close() {
      await network.close()
      await client.end()
    },
  }
}
