// People who asked to be forgotten. Only keyed hashes of their Gong and Slack ids are kept, so that later answers of Gong and Slack can leave
// them out. Everything that writes ids asks here.
import { createHmac } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { batchedByKey } from '../database/batch.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { forgottenPeople } from '../schema/people.ts'
import { forgettingsNow, unlessForgottenSince } from './forgettings.ts'

/** Says of a Gong or Slack id whether to leave it out; cheap per id. */
export type LeftOut = (id: string) => boolean

export interface Forgotten {
  /**
   * Read once per write. `tx`: nobody is forgotten from here to the end of that transaction, so what it writes holds nobody who is. Asked
   * before the turn of figures is taken, which forgetting takes too, and after the version of the people.
   */
  gate(tx?: Database): Promise<LeftOut>
  /**
   * The same without asking, for a write of one statement: as it was read last, with a table to be joined by that statement, which then writes
   * nothing where somebody was forgotten since. Undefined before it was ever read.
   */
  asLastRead(): { readonly leftOut: LeftOut; readonly unlessSince: SQL } | undefined
  /** What is to be written, prepared before its transaction. Inside it, `gate` is asked; it is prepared again where somebody was forgotten since. */
  prepared<Kept>(prepare: (leftOut: LeftOut) => Promise<Kept>): Promise<(tx: Database) => Promise<Kept>>
  /** Remembers under the store's own key and, when given, under `key` too. Waits for whoever asked inside a transaction. */
  remember(tx: Database, id: string, key: string): Promise<void>
}

const hashOf = (key: string, id: string): string => createHmac('sha256', key).update(id).digest('base64url')

/** Gives a hash, under the store's own key, for what is made of ids and kept: without the key it says nothing about somebody forgotten. */
export type KeyedHash = (text: string) => string

export const keyedHash =
  (ownKey: string): KeyedHash =>
  (text) =>
    hashOf(ownKey, text)

/** The name of work with a keyed hash in place of the ids of those whom it is for, which end it. */
export const withoutIds = (name: string, ownKey: string): string =>
  name.replace(/(?<= )(?:[UW][A-Z0-9]+|[0-9]+(?:,[0-9]+)*)$/, (ids) => hashOf(ownKey, ids))

/** Stands where the id of a forgotten person stood, in what others may still read. */
export const forgottenPerson = 'a forgotten person'

/** A hash takes longer than a look, and records of one person are many. */
function remembering(isForgotten: LeftOut): LeftOut {
  const known = new Map<string, boolean>()
  return (id) => {
    const before = known.get(id)
    if (before !== undefined) return before
    const now = isForgotten(id)
    known.set(id, now)
    return now
  }
}

/** Until the transaction ends. Any number write beside each other. */
const holding = (tx: Database, to: 'to write' | 'to forget') =>
  tx.execute(sql`SELECT ${sql.raw(to === 'to write' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')}(hashtext('forgetting'))`)

/** `ownKey`: the same in every replica and at every start, else the hashes match nobody. */
export function createForgotten(db: Database, ownKey: string): Forgotten {
  let known: ReadonlySet<string> = new Set()
  /** How often somebody had been forgotten when `known` was read. */
  let forgettings: number | undefined
  const hashesIn = async (from: Database): Promise<ReadonlySet<string>> => {
    const [row] = await rowsOf<{ readonly hashes: readonly string[] | null; readonly forgettings: number }>(
      from,
      sql`SELECT (SELECT json_agg(hash) FROM ${forgottenPeople}) AS hashes, ${forgettingsNow} AS forgettings`,
    )
    known = new Set(row?.hashes)
    forgettings = row?.forgettings
    return known
  }
  /** The lock is a statement of its own: the next one sees who was forgotten while this one waited. */
  const hashesHeld = async (tx: Database): Promise<ReadonlySet<string>> => {
    await holding(tx, 'to write')
    return hashesIn(tx)
  }
  // Many write at one moment: what was sent is recorded for each digest of a Monday.
  const hashesNow = batchedByKey(async () => new Map([['now', await hashesIn(db)]]))
  const gateOf = (hashes: ReadonlySet<string>): LeftOut =>
    hashes.size === 0 ? () => false : remembering((id) => hashes.has(hashOf(ownKey, id)))
  return {
    gate: async (tx) => gateOf((await (tx ? hashesHeld(tx) : hashesNow('now'))) ?? new Set()),
    asLastRead: () => (forgettings === undefined ? undefined : { leftOut: gateOf(known), unlessSince: unlessForgottenSince(forgettings) }),
    async prepared(prepare) {
      const before = known
      const first = await prepare(gateOf(before))
      return async (tx) => {
        const now = await hashesHeld(tx)
        return now.isSubsetOf(before) ? first : prepare(gateOf(now))
      }
    },
    async remember(tx, id, key) {
      await holding(tx, 'to forget')
      const rows = [...new Set([hashOf(ownKey, id), ...(key ? [hashOf(key, id)] : [])])].map((hash) => ({ hash }))
      await tx.insert(forgottenPeople).values(rows).onConflictDoNothing()
    },
  }
}
