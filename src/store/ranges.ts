// Which date ranges of records were read, for whom and when; and from that, what an answer over any period rests on. Coverage
// is counted by date: a period is read for a person when every one of its dates lies in a range of everybody's or of theirs.
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { datesIn, type LocalDate, type Period } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { ReadState } from '../domain/reads.ts'
import type { Database } from './database.ts'
import type { RangeState, ReadRange, RecordKind } from './records.ts'
import { recordRanges } from './schema/figures.ts'

type Row = typeof recordRanges.$inferSelect

export interface RangeBook {
  remember(tx: Database, kind: RecordKind, range: ReadRange): Promise<void>
  /** `owners` are covered by ranges of everybody or their own; `others` (reviewers) only by ranges of everybody. */
  stateOf(tx: Database, kind: RecordKind, period: Period, owners: readonly PersonId[], others: readonly PersonId[]): Promise<ReadState>
  all(kind: RecordKind): Promise<readonly RangeState[]>
}

export function rangeBook(db: Database): RangeBook {
  return {
    async remember(tx, kind, range) {
      const scopes: readonly string[] = range.scope === 'all' ? ['all'] : [...new Set(range.scope)]
      const { from, to } = range.period
      const covered = range.scope === 'all' ? sql`true` : sql`scope = ANY(${sql.param(scopes)}::text[])`
      // What the new range covers whole is superseded: a growing week leaves one row behind, not one a day.
      await tx.execute(
        sql`DELETE FROM record_ranges WHERE kind = ${kind} AND period_from >= ${from}::date AND period_to <= ${to}::date AND ${covered}`,
      )
      const unattributed = Math.max(0, range.quarantined - range.quarantinedIds.length)
      const rows = scopes.map((scope, index) => {
        const quarantinedIds = scope === 'all' ? range.quarantinedIds : range.quarantinedIds.filter((id) => id === scope)
        return { scope, quarantinedIds, quarantined: quarantinedIds.length + (index === 0 ? unattributed : 0) }
      })
      await tx.execute(sql`INSERT INTO record_ranges (kind, period_from, period_to, scope, read_at, final, quarantined, quarantined_ids)
        SELECT ${kind}, ${from}::date, ${to}::date, scope, ${range.readAt.toISOString()}::timestamptz, ${range.final}::boolean, quarantined, "quarantinedIds"
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(scope text, quarantined int, "quarantinedIds" jsonb)`)
    },
    async stateOf(tx, kind, period, owners, others) {
      const rows = await tx
        .select()
        .from(recordRanges)
        .where(
          and(
            eq(recordRanges.kind, kind),
            lt(recordRanges.periodFrom, period.to),
            gt(recordRanges.periodTo, period.from),
            sql`(${recordRanges.scope} = 'all' OR ${recordRanges.scope} = ANY(${sql.param(owners)}::text[]))`,
          ),
        )
      return coverage(rows, period, owners, others)
    },
    async all(kind) {
      const rows = await db
        .select()
        .from(recordRanges)
        .where(eq(recordRanges.kind, kind))
        .orderBy(recordRanges.periodFrom, recordRanges.periodTo, recordRanges.scope)
      return rows.map(({ periodFrom, periodTo, scope, readAt, final, quarantined }) => ({
        kind,
        period: { from: periodFrom, to: periodTo },
        scope,
        readAt,
        final,
        quarantined,
      }))
    },
  }
}

/** Per date the newest reading counts; a person's answer is as old as the oldest of those. */
function coverage(rows: readonly Row[], period: Period, owners: readonly PersonId[], others: readonly PersonId[]): ReadState {
  const dates = datesIn(period)
  const byScope = Map.groupBy(rows, (row) => row.scope)
  const company = newestByDate(byScope.get('all') ?? [], dates)
  const used = new Set<Row>()
  const neverRead = new Set<PersonId>()
  const use = (sources: readonly (Row | undefined)[]): boolean => {
    if (sources.some((row) => row === undefined)) return false
    for (const row of sources) if (row) used.add(row)
    return true
  }
  const companyWhole = use(company)
  for (const id of others) if (!companyWhole) neverRead.add(id)
  for (const id of owners) {
    const own = byScope.get(id)
    if (!own) {
      if (!companyWhole) neverRead.add(id)
      continue
    }
    const mine = newestByDate(own, dates)
    if (!use(company.map((row, index) => newer(row, mine[index])))) neverRead.add(id)
  }
  const asked = new Set([...owners, ...others])
  const quarantinedPeople = new Set([...used].flatMap((row) => row.quarantinedIds.filter((id) => asked.has(id))))
  const oldest = [...used].reduce<number | undefined>(
    (least, { readAt }) => Math.min(least ?? readAt.getTime(), readAt.getTime()),
    undefined,
  )
  const unattributed = [...used].reduce((sum, row) => sum + row.quarantined - row.quarantinedIds.length, 0)
  return {
    ...(oldest !== undefined && { readAt: new Date(oldest) }),
    neverRead,
    quarantined: quarantinedPeople.size + unattributed,
    quarantinedPeople,
  }
}

const newer = (a: Row | undefined, b: Row | undefined): Row | undefined => (!a || (b && b.readAt > a.readAt) ? b : a)

const newestByDate = (rows: readonly Row[], dates: readonly LocalDate[]): readonly (Row | undefined)[] =>
  dates.map((date) =>
    rows.reduce<Row | undefined>((best, row) => (row.periodFrom <= date && date < row.periodTo ? newer(best, row) : best), undefined),
  )
