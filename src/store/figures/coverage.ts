// Coverage of records: which date ranges were fetched, for whom and when, and what an answer over any period rests on. It is counted by
// date: a period is covered for a person when every one of its dates lies in a range of everybody's or of theirs.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { addDays, datesIn, type LocalDate, type Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { ReadState, RecordAnswer } from '../../domain/reads.ts'
import type { Database } from '../database/database.ts'
import { recordRanges } from '../schema/figures.ts'
import type { FetchedRange, RangeState, RecordKind } from './record-ranges.ts'

/** One range as `rangesAsJson` returns it. */
export interface RangeRow {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly scope: 'all' | PersonId
  readonly readAtMs: number
  readonly quarantined: number
  readonly quarantinedIds: readonly PersonId[]
  /** Whom an `all` covers; null = everybody. */
  readonly onlyPeople: readonly PersonId[] | null
  /** Scorecards it was restricted to; null = all. */
  readonly onlyCards: readonly string[] | null
}

export interface RecordCoverage {
  remember(tx: Database, kind: RecordKind, range: FetchedRange): Promise<void>
  /** Counts records of this range that the database refused, by owner. Returns the owners, each once. */
  setAside(tx: Database, kind: RecordKind, range: FetchedRange, owners: readonly PersonId[]): Promise<readonly PersonId[]>
  all(kind: RecordKind): Promise<readonly RangeState[]>
  /** Everybody's range of exactly this period. */
  everybodys(kind: RecordKind, period: Period): Promise<RangeState | undefined>
}

export function recordCoverage(db: Database): RecordCoverage {
  const states = async (kind: RecordKind, ...where: readonly SQL[]): Promise<readonly RangeState[]> => {
    const rows = await db
      .select()
      .from(recordRanges)
      .where(and(eq(recordRanges.kind, kind), ...where))
      .orderBy(recordRanges.periodFrom, recordRanges.periodTo, recordRanges.scope)
    return rows.map(({ periodFrom, periodTo, scope, readAt, final, quarantined, onlyPeople, onlyCards }) => ({
      kind,
      period: { from: periodFrom, to: periodTo },
      scope,
      readAt,
      final,
      quarantined,
      ...(onlyPeople && { onlyPeople }),
      ...(onlyCards && { onlyCards }),
    }))
  }

  return {
    async remember(tx, kind, range) {
      const scopes: readonly string[] = range.scope === 'all' ? ['all'] : [...new Set(range.scope)]
      const { from, to } = range.period
      const superseded = range.scope !== 'all' ? scopes : range.onlyPeople && ['all', ...range.onlyPeople]
      const covered = superseded ? sql`scope = ANY(${sql.param(superseded)}::text[])` : sql`true`
      // What the new range covers whole is superseded: a growing week leaves one row behind, not one a day.
      await tx.execute(
        sql`DELETE FROM record_ranges WHERE kind = ${kind} AND period_from >= ${from}::date AND period_to <= ${to}::date AND ${covered}`,
      )
      const unattributed = Math.max(0, range.quarantined - range.quarantinedIds.length)
      const rows = scopes.map((scope, index) => {
        const quarantinedIds = scope === 'all' ? range.quarantinedIds : range.quarantinedIds.filter((id) => id === scope)
        return { scope, quarantinedIds, quarantined: quarantinedIds.length + (index === 0 ? unattributed : 0) }
      })
      await tx.execute(sql`INSERT INTO record_ranges (kind, period_from, period_to, scope, read_at, final, quarantined, quarantined_ids, only_people, only_cards)
        SELECT ${kind}, ${from}::date, ${to}::date, scope, ${range.readAt.toISOString()}::timestamptz, ${range.final}::boolean, quarantined, "quarantinedIds",
          ${jsonOf(range.onlyPeople)}::jsonb, ${jsonOf(range.onlyCards)}::jsonb
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(scope text, quarantined int, "quarantinedIds" jsonb)`)
    },
    async setAside(tx, kind, { period, scope }, owners) {
      const ids = [...new Set(owners)]
      for (const id of ids)
        await tx.execute(sql`UPDATE record_ranges SET quarantined = quarantined + 1, quarantined_ids = quarantined_ids || jsonb_build_array(${id}::text)
          WHERE kind = ${kind} AND period_from = ${period.from}::date AND period_to = ${period.to}::date AND scope = ${scope === 'all' ? scope : id}`)
      return ids
    },
    all: (kind) => states(kind),
    async everybodys(kind, { from, to }) {
      const [range] = await states(kind, eq(recordRanges.periodFrom, from), eq(recordRanges.periodTo, to), eq(recordRanges.scope, 'all'))
      return range
    },
  }
}

const jsonOf = (list: readonly string[] | undefined): string | null => (list ? JSON.stringify(list) : null)

