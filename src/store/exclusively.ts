// Work that only one replica does at a time. On Postgres an advisory lock of a session: it ends with the session, so a killed
// replica never leaves one behind. (A pooler that shares sessions between transactions would break it.)
import type { Pool } from 'pg'

/** Runs `work` while nobody else runs work of that name; undefined at once when somebody does. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>

export function exclusivelyHere(): Exclusively {
  const running = new Set<string>()
  return async (name, work) => {
    if (running.has(name)) return undefined
    running.add(name)
    try {
      return await work()
    } finally {
      running.delete(name)
    }
  }
}

export function exclusivelyOnPostgres(pool: Pool): Exclusively {
  const here = exclusivelyHere()
  return (name, work) =>
    here(name, async () => {
      const client = await pool.connect()
      let broken: Error | undefined
      const onError = (error: Error) => {
        broken = error
      }
      client.on('error', onError)
      try {
        const key = `gong-digest ${name}`
        const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [key])
        if (!rows[0]?.taken) return undefined
        try {
          return await work()
        } finally {
          await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch(onError)
        }
      } finally {
        client.off('error', onError)
        client.release(broken)
      }
    })
}
