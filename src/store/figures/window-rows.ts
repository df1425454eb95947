// How each kind of window is laid out in its table: the column that names the person, and the figures beside it. Rows are written from
// one JSON text per chunk and read back as one JSON text per window, so that a read is one statement of one moment.
import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { ActivityCounters, CoachingCounts, InteractionFigures } from '../../domain/gong-figures.ts'
import type { PersonId } from '../../domain/person.ts'
import { activityRows, coachingRows, interactionRows } from '../schema/figures.ts'

export type WindowKind = 'interaction' | 'activity' | 'coaching'

export interface WindowRows {
  readonly interaction: InteractionFigures
  readonly activity: ActivityCounters
  readonly coaching: CoachingCounts
}

export interface RowShape<K extends WindowKind> {
  readonly table: SQL
  /** The column whose person a window or a question is about. */
  readonly owner: SQL
  ownerOf(row: WindowRows[K]): PersonId
  /** Two rows with the same key are one: the later wins. */
  keyOf(row: WindowRows[K]): string
  /** `INSERT` of a JSON list into the windows it names by `scope`; rows of other scopes are left out. */
  insert(json: string, windows: ReadonlyMap<string, number>): SQL
  /** One JSON list of this window's rows of the people in `ids`, each a list of its columns; null when there are none. */
  select(windowId: SQL, ids: SQL): SQL
  /** One of those lists as a row. */
  rowFrom(values: readonly unknown[]): WindowRows[K]
}

function shapeOf<K extends WindowKind>(
  rows: PgTable,
  owner: string,
  ownerOf: (row: WindowRows[K]) => PersonId,
  keyOf: (row: WindowRows[K]) => string,
): RowShape<K> {
  const columns = Object.entries(getTableColumns(rows)).filter(([field]) => field !== 'windowId')
  const ownerColumn = columns.find(([field]) => field === owner)?.[1]
  if (!ownerColumn) throw new TypeError(`no column ${owner}`)
  const table = sql.identifier(getTableName(rows))
  const list = (part: (field: string, column: (typeof columns)[number][1]) => SQL): SQL =>
    sql.join(
      columns.map(([field, column]) => part(field, column)),
      sql`, `,
    )
  const names = list((_, column) => sql`${sql.identifier(column.name)}`)
  const given = list((field) => sql`given.${sql.identifier(field)}`)
  const typed = list((field, column) => sql`${sql.identifier(field)} ${sql.raw(column.getSQLType())}`)
  const fields = columns.map(([field]) => field)
  // One text: it is part of every question about figures, which is put together anew each time.
  const values = sql.raw(columns.map(([, { name }]) => `r."${name}"`).join(', '))
  const ownerName = sql`${sql.identifier(ownerColumn.name)}`
  return {
    table: sql`${table}`,
    owner: ownerName,
    ownerOf,
    keyOf,
    insert(json, windows) {
      const scopes = JSON.stringify([...windows].map(([scope, id]) => ({ scope, id })))
      return sql`INSERT INTO ${table} (window_id, ${names}) SELECT w.id, ${given}
        FROM jsonb_to_recordset(${json}::jsonb) AS given(${typed})
        JOIN jsonb_to_recordset(${scopes}::jsonb) AS w(id bigint, scope text) ON w.scope = 'all' OR w.scope = given.${sql.identifier(owner)}`
    },
    select: (windowId, ids) =>
      sql`(SELECT json_agg(json_build_array(${values})) FROM ${table} AS r WHERE r.window_id = ${windowId} AND r.${ownerName} = ANY(${ids}))`,
    rowFrom(given) {
      const row: Record<string, unknown> = {}
      given.forEach((value, index) => {
        if (value !== null) row[fields[index] ?? ''] = value
      })
      return row as unknown as WindowRows[K]
    },
  }
}

export const rowShapes: { readonly [K in WindowKind]: RowShape<K> } = {
  interaction: shapeOf<'interaction'>(
    interactionRows,
    'personId',
    (row) => row.personId,
    (row) => row.personId,
  ),
  activity: shapeOf<'activity'>(
    activityRows,
    'personId',
    (row) => row.personId,
    (row) => row.personId,
  ),
  coaching: shapeOf<'coaching'>(
    coachingRows,
    'managerId',
    (row) => row.managerId,
    (row) => `${row.managerId} ${row.reportId ?? ''}`,
  ),
}