/** A query of one JSON list: the ranges of everybody or of these people that touch one of the periods; null when there are none. */
export function rangesAsJson(kind: RecordKind, periods: readonly Period[], people: readonly PersonId[]): SQL {
  const from = periods.map((period) => period.from).toSorted()[0] ?? ''
  const to =
    periods
      .map((period) => period.to)
      .toSorted()
      .at(-1) ?? ''
  return sql`SELECT json_agg(json_build_object('from', period_from, 'to', period_to, 'scope', scope,
      'readAtMs', extract(epoch FROM read_at)::float8 * 1000, 'quarantined', quarantined, 'quarantinedIds', quarantined_ids,
      'onlyPeople', only_people, 'onlyCards', only_cards))
    FROM record_ranges WHERE kind = ${kind} AND period_from < ${to}::date AND period_to > ${from}::date
      AND (scope = 'all' OR scope = ANY(${sql.param([...new Set(people)])}::text[]))`
}

export type Coverage = ReadState & Pick<RecordAnswer<unknown>, 'whole'>

/**
 * What an answer rests on. Per date the newest reading counts; a person's answer is as old as the oldest of those. `owners` are
 * covered by ranges of everybody or their own; `others` (reviewers) only by ranges of everybody.
 */
export function coverageOf(
  rows: readonly RangeRow[],
): (period: Period, owners: readonly PersonId[], others: readonly PersonId[]) => Coverage {
  const byScope = Map.groupBy(rows, (row) => row.scope)
  const coversOf = new Map((byScope.get('all') ?? []).map((row) => [row, row.onlyPeople && new Set(row.onlyPeople)]))
  const covers = (row: RangeRow, id: PersonId): boolean => coversOf.get(row)?.has(id) ?? true
  return (period, owners, others) => coverage(byScope, covers, period, owners, others)
}

function coverage(
  byScope: ReadonlyMap<string, readonly RangeRow[]>,
  covers: (row: RangeRow, id: PersonId) => boolean,
  period: Period,
  owners: readonly PersonId[],
  others: readonly PersonId[],
): Coverage {
  const dates = datesIn(period)
  const companyRows = byScope.get('all') ?? []
  const isRestricted = companyRows.some((row) => row.onlyPeople)
  const whole = newestByDate(companyRows, dates)
  /** The newest of everybody's ranges that covers this person, by date. */
  const companyFor = (id: PersonId) =>
    isRestricted
      ? newestByDate(
          companyRows.filter((row) => covers(row, id)),
          dates,
        )
      : whole
  const used = new Set<RangeRow>()
  const neverRead = new Set<PersonId>()
  /** Dates, by index, that were not fetched for somebody asked about. */
  const holes = new Set<number>()
  const use = (sources: readonly (RangeRow | undefined)[]): boolean => {
    if (sources.some((row) => row === undefined)) {
      for (const [index, row] of sources.entries()) if (!row) holes.add(index)
      return false
    }
    for (const row of sources) if (row) used.add(row)
    return true
  }
  let wholeThere: boolean | undefined
  const isCovered = (id: PersonId, own: readonly RangeRow[] | undefined): boolean => {
    if (!own && !isRestricted) {
      wholeThere ??= use(whole)
      return wholeThere
    }
    const mine = own && newestByDate(own, dates)
    return use(mine ? companyFor(id).map((row, index) => newer(row, mine[index])) : companyFor(id))
  }
  if (owners.length + others.length === 0) use(whole)
  for (const id of others) if (!isCovered(id, undefined)) neverRead.add(id)
  for (const id of owners) if (!isCovered(id, byScope.get(id))) neverRead.add(id)
  const asked = new Set([...owners, ...others])
  const quarantinedPeople = new Set([...used].flatMap((row) => row.quarantinedIds.filter((id) => asked.has(id))))
  const oldest = [...used].reduce<number | undefined>((least, { readAtMs }) => Math.min(least ?? readAtMs, readAtMs), undefined)
  const unattributed = [...used].reduce((sum, row) => sum + row.quarantined - row.quarantinedIds.length, 0)
  return {
    ...(oldest !== undefined && { readAt: new Date(oldest) }),
    neverRead,
    quarantined: quarantinedPeople.size + unattributed,
    quarantinedPeople,
    whole: lastStretch(dates, holes),
  }
}

/** The last unbroken stretch of dates without a hole; undefined when there is none. */
function lastStretch(dates: readonly LocalDate[], holes: ReadonlySet<number>): Period | undefined {
  const last = dates.findLastIndex((_, index) => !holes.has(index))
  let first = last
  while (first > 0 && !holes.has(first - 1)) first -= 1
  const [from, lastDay] = [dates[first], dates[last]]
  return from === undefined || lastDay === undefined ? undefined : { from, to: addDays(lastDay, 1) }
}

const newer = (a: RangeRow | undefined, b: RangeRow | undefined): RangeRow | undefined => (!a || (b && b.readAtMs > a.readAtMs) ? b : a)

const newestByDate = (rows: readonly RangeRow[], dates: readonly LocalDate[]): readonly (RangeRow | undefined)[] =>
  dates.map((date) =>
    rows.reduce<RangeRow | undefined>((best, row) => (row.from <= date && date < row.to ? newer(best, row) : best), undefined),
  )
