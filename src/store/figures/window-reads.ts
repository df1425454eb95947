// Reads windows for answers: the rows of some people over one period, from everybody's window where it covers them, else from their
// own small one. Every answer carries its age and the people it does not cover.
import { sql } from 'drizzle-orm'
import { type Period, periodKey } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { WindowAnswer } from '../../domain/reads.ts'
import type { AskRows } from '../database/batch.ts'
import type { WindowKind, WindowRows } from './window-rows.ts'
import { type RowShape, rowShapes } from './window-rows.ts'

export interface WindowQuestion {
  readonly period: Period
  readonly personIds: readonly PersonId[]
}

export interface FoundWindow<Row> {
  readonly scope: string
  readonly readAtMs: number
  /** Records set aside of which nobody can say whose they were. */
  readonly unattributed: number
  readonly quarantinedIds: ReadonlySet<PersonId>
  /** Of the people asked about, those a restricted window covers; missing = everybody. */
  readonly only?: ReadonlySet<PersonId>
  readonly rowsOf: ReadonlyMap<PersonId, readonly Row[]>
}

/** For each question the windows of its period. One statement, so that the answer is of one moment even while a window is being replaced. */
export async function findAll<K extends WindowKind>(
  ask: AskRows,
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
  const rows = await ask<{
    readonly key: string
    readonly scope: string
    readonly readAtMs: number
    readonly unattributed: number
    readonly quarantinedIds: readonly PersonId[]
    readonly only: readonly PersonId[] | null
    readonly rows: readonly (readonly unknown[])[] | null
  }>(
    sql`SELECT asked.key, w.scope, extract(epoch FROM w.read_at)::float8 * 1000 AS "readAtMs",
        w.quarantined - jsonb_array_length(w.quarantined_ids) AS unattributed,
        (SELECT coalesce(json_agg(aside.person), '[]') FROM jsonb_array_elements_text(w.quarantined_ids) AS aside(person) WHERE aside.person = ANY(asked.ids)) AS "quarantinedIds",
        CASE WHEN w.only_people IS NOT NULL THEN
          (SELECT coalesce(json_agg(one.person), '[]') FROM jsonb_array_elements_text(w.only_people) AS one(person) WHERE one.person = ANY(asked.ids)) END AS only,
        ${shape.select(sql`w.id`, sql`asked.ids`)} AS rows
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS asked(key text, "from" date, "to" date, ids text[])
      JOIN windows AS w ON w.kind = ${kind} AND w.period_from = asked."from" AND w.period_to = asked."to"
        AND (w.scope = 'all' OR w.scope = ANY(asked.ids))`,
  )
  const byKey = new Map<string, FoundWindow<WindowRows[K]>[]>()
  for (const { key, quarantinedIds, only, rows: list, ...window } of rows) {
    const found = {
      ...window,
      quarantinedIds: new Set(quarantinedIds),
      ...(only && { only: new Set(only) }),
      rowsOf: Map.groupBy((list ?? []).map(shape.rowFrom), shape.ownerOf),
    }
    const windows = byKey.get(key)
    if (windows) windows.push(found)
    else byKey.set(key, [found])
  }
  return questions.map(({ period }) => byKey.get(periodKey(period)) ?? [])
}

/** Each person's rows, or what is `kept` of them, come from the company window when it covers them and is not older than their own. */
export function merged<Row, Kept>(
  found: readonly FoundWindow<Row>[],
  personIds: readonly PersonId[],
  kept: (rows: readonly Row[]) => Kept | undefined,
): WindowAnswer<Kept> {
  const byScope = new Map(found.map((window) => [window.scope, window]))
  const company = byScope.get('all')
  const used = new Set<FoundWindow<Row>>(company && personIds.length === 0 ? [company] : [])
  const neverRead = new Set<PersonId>()
  const rows = new Map<PersonId, Kept>()
  const quarantinedPeople = new Set<PersonId>()
  for (const id of personIds) {
    const own = byScope.get(id)
    const covering = company && (company.only?.has(id) ?? true) ? company : undefined
    const source = covering && !(own && own.readAtMs > covering.readAtMs) ? covering : own
    if (!source) {
      neverRead.add(id)
      continue
    }
    used.add(source)
    const list = source.rowsOf.get(id)
    const keep = list && kept(list)
    if (keep !== undefined) rows.set(id, keep)
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
