// Windows: one statistics answer over one exact period, replaced whole. A company window (`scope: 'all'`) covers everybody;
// a scoped read keeps one small window per person asked about. Readers never see half of one.

import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { ActivityCounters, CoachingCounts, InteractionFigures } from '../domain/gong-figures.ts'
import { type Period, periodKey } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { WindowAnswer } from '../domain/reads.ts'
import { type Database, inChunks, rowsOf } from './database.ts'
import type { Forgotten } from './forgotten.ts'
import { windows } from './schema/figures.ts'
import { together } from './together.ts'
import { type RowShape, rowShapes } from './window-rows.ts'

export type WindowKind = 'interaction' | 'activity' | 'coaching'

export interface WindowRows {
  readonly interaction: InteractionFigures
  readonly activity: ActivityCounters
  readonly coaching: CoachingCounts
}

export interface WindowState {
  readonly kind: WindowKind
  readonly period: Period
  readonly scope: 'all' | PersonId
  readonly readAt: Date
  /** Read more than 7 days after it ended: never read again. */
  readonly final: boolean
  readonly rows: number
  readonly quarantined: number
}

export interface WindowStore {
  /** Replaces a company window in one transaction. */
  replace<K extends WindowKind>(
    kind: K,
    period: Period,
    answer: { rows: readonly WindowRows[K][]; quarantinedIds: readonly PersonId[]; quarantined: number; readAt: Date; final: boolean },
  ): Promise<void>
  /** Replaces the one-person windows of everybody in `personIds` (people without a row were read and have none). */
  replaceFor<K extends WindowKind>(
    kind: K,
    period: Period,
    personIds: readonly PersonId[],
    answer: { rows: readonly WindowRows[K][]; quarantinedIds: readonly PersonId[]; quarantined: number; readAt: Date; final: boolean },
  ): Promise<void>
  /** A person's row comes from the company window when there is one that is not older, else from their own. */
  read<K extends Exclude<WindowKind, 'coaching'>>(
    kind: K,
    period: Period,
    personIds: readonly PersonId[],
  ): Promise<WindowAnswer<WindowRows[K]>>
  readCoaching(period: Period, managerIds: readonly PersonId[]): Promise<WindowAnswer<readonly CoachingCounts[]>>
  states(): Promise<readonly WindowState[]>
  state(kind: WindowKind, period: Period, scope: 'all' | PersonId): Promise<WindowState | undefined>
}

interface WindowQuestion {
  readonly period: Period
  readonly personIds: readonly PersonId[]
}

interface FoundWindow<Row> {
  readonly scope: string
  readonly readAtMs: number
  /** Records set aside of which nobody can say whose they were. */
  readonly unattributed: number
  readonly quarantinedIds: ReadonlySet<PersonId>
  readonly rowsOf: ReadonlyMap<PersonId, readonly Row[]>
}

