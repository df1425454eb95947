// Ends connections to a database again and again, as failovers, restarts and operators do.
import { Client } from 'pg'

export interface EndedConnections {
  /** How many were ended. */
  count(): number
  stop(): Promise<void>
}

/** Every `everyMs` about a third of the connections that stand, whatever they are doing. */
export async function endConnections(databaseUrl: string, everyMs: number): Promise<EndedConnections> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  let ended = 0
  let last: Promise<unknown> = Promise.resolve()
  const ending = setInterval(() => {
    last = last.then(async () => {
      const { rowCount } = await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.34`,
      )
      ended += rowCount ?? 0
    })
  }, everyMs)
  return {
    count: () => ended,
    async stop() {
      clearInterval(ending)
      await last
      await client.end()
    },
  }
}
