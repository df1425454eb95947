// Writes rows so that one the database refuses for its values never stops the others: it is left out and returned. The text of rows is
// cleaned where it enters; this is the last line, for what nobody thought of. Knows no table.
import { type Database, inChunks } from './database.ts'

/** Writes rows in chunks; other work runs between two of them. Returns the refused rows; none as a rule. */
export type WriteAccepted = <T>(rows: readonly T[], write: WriteChunk<T>) => Promise<readonly T[]>

/** `json`: the list of the chunk's rows. */
type WriteChunk<T> = (db: Database, json: string, chunk: readonly T[]) => Promise<unknown>

export type WriteInTransaction<Result> = (tx: Database, writeAccepted: WriteAccepted) => Promise<Result>

/**
 * One transaction. `work` is done again, in a second one, where the database refused a row in the first: only then does each chunk get a
 * savepoint of its own, for which no row has to wait otherwise.
 * @throws whatever is not about a row's values (a full disk, a lost connection).
 */
export async function withAcceptedRows<Result>(db: Database, work: WriteInTransaction<Result>): Promise<Result> {
  try {
    return await db.transaction((tx) =>
      work(tx, async (rows, write) => {
        await inChunks(rows, (json, chunk) => write(tx, json, chunk))
        return []
      }),
    )
  } catch (error) {
    if (!isAboutValues(error)) throw error
  }
  return db.transaction((tx) =>
    work(tx, async <T>(rows: readonly T[], write: WriteChunk<T>) => {
      const refused: T[] = []
      await inChunks(rows, (_, chunk) => writeHalving(tx, chunk, write, refused))
      return refused
    }),
  )
}

/** A chunk that is refused is written in halves until the row at fault stands alone. A savepoint keeps the transaction usable. */
async function writeHalving<T>(tx: Database, rows: readonly T[], write: WriteChunk<T>, refused: T[]): Promise<void> {
  if (rows.length === 0) return
  try {
    await tx.transaction((savepoint) => write(savepoint, JSON.stringify(rows), rows))
  } catch (error) {
    if (!isAboutValues(error)) throw error
    if (rows.length === 1) {
      refused.push(...rows)
      return
    }
    const middle = rows.length >> 1
    await writeHalving(tx, rows.slice(0, middle), write, refused)
    await writeHalving(tx, rows.slice(middle), write, refused)
  }
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint), as either driver reports them under the query's own error. */
function isAboutValues(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && /^2[23]/.test(code)) return true
  }
  return false
}
