// How many processes serve on this database now: each keeps a row with a lease, beside the locks of the work it does.
import { sql } from 'drizzle-orm'
import { type Database, rowsOf } from './database.ts'

export interface Replicas {
  /** As of the last half minute, this one included. */
  count(): number
  leave(): Promise<void>
}

export const aloneHere: Replicas = { count: () => 1, leave: async () => undefined }

const renewEveryMs = 30_000
/** A process that died counts for so long. */
const lease = sql`interval '90 seconds'`

export async function joinReplicas(db: Database): Promise<Replicas> {
  const name = `replica ${crypto.randomUUID()}`
  let known = 1
  const renew = async (): Promise<void> => {
    await db.execute(sql`INSERT INTO work_locks (name, holder, held_until) VALUES (${name}, '', clock_timestamp() + ${lease})
      ON CONFLICT (name) DO UPDATE SET held_until = excluded.held_until`)
    await db.execute(sql`DELETE FROM work_locks WHERE name LIKE 'replica %' AND held_until < clock_timestamp()`)
    const [row] = await rowsOf<{ count: number }>(db, sql`SELECT count(*)::integer AS count FROM work_locks WHERE name LIKE 'replica %'`)
    known = Math.max(1, row?.count ?? 1)
  }
  await renew()
  // One that fails leaves two more before the lease ends.
  const renewing = setInterval(() => void renew().catch(() => undefined), renewEveryMs)
  renewing.unref()
  return {
    count: () => known,
    async leave() {
      clearInterval(renewing)
      await db.execute(sql`DELETE FROM work_locks WHERE name = ${name}`).catch(() => undefined)
    },
  }
}
