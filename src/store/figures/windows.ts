// Windows: one statistics answer over one exact period, replaced as a whole. A company window (`scope: 'all'`) covers everybody; a
// scoped fetch keeps one small window per person asked about. Readers never see half of one.

import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { CoachingCounts } from '../../domain/gong-figures.ts'
import { type Period, periodKey, samePeriod } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { WindowAnswer } from '../../domain/reads.ts'
import { onceAReading, readAnew } from '../../one-reading.ts'
import { forEachYielding } from '../../yielding.ts'
import { batched, type JoinedQueries } from '../database/batch.ts'
import { type Database, rowsOf } from '../database/database.ts'
import type { Forgotten, LeftOut } from '../people/forgotten.ts'
import { windows } from '../schema/figures.ts'
import { type FiguresOf, groupsShown, holdBack, replacingInTurn } from './as-shown.ts'
import { type FoundWindow, findAll, merged, type WindowQuestion } from './window-reads.ts'
import { type RowShape, rowShapes, type WindowKind, type WindowRows } from './window-rows.ts'

export interface WindowState {
  readonly kind: WindowKind
  readonly period: Period
  readonly scope: 'all' | PersonId
  readonly readAt: Date
  /** Read more than 7 days after it ended: never read again. */
  readonly final: boolean
  readonly rows: number
  readonly quarantined: number
  /** Whom an `all` covers; missing = everybody. */
  readonly onlyPeople?: readonly PersonId[]
}

/** One answer to keep. `quarantinedIds`: whose records were set aside, as far as they say. */
export interface KeptAnswer<Row> {
  readonly rows: readonly Row[]
  readonly quarantinedIds: readonly PersonId[]
  readonly quarantined: number
  readonly readAt: Date
  readonly final: boolean
}

export interface WindowStore {
  /** Replaces a company window in one transaction. Returns whose rows the database refused: they are set aside. `onlyPeople`: it was restricted to these, and covers nobody else. */
  replace<K extends WindowKind>(
    kind: K,
    period: Period,
    answer: KeptAnswer<WindowRows[K]> & { readonly onlyPeople?: readonly PersonId[] },
  ): Promise<readonly PersonId[]>
  /** Replaces the one-person windows of everybody in `personIds` (people without a row were read and have none). */
  replaceFor<K extends WindowKind>(
    kind: K,
    period: Period,
    personIds: readonly PersonId[],
    answer: KeptAnswer<WindowRows[K]>,
  ): Promise<readonly PersonId[]>
  /** A person's row comes from the company window when there is one that covers them and is not older, else from their own. */
  read<K extends Exclude<WindowKind, 'coaching'>>(
    kind: K,
    period: Period,
    personIds: readonly PersonId[],
  ): Promise<WindowAnswer<WindowRows[K]>>
  readCoaching(period: Period, managerIds: readonly PersonId[]): Promise<WindowAnswer<readonly CoachingCounts[]>>
  states(): Promise<readonly WindowState[]>
  state(kind: WindowKind, period: Period, scope: 'all' | PersonId): Promise<WindowState | undefined>
}

/** Windows of one kind and period, found for these people. */
interface FoundBefore<K extends WindowKind = WindowKind> {
  readonly ids: ReadonlySet<PersonId>
  readonly windows: Promise<readonly FoundWindow<WindowRows[K]>[]>
}

