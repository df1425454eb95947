// What nearly every answer asks about the company: when people and directory last changed, the usual settings, the programmes. One
// statement reads them all, and a reading (one-reading.ts) asks it once.
import { getTableColumns, sql } from 'drizzle-orm'
import type { Programme } from '../domain/programme.ts'
import { onceAReading } from '../one-reading.ts'
import { type AskRows, batchedByKey, type JoinedQueries } from './database/batch.ts'
import { present } from './database/database.ts'
import { programmes } from './schema/digests.ts'

export interface CompanyFacts {
  readonly versions: ReadonlyMap<'people' | 'directory' | 'sights', { readonly value: number; readonly readAt: Date | undefined }>
  /** Of the usual keys, by `valueKey`. */
  readonly values: ReadonlyMap<string, string>
  /** Oldest first. */
  readonly programmes: readonly Programme[]
}

export type CompanyFactsNow = () => Promise<CompanyFacts>

/** Where a value of the tenant is. */
export interface ValuePlace {
  readonly space: 'fact' | 'setting'
  readonly key: string
}

export const valueKey = ({ space, key }: ValuePlace): string => `${space} ${key}`

interface FactsRow {
  readonly versions: readonly {
    readonly name: 'people' | 'directory' | 'sights'
    readonly value: number
    readonly readAtMs: number | null
  }[]
  readonly values: readonly (ValuePlace & { readonly value: string })[] | null
  readonly programmes: readonly (Omit<Programme, 'createdAt'> & { readonly createdAt: number })[] | null
}

/** `usual`: values that most answers ask for. */
export function createCompanyFacts(queries: JoinedQueries, usual: readonly ValuePlace[]): CompanyFactsNow {
  const read = batchedByKey(async () => new Map([['now', await readFacts(queries.for(1), usual)]]))
  const once = onceAReading(() => read('now'))
  return async () => (await once('now')) as CompanyFacts
}

async function readFacts(ask: AskRows, usual: readonly ValuePlace[]): Promise<CompanyFacts> {
  const [row] = await ask<FactsRow>(
    sql`SELECT
      (SELECT json_agg(json_build_object('name', name, 'value', value, 'readAtMs', ${sql.raw(msOf('read_at'))})) FROM versions) AS versions,
      (SELECT json_agg(json_build_object('space', space, 'key', key, 'value', value)) FROM tenant_values
        JOIN jsonb_to_recordset(${JSON.stringify(usual)}::jsonb) AS asked(space text, key text) USING (space, key) WHERE value IS NOT NULL) AS values,
      (SELECT json_agg(json_build_object(${programmeFields}) ORDER BY created_at, id) FROM programmes) AS programmes`,
  )
  return {
    versions: new Map(
      row?.versions.map(({ name, value, readAtMs }) => [name, { value, readAt: readAtMs === null ? undefined : new Date(readAtMs) }]),
    ),
    values: new Map(row?.values?.map(({ value, ...place }) => [valueKey(place), value])),
    programmes: (row?.programmes ?? []).map((programme): Programme => present({ ...programme, createdAt: new Date(programme.createdAt) })),
  }
}

const msOf = (column: string): string => `(extract(epoch FROM "${column}") * 1000)::float8`

/** Each field of a programme and its column, as one text; the instant in milliseconds. */
const programmeFields = sql.raw(
  Object.entries(getTableColumns(programmes))
    .map(([field, { name }]) => `'${field}', ${field === 'createdAt' ? msOf(name) : `"${name}"`}`)
    .join(', '),
)
