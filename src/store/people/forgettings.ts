// How often somebody was forgotten. Whoever writes down what others will read compares it with what it was when they began: a name and figures
// that were read before a forgetting must not be kept after it.
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../database/database.ts'

/** As it is now, as a value inside a statement. */
export const forgettingsNow: SQL<number> = sql<number>`(SELECT value FROM versions WHERE name = 'forgotten')`

/**
 * A table of one `value`, to be joined by a statement that writes only what nobody was forgotten in. Until that is committed nobody is
 * forgotten, and it waits for whoever is being forgotten; it is read before the statement locks any row. Unasked it locks nothing.
 */
export const forgettingsHeld = (isAsked: boolean): SQL =>
  isAsked ? sql`(SELECT value FROM versions WHERE name = 'forgotten' FOR SHARE)` : sql`(SELECT NULL::int AS value)`

/** The same for what is written only while nobody was forgotten since there were so many: one row then, none otherwise. */
export const unlessForgottenSince = (forgettings: number): SQL =>
  sql`(SELECT 1 FROM versions WHERE name = 'forgotten' AND value = ${forgettings} FOR SHARE)`

/** From here on to the end of the transaction nobody keeps what they made before. Ahead of what is cleared. */
export async function countForgetting(tx: Database): Promise<void> {
  await tx.execute(sql`UPDATE versions SET value = value + 1 WHERE name = 'forgotten'`)
}
