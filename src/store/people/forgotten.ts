// People who asked to be forgotten. Only keyed hashes of their Gong and Slack ids are kept, so that later answers of Gong and Slack can leave
// them out. Everything that writes ids asks here.
import { createHmac } from 'node:crypto'
import type { Database } from '../database/database.ts'
import { forgottenPeople } from '../schema/people.ts'

export interface Forgotten {
  /** Says of a Gong or Slack id whether to leave it out; read once per write, cheap per id. */
  gate(db: Database): Promise<(id: string) => boolean>
  /** Remembers under the store's own key and, when given, under `key` too. */
  remember(db: Database, id: string, key: string): Promise<void>
}

const hashOf = (key: string, id: string): string => createHmac('sha256', key).update(id).digest('base64url')

/** Stands where the id of a forgotten person stood, in what others may still read. */
export const forgottenPerson = 'a forgotten person'

/** `ownKey`: the same in every replica and at every start, else the hashes match nobody. */
export function createForgotten(ownKey: string): Forgotten {
  return {
    async gate(db) {
      const hashes = new Set((await db.select().from(forgottenPeople)).map((row) => row.hash))
      return hashes.size === 0 ? () => false : (id) => hashes.has(hashOf(ownKey, id))
    },
    async remember(db, id, key) {
      const rows = [...new Set([hashOf(ownKey, id), ...(key ? [hashOf(key, id)] : [])])].map((hash) => ({ hash }))
      await db.insert(forgottenPeople).values(rows).onConflictDoNothing()
    },
  }
}