export function createWindowStore(db: Database, forgotten: Forgotten, queries: JoinedQueries): WindowStore {
  const replacing = replacingInTurn(db)

  async function write<K extends WindowKind>(
    kind: K,
    period: Period,
    scopes: readonly string[],
    answer: KeptAnswer<WindowRows[K]> & { readonly onlyPeople?: readonly PersonId[] },
  ): Promise<readonly PersonId[]> {
    const shape: RowShape<K> = rowShapes[kind]
    const everybody = scopes.includes('all')
    const prepared = await forgotten.prepared((leftOut) => toKeep(kind, scopes, answer, leftOut))
    readAnew()
    return replacing(async (tx, writeAccepted) => {
      const { rows, states, only } = await prepared(tx)
      if (states.length === 0) return []
      const shown =
        kind === 'coaching' ? [] : (await groupsShown(tx, 'figures', period)).filter((group) => samePeriod(group.period, period))
      const personIds = shown.flatMap((group) => group.personIds)
      const before = await figuresNow(tx, kind, period, personIds)
      const written = await rowsOf<{ id: number; scope: string }>(
        tx,
        sql`INSERT INTO windows (kind, period_from, period_to, scope, read_at, final, rows, quarantined, quarantined_ids, only_people)
          SELECT ${kind}, ${period.from}::date, ${period.to}::date, given.scope, ${answer.readAt.toISOString()}::timestamptz, ${answer.final}::boolean,
            given.rows, given.quarantined, given."quarantinedIds", ${only ? JSON.stringify([...only]) : null}::jsonb
          FROM jsonb_to_recordset(${JSON.stringify(states)}::jsonb) AS given(scope text, rows int, quarantined int, "quarantinedIds" jsonb)
          ORDER BY given.scope
          ON CONFLICT (kind, period_from, period_to, scope) DO UPDATE SET read_at = excluded.read_at, final = excluded.final,
            rows = excluded.rows, quarantined = excluded.quarantined, quarantined_ids = excluded.quarantined_ids,
            only_people = excluded.only_people
          RETURNING id::float8 AS id, scope`,
      )
      const ids = new Map(written.map((window) => [window.scope, window.id]))
      await tx.execute(sql`DELETE FROM ${shape.table} WHERE window_id = ANY(${sql.param([...ids.values()])}::bigint[])`)
      const refused = await writeAccepted(rows, (inside, json, chunk) =>
        inside.execute(shape.insert(json, everybody ? ids : scopesOf(chunk, shape, ids))),
      )
      const owners = [...new Set(refused.map(shape.ownerOf))]
      for (const owner of owners)
        await tx.execute(sql`UPDATE windows SET rows = rows - ${refused.filter((row) => shape.ownerOf(row) === owner).length}, quarantined = quarantined + 1,
          quarantined_ids = quarantined_ids || jsonb_build_array(${owner}::text) WHERE id = ${ids.get(everybody ? 'all' : owner) ?? 0}`)
      if (kind !== 'coaching') await holdBack(tx, kind, period, before, await figuresNow(tx, kind, period, personIds))
      return owners
    })
  }

  const found: { readonly [K in WindowKind]: (question: WindowQuestion) => Promise<readonly FoundWindow<WindowRows[K]>[]> } = {
    interaction: batched((questions) => findAll(queries.for(sizeOf(questions)), 'interaction', questions)),
    activity: batched((questions) => findAll(queries.for(sizeOf(questions)), 'activity', questions)),
    coaching: batched((questions) => findAll(queries.for(sizeOf(questions)), 'coaching', questions)),
  }

  /** What was found in the reading at hand: an answer looks whether a period was fetched, and then asks for its figures. */
  const foundBefore = onceAReading(async (): Promise<FoundBefore[]> => [])
  async function find<K extends WindowKind>(kind: K, question: WindowQuestion): Promise<readonly FoundWindow<WindowRows[K]>[]> {
    const before = (await foundBefore(`${kind} ${periodKey(question.period)}`)) as FoundBefore<K>[]
    const same = before.find(({ ids }) => question.personIds.every((id) => ids.has(id)))
    if (same) return same.windows
    const asked = { ids: new Set(question.personIds), windows: found[kind](question) }
    before.push(asked)
    asked.windows.catch(() => before.splice(before.indexOf(asked), 1))
    return asked.windows
  }

  const states = async (where?: SQL): Promise<readonly WindowState[]> => {
    const rows = await db.select().from(windows).where(where).orderBy(windows.periodFrom, windows.periodTo, windows.kind, windows.id)
    return rows.map(({ periodFrom, periodTo, id: _, quarantinedIds: __, onlyPeople, ...row }) => ({
      ...row,
      ...(onlyPeople && { onlyPeople }),
      kind: row.kind as WindowKind,
      period: { from: periodFrom, to: periodTo },
    }))
  }

  return {
    replace: (kind, period, answer) => write(kind, period, ['all'], answer),
    replaceFor: (kind, period, personIds, answer) => write(kind, period, personIds, answer),
    read: async (kind, period, personIds) => {
      return merged(await find(kind, { period, personIds }), personIds, (rows) => rows[0])
    },
    readCoaching: async (period, managerIds) => merged(await found.coaching({ period, personIds: managerIds }), managerIds, (rows) => rows),
    states: () => states(),
    async state(kind, period, scope) {
      const at = [eq(windows.kind, kind), eq(windows.periodFrom, period.from), eq(windows.periodTo, period.to), eq(windows.scope, scope)]
      return (await states(and(...at)))[0]
    },
  }
}

/** What is stored of an answer: rows, and the state of each scope, without forgotten people. */
async function toKeep<K extends WindowKind>(
  kind: K,
  scopes: readonly string[],
  answer: KeptAnswer<WindowRows[K]> & { readonly onlyPeople?: readonly PersonId[] },
  leftOut: LeftOut,
) {
  const shape: RowShape<K> = rowShapes[kind]
  const everybody = scopes.includes('all')
  const asked = new Set(scopes.filter((scope) => !leftOut(scope)))
  const only = answer.onlyPeople && new Set(answer.onlyPeople.filter((id) => !leftOut(id)))
  const kept = (id: PersonId) => (everybody ? !leftOut(id) && (only?.has(id) ?? true) : asked.has(id))
  const byKey = new Map<string, WindowRows[K]>()
  await forEachYielding(answer.rows, (row) => {
    const reportId = 'reportId' in row ? row.reportId : undefined
    if (kept(shape.ownerOf(row)) && !(reportId !== undefined && leftOut(reportId))) byKey.set(shape.keyOf(row), row)
  })
  const rows = [...byKey.values()]
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
  return { rows, states, only }
}

/** People, each once a period. */
const sizeOf = (questions: readonly WindowQuestion[]): number => questions.reduce((sum, { personIds }) => sum + personIds.length, 0)

/** Each person's record as answers give it, as text: a `HeldRow`. Nobody's who was never read. */
export async function figuresNow(tx: Database, kind: WindowKind, period: Period, personIds: readonly PersonId[]): Promise<FiguresOf> {
  if (personIds.length === 0) return new Map()
  const [found = []] = await findAll((query) => rowsOf(tx, query), kind, [{ period, personIds }])
  const { rows, neverRead, quarantinedPeople } = merged<WindowRows[WindowKind], WindowRows[WindowKind]>(found, personIds, ([row]) => row)
  return new Map(
    personIds.flatMap((id) =>
      neverRead.has(id) ? [] : [[id, JSON.stringify({ row: rows.get(id), ...(quarantinedPeople.has(id) && { quarantined: true }) })]],
    ),
  )
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
