// Writes rows so that one the database refuses for its values never stops the others: it is left out and returned. The text of rows is
// cleaned where it enters; this is the last line, for what nobody thought of. Knows no table.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { chunkRows, type Database } from './database.ts'

/**
 * Inside a transaction. Rows go in chunks, other work runs between two of them. Returns the refused rows; none as a rule.
 * @throws whatever is not about a row's values (a full disk, a lost connection).
 */
export async function writeAccepted<T>(
  tx: Database,
  rows: readonly T[],
  write: (db: Database, chunk: readonly T[]) => Promise<unknown>,
): Promise<readonly T[]> {
  const refused: T[] = []
  for (let start = 0; start < rows.length; start += chunkRows) {
    if (start > 0) await nextTurn()
    await writeHalving(tx, rows.slice(start, start + chunkRows), write, refused)
  }
  return refused
}

/** A chunk that is refused is written in halves until the row at fault stands alone. A savepoint keeps the transaction usable. */
async function writeHalving<T>(
  tx: Database,
  rows: readonly T[],
  write: (db: Database, chunk: readonly T[]) => Promise<unknown>,
  refused: T[],
): Promise<void> {
  if (rows.length === 0) return
  try {
    await tx.transaction((savepoint) => write(savepoint, rows))
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
