// Where DATABASE_URL leads, and whether it is Postgres that answers there: one that ends each connection may be a server that starts, or
// something that will never be one.
import { connect } from 'node:net'
import { Client } from 'pg'

/** For the log. Empty where a sign of the password may stand in the host's place. */
export interface PostgresAddress {
  readonly host?: string | undefined
  readonly port?: number | undefined
}

/** @throws what `pg` throws of an address that is none */
export function addressOf(databaseUrl: string): PostgresAddress {
  const { host, port } = new Client({ connectionString: databaseUrl })
  const { pathname, search, hash } = URL.canParse(databaseUrl) ? new URL(databaseUrl) : { pathname: '@', search: '', hash: '' }
  // A password with a bare slash or question mark ends the host too early: its @ comes after.
  return `${pathname}${search}${hash}`.includes('@') ? {} : { host, port }
}

/** Source: Postgres, "Message Formats", SSLRequest. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
/** Yes, no, and an error: all that Postgres says to it, also while it starts. */
const answersOfPostgres = new Set(['S', 'N', 'E'])

/**
 * False where something answers in other words than Postgres. True also of what says nothing within `withinMs`, ends the connection, or waits
 * for TLS before any word: that may be a server that starts, or what stands before it.
 */
export function mayBePostgres(databaseUrl: string, withinMs: number): Promise<boolean> {
  const { host, port } = new Client({ connectionString: databaseUrl })
  const isTlsFirst = URL.canParse(databaseUrl) && new URL(databaseUrl).searchParams.get('sslnegotiation') === 'direct'
  if (isTlsFirst) return Promise.resolve(true)
  return new Promise((resolve) => {
    const socket = connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port })
    const end = (may: boolean) => {
      socket.destroy()
      resolve(may)
    }
    socket.setTimeout(withinMs, () => end(true))
    socket.once('error', () => end(true))
    socket.once('close', () => end(true))
    socket.once('connect', () => socket.write(sslRequest))
    socket.once('data', (answer) => end(answersOfPostgres.has(answer.toString('latin1', 0, 1))))
  })
}
