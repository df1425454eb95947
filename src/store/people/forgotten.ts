// People who asked to be forgotten. Only a keyed hash of their id is kept, so that later answers of Gong can leave them out. Whoever
// writes figures asks here; nothing else needs to know that somebody was forgotten.
import { createHmac } from 'node:crypto'
import type { PersonId } from '../../domain/person.ts'
import type { Database } from '../database/database.ts'
import { forgottenPeople } from '../schema/people.ts'

export interface Forgotten {
  /** Says of a person whether to leave them out; read once per write, cheap per person. */
  gate(db: Database): Promise<(personId: PersonId) => boolean>
  /** Remembers under the store's own key and, when given, under `key` too. */
  remember(db: Database, personId: PersonId, key: string): Promise<void>
}

const hashOf = (key: string, personId: PersonId): string => createHmac('sha256', key).update(personId).digest('base64url')

/** `ownKey`: the same in every replica and at every start, else the hashes match nobody. */
export function createForgotten(ownKey: string): Forgotten {
  return {
    async gate(db) {
      const hashes = new Set((await db.select().from(forgottenPeople)).map((row) => row.hash))
      return hashes.size === 0 ? () => false : (personId) => hashes.has(hashOf(ownKey, personId))
    },
    async remember(db, personId, key) {
      const rows = [...new Set([hashOf(ownKey, personId), ...(key ? [hashOf(key, personId)] : [])])].map((hash) => ({ hash }))
      await db.insert(forgottenPeople).values(rows).onConflictDoNothing()
    },
  }
}