export function createWindowStore(db: Database, forgotten: Forgotten): WindowStore {
  type Answer<K extends WindowKind> = Omit<Parameters<WindowStore['replace']>[2], 'rows'> & { readonly rows: readonly WindowRows[K][] }

  async function write<K extends WindowKind>(kind: K, period: Period, scopes: readonly string[], answer: Answer<K>): Promise<void> {
    const shape: RowShape<K> = rowShapes[kind]
    const leftOut = await forgotten.gate(db)
    const everybody = scopes.includes('all')
    const asked = new Set(scopes.filter((scope) => !leftOut(scope)))
    const kept = (id: PersonId) => (everybody ? !leftOut(id) : asked.has(id))
    const rows = [...new Map(answer.rows.map((row) => [shape.keyOf(row), row])).values()].filter((row) => {
      const reportId = 'reportId' in row ? row.reportId : undefined
      return kept(shape.ownerOf(row)) && !(reportId !== undefined && leftOut(reportId))
    })
    const quarantinedIds = answer.quarantinedIds.filter(kept)
    const unattributed = Math.max(0, answer.quarantined - answer.quarantinedIds.length)
    const rowCounts = new Map<string, number>()
    for (const row of rows) rowCounts.set(shape.ownerOf(row), (rowCounts.get(shape.ownerOf(row)) ?? 0) + 1)
    const states = [...asked].map((scope, index) => {
      const ids = everybody ? quarantinedIds : quarantinedIds.filter((id) => id === scope)
      return {
        scope,
        rows: everybody ? rows.length : (rowCounts.get(scope) ?? 0),
        // Nobody knows whose these were: they are counted once, with the first.
        quarantined: ids.length + (index === 0 ? unattributed : 0),
        quarantinedIds: ids,
      }
    })
    if (states.length === 0) return
    await db.transaction(async (tx) => {
      const written = await rowsOf<{ id: number; scope: string }>(
        tx,
        sql`INSERT INTO windows (kind, period_from, period_to, scope, read_at, final, rows, quarantined, quarantined_ids)
          SELECT ${kind}, ${period.from}::date, ${period.to}::date, given.scope, ${answer.readAt.toISOString()}::timestamptz, ${answer.final}::boolean,
            given.rows, given.quarantined, given."quarantinedIds"
          FROM jsonb_to_recordset(${JSON.stringify(states)}::jsonb) AS given(scope text, rows int, quarantined int, "quarantinedIds" jsonb)
          ORDER BY given.scope
          ON CONFLICT (kind, period_from, period_to, scope) DO UPDATE SET read_at = excluded.read_at, final = excluded.final,
            rows = excluded.rows, quarantined = excluded.quarantined, quarantined_ids = excluded.quarantined_ids
          RETURNING id::float8 AS id, scope`,
      )
      const ids = new Map(written.map((window) => [window.scope, window.id]))
      await tx.execute(sql`DELETE FROM ${shape.table} WHERE window_id = ANY(${sql.param([...ids.values()])}::bigint[])`)
      await inChunks(rows, (chunk) => tx.execute(shape.insert(JSON.stringify(chunk), everybody ? ids : scopesOf(chunk, shape, ids))))
    })
  }

  const found: { readonly [K in WindowKind]: (question: WindowQuestion) => Promise<readonly FoundWindow<WindowRows[K]>[]> } = {
    interaction: together((questions) => findAll(db, 'interaction', questions)),
    activity: together((questions) => findAll(db, 'activity', questions)),
    coaching: together((questions) => findAll(db, 'coaching', questions)),
  }

  const states = async (where?: SQL): Promise<readonly WindowState[]> => {
    const rows = await db.select().from(windows).where(where).orderBy(windows.periodFrom, windows.periodTo, windows.kind, windows.id)
    return rows.map(({ periodFrom, periodTo, id: _, quarantinedIds: __, ...row }) => ({
      ...row,
      kind: row.kind as WindowKind,
      period: { from: periodFrom, to: periodTo },
    }))
  }

  return {
    replace: (kind, period, answer) => write(kind, period, ['all'], answer),
    replaceFor: (kind, period, personIds, answer) => write(kind, period, personIds, answer),
    read: async (kind, period, personIds) => {
      const { rows, ...state } = merged(await found[kind]({ period, personIds }), personIds)
      return { ...state, rows: new Map([...rows].flatMap(([id, [row]]) => (row ? [[id, row]] : []))) }
    },
    readCoaching: async (period, managerIds) => merged(await found.coaching({ period, personIds: managerIds }), managerIds),
    states: () => states(),
    async state(kind, period, scope) {
      const at = [eq(windows.kind, kind), eq(windows.periodFrom, period.from), eq(windows.periodTo, period.to), eq(windows.scope, scope)]
      return (await states(and(...at)))[0]
    },
  }
}

