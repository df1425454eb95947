// People who asked to be forgotten. Only keyed hashes of their Gong and Slack ids are kept, so that later answers of Gong and Slack can leave
// them out. Everything that writes ids asks here.
import { createHmac } from 'node:crypto'
import { batchedByKey } from '../database/batch.ts'
import type { Database } from '../database/database.ts'
import { forgottenPeople } from '../schema/people.ts'

export interface Forgotten {
  /** Says of a Gong or Slack id whether to leave it out; read once per write, cheap per id. `tx`: as that transaction sees it. */
  gate(tx?: Database): Promise<(id: string) => boolean>
  /** Remembers under the store's own key and, when given, under `key` too. */
  remember(tx: Database, id: string, key: string): Promise<void>
}

const hashOf = (key: string, id: string): string => createHmac('sha256', key).update(id).digest('base64url')

/** Stands where the id of a forgotten person stood, in what others may still read. */
export const forgottenPerson = 'a forgotten person'

/** A hash takes longer than a look, and records of one person are many. */
function remembering(isForgotten: (id: string) => boolean): (id: string) => boolean {
  const known = new Map<string, boolean>()
  return (id) => {
    const before = known.get(id)
    if (before !== undefined) return before
    const now = isForgotten(id)
    known.set(id, now)
    return now
  }
}

/** `ownKey`: the same in every replica and at every start, else the hashes match nobody. */
export function createForgotten(db: Database, ownKey: string): Forgotten {
  const hashesIn = async (from: Database): Promise<ReadonlySet<string>> =>
    new Set((await from.select().from(forgottenPeople)).map(({ hash }) => hash))
  // Many write at one moment: what was sent is recorded for each digest of a Monday.
  const hashesNow = batchedByKey(async () => new Map([['now', await hashesIn(db)]]))
  return {
    async gate(tx) {
      const hashes = (await (tx ? hashesIn(tx) : hashesNow('now'))) ?? new Set<string>()
      return hashes.size === 0 ? () => false : remembering((id) => hashes.has(hashOf(ownKey, id)))
    },
    async remember(tx, id, key) {
      const rows = [...new Set([hashOf(ownKey, id), ...(key ? [hashOf(key, id)] : [])])].map((hash) => ({ hash }))
      await tx.insert(forgottenPeople).values(rows).onConflictDoNothing()
    },
  }
}
