// Ids inside texts, by which a text is cleared or changed: whole ones, so that 123 is not found in 1234.
import { type SQL, sql } from 'drizzle-orm'

/** For Postgres: one of these, with no letter or digit beside it. */
const patternOf = (ids: readonly string[]): string =>
  `(?<![[:alnum:]])(?:${ids.map((id) => id.replace(/[^\p{L}\p{N}]/gu, '\\$&')).join('|')})(?![[:alnum:]])`

/** Whether a text has one of these ids. A pattern is slow, so it is first asked whether the id is there at all. */
export function hasOneOf(ids: readonly string[], text: SQL): SQL {
  if (ids.length === 0) return sql`false`
  return sql`(EXISTS (SELECT 1 FROM unnest(${sql.param(ids)}::text[]) AS id WHERE position(id in ${text}) > 0) AND ${text} ~ ${patternOf(ids)})`
}

/** The same of JSON, where the letter of an escape may stand before the id: a new line is written as a backslash and n. */
export function jsonHasOneOf(ids: readonly string[], json: SQL): SQL {
  if (ids.length === 0) return sql`false`
  return sql`(EXISTS (SELECT 1 FROM unnest(${sql.param(ids)}::text[]) AS id WHERE position(id in ${json}) > 0)
    AND regexp_replace(${json}, '\\\\(u[0-9a-fA-F]{4}|.)', ' ', 'g') ~ ${patternOf(ids)})`
}

/** The text with these words in place of the id. */
export const withoutId = (id: string, words: string, text: SQL): SQL => sql`regexp_replace(${text}, ${patternOf([id])}, ${words}, 'g')`
