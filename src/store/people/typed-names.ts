// Names as people type them: in capitals or not, in either Unicode form, mostly the first name alone. They are compared here and not by the
// database, whose lower() leaves a capital beyond ASCII as it is where its locale is C.
import { sql } from 'drizzle-orm'
import { type Database, rowsOf } from '../database/database.ts'
import { isNameIn } from './names-in-texts.ts'
import { folded, partsOfNames } from './parts-of-names.ts'

/** As little as others may have written of somebody. */
interface Looked {
  readonly ids: readonly string[]
  readonly names: readonly string[]
}

/** Digests that are called by one of these ids, by a name or by a word of it. */
export async function digestsCalled(tx: Database, { ids, names }: Looked): Promise<readonly string[]> {
  const words = partsOfNames(names)
  const whole = names.map(folded)
  const byId = ids.map(folded)
  const called = await rowsOf<{ readonly id: string; readonly name: string }>(
    tx,
    sql`SELECT id, name FROM subscriptions WHERE name IS NOT NULL`,
  )
  return called.flatMap(({ id, name }) => {
    const text = folded(name)
    return hasWord(text, byId) || isNameIn(text, [...whole, ...words]) ? [id] : []
  })
}

/** Bodies are long; so many are held at a time. */
const bodiesAtOnce = 200

/** Messages that were stored before bodies noted whom they name, and have one of these words. */
export async function unnotedMessages(tx: Database, words: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  if (words.length === 0) return found
  for (let after = ''; ; ) {
    const rows = await rowsOf<{ readonly id: string; readonly body: string }>(
      tx,
      sql`SELECT id, body FROM deliveries WHERE body IS NOT NULL AND position('"mentions":' in body) = 0 AND id > ${after}
        ORDER BY id LIMIT ${bodiesAtOnce}`,
    )
    // An escape is written with a letter, which would stand before the word.
    for (const { id, body } of rows) if (isNameIn(folded(body.replaceAll('\\n', ' ')), words)) found.push(id)
    const last = rows.at(-1)
    if (!last || rows.length < bodiesAtOnce) return found
    after = last.id
  }
}

/** Whether a folded text has one of these as a word of its own. */
function hasWord(text: string, words: readonly string[]): boolean {
  if (!words.some((word) => text.includes(word))) return false
  const spaced = ` ${text.replace(/[\p{P}\p{S}\s]+/gu, ' ')} `
  return words.some((word) => spaced.includes(` ${word} `))
}
