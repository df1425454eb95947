// Names inside texts, by which a text is cleared: whole ones, so that Ann is not found in Annual. What is not sure counts as found.
import { type SQL, sql } from 'drizzle-orm'

/** Of Latin, Greek, Cyrillic and Armenian, as ranges in a pattern; written out, because what a database takes for a letter depends on its locale. */
const letters =
  '0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0300-\u036f\u0370-\u0373\u0376-\u037d\u0386\u0388-\u0481\u0483-\u0556\u0561-\u0587\u1e00-\u1fff'
const isLetter = new RegExp(`^[${letters}]$`, 'u')

/**
 * For Postgres, and the same here: one of these with no letter beside it but the s of a genitive. Other scripts write words without spaces, or join a word to a name:
 * there it is enough that the name is inside.
 */
const patternOf = (names: readonly string[]): string => names.map(wholeName).join('|')

function wholeName(name: string): string {
  const characters = [...name]
  const begin = isLetter.test(characters[0] ?? '') ? `(?<![${letters}])` : ''
  const end = isLetter.test(characters.at(-1) ?? '') ? `s?(?![${letters}])` : ''
  return begin + name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') + end
}

/** Whether a text has one of these names, given as the text writes them. */
export function isNameIn(text: string, names: readonly string[]): boolean {
  const asked = names.filter((name) => name.trim() !== '' && text.includes(name))
  return asked.length > 0 && new RegExp(patternOf(asked), 'u').test(text)
}

/**
 * The same of JSON in the database, where the letter of an escape may stand before a name, and names have escapes too. A pattern is slow, so it
 * is first asked whether a name is there at all.
 */
export function jsonSaysName(names: readonly string[], json: SQL): SQL {
  const asked = names.filter((name) => name.trim() !== '').map((name) => JSON.stringify(name).slice(1, -1))
  if (asked.length === 0) return sql`false`
  const withoutEscapes = asked.map((name) => name.replace(/\\(?:u[0-9a-fA-F]{4}|.)/gu, ' '))
  return sql`(EXISTS (SELECT 1 FROM unnest(${sql.param(asked)}::text[]) AS known WHERE position(known in ${json}) > 0)
    AND regexp_replace(${json}, '\\\\(u[0-9a-fA-F]{4}|.)', ' ', 'g') ~ ${patternOf(withoutEscapes)})`
}
