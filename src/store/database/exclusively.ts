// Work that only one replica does at a time. On Postgres the lock is a row with a lease on the database's clock, renewed while the work
// runs: a killed replica's lock ends by itself, and no session has to be kept for it.
import { sql } from 'drizzle-orm'
import { type Database, rowsOf } from './database.ts'

/** Runs `work` while nobody else runs work of that name; undefined at once when somebody does. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>

/** Shorter than the queue takes to notice a dead process: work that it hands on finds the lock free. */
const usualLeaseMs = 9_000

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

export function exclusivelyOnPostgres(db: Database, leaseMs = usualLeaseMs): Exclusively {
  const here = exclusivelyHere()
  const until = sql`clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'`
  return (name, work) =>
    here(name, async () => {
      const holder = crypto.randomUUID()
      const taken = await rowsOf(
        db,
        // A lease further ahead than any lasts was written by a clock that went wrong.
        sql`INSERT INTO work_locks AS held (name, holder, held_until) VALUES (${name}, ${holder}, ${until})
          ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
          WHERE held.held_until <= clock_timestamp() OR held.held_until > clock_timestamp() + interval '1 hour' RETURNING name`,
      )
      if (taken.length === 0) return undefined
      const renew = () => db.execute(sql`UPDATE work_locks SET held_until = ${until} WHERE name = ${name} AND holder = ${holder}`)
      // One that fails leaves two more before the lease ends.
      const renewing = setInterval(() => void renew().catch(() => undefined), leaseMs / 3)
      renewing.unref()
      try {
        return await work()
      } finally {
        clearInterval(renewing)
        await db.execute(sql`DELETE FROM work_locks WHERE name = ${name} AND holder = ${holder}`).catch(() => undefined)
      }
    })
}
