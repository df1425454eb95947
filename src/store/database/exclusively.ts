// Work that only one replica does at a time. On Postgres it holds a session's advisory lock, which ends with the session: a killed replica
// never leaves a lock behind. One session holds all locks of this process, so that the pool's other connections stay free for the
// work itself. A pooler that shares sessions between transactions would break it.
import type { Pool, PoolClient } from 'pg'

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
  // Advisory locks are re-entrant per session, so contention inside this process is tracked here.
  const here = exclusivelyHere()
  let session: LockSession | undefined
  return (name, work) =>
    here(name, async () => {
      const key = `gong-digest ${name}`
      if (!session || session.broken) session = openSession(pool)
      const mine = session
      mine.holders += 1
      try {
        if (!(await ask(mine, 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS done', key))) return undefined
        try {
          return await work()
        } finally {
          await ask(mine, 'SELECT pg_advisory_unlock(hashtextextended($1, 0)) AS done', key).catch(() => undefined)
        }
      } finally {
        mine.holders -= 1
        if (mine.holders === 0) {
          if (session === mine) session = undefined
          await mine.close()
        }
      }
    })
}

interface LockSession {
  readonly client: Promise<PoolClient>
  /** Questions are asked one after the other. */
  last: Promise<unknown>
  /** Work under way that holds a lock of it, or asks for one. */
  holders: number
  /** Its connection is gone, and its locks with it. */
  broken: Error | undefined
  close(): Promise<void>
}

function openSession(pool: Pool): LockSession {
  const client = pool.connect()
  const onError = (error: Error): void => {
    session.broken = error
  }
  const session: LockSession = {
    client,
    last: client.catch(() => undefined),
    holders: 0,
    broken: undefined,
    async close() {
      const opened = await client.catch(() => undefined)
      opened?.off('error', onError)
      opened?.release(session.broken)
    },
  }
  client.then((opened) => opened.on('error', onError), onError)
  return session
}

async function ask(session: LockSession, question: string, key: string): Promise<boolean> {
  const asked = session.last.then(async () => {
    const { rows } = await (await session.client).query<{ done: boolean }>(question, [key])
    return rows[0]?.done === true
  })
  session.last = asked.catch((error: Error) => {
    session.broken ??= error
  })
  return asked
}