const scopesOf = <K extends WindowKind>(
  rows: readonly WindowRows[K][],
  shape: RowShape<K>,
  ids: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> =>
  new Map(
    rows.flatMap((row) => {
      const id = ids.get(shape.ownerOf(row))
      return id === undefined ? [] : [[shape.ownerOf(row), id] as const]
    }),
  )

/** For each question the windows of its period. One statement, so that the answer is of one moment even while a window is being replaced. */
async function findAll<K extends WindowKind>(
  db: Database,
  kind: K,
  questions: readonly WindowQuestion[],
): Promise<readonly (readonly FoundWindow<WindowRows[K]>[])[]> {
  const asked = new Map<string, { readonly period: Period; readonly ids: Set<PersonId> }>()
  for (const { period, personIds } of questions) {
    const key = periodKey(period)
    const ids = asked.get(key)?.ids ?? new Set()
    for (const id of personIds) ids.add(id)
    asked.set(key, { period, ids })
  }
  const given = [...asked].map(([key, { period, ids }]) => ({ key, ...period, ids: [...ids] }))
  const shape: RowShape<K> = rowShapes[kind]
  const rows = await rowsOf<{
    readonly key: string
    readonly scope: string
    readonly readAtMs: number
    readonly unattributed: number
    readonly quarantinedIds: readonly PersonId[]
    readonly rows: readonly (readonly unknown[])[] | null
  }>(
    db,
    sql`SELECT asked.key, w.scope, extract(epoch FROM w.read_at)::float8 * 1000 AS "readAtMs",
        w.quarantined - jsonb_array_length(w.quarantined_ids) AS unattributed,
        (SELECT coalesce(json_agg(aside.person), '[]') FROM jsonb_array_elements_text(w.quarantined_ids) AS aside(person) WHERE aside.person = ANY(asked.ids)) AS "quarantinedIds",
        ${shape.select(sql`w.id`, sql`asked.ids`)} AS rows
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS asked(key text, "from" date, "to" date, ids text[])
      JOIN windows AS w ON w.kind = ${kind} AND w.period_from = asked."from" AND w.period_to = asked."to"
        AND (w.scope = 'all' OR w.scope = ANY(asked.ids))`,
  )
  const byKey = new Map<string, FoundWindow<WindowRows[K]>[]>()
  for (const { key, quarantinedIds, rows: list, ...window } of rows) {
    const found = {
      ...window,
      quarantinedIds: new Set(quarantinedIds),
      rowsOf: Map.groupBy((list ?? []).map(shape.rowFrom), shape.ownerOf),
    }
    const windows = byKey.get(key)
    if (windows) windows.push(found)
    else byKey.set(key, [found])
  }
  return questions.map(({ period }) => byKey.get(periodKey(period)) ?? [])
}

/** Each person's rows come from the company window when it is not older than their own. */
function merged<Row>(found: readonly FoundWindow<Row>[], personIds: readonly PersonId[]): WindowAnswer<readonly Row[]> {
  const byScope = new Map(found.map((window) => [window.scope, window]))
  const company = byScope.get('all')
  const used = new Set<FoundWindow<Row>>(company && personIds.length === 0 ? [company] : [])
  const neverRead = new Set<PersonId>()
  const rows = new Map<PersonId, readonly Row[]>()
  const quarantinedPeople = new Set<PersonId>()
  for (const id of personIds) {
    const own = byScope.get(id)
    const source = company && !(own && own.readAtMs > company.readAtMs) ? company : own
    if (!source) {
      neverRead.add(id)
      continue
    }
    used.add(source)
    const list = source.rowsOf.get(id)
    if (list) rows.set(id, list)
    if (source.quarantinedIds.has(id)) quarantinedPeople.add(id)
  }
  const windowsUsed = [...used]
  const oldest = windowsUsed.reduce<number | undefined>((least, { readAtMs }) => Math.min(least ?? readAtMs, readAtMs), undefined)
  return {
    rows,
    ...(oldest !== undefined && { readAt: new Date(oldest) }),
    neverRead,
    quarantined: quarantinedPeople.size + windowsUsed.reduce((sum, window) => sum + window.unattributed, 0),
    quarantinedPeople,
  }
}
