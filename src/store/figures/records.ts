// Records: answered scorecards and day-by-day activity. Each date range is fetched once and stored by identity, so that fetching it
// again changes nothing; statistics sum them locally.

import { type SQL, sql } from 'drizzle-orm'
import { idWithoutReviewer } from '../../domain/card-id.ts'
import type { AnsweredScorecard, DailyActivity } from '../../domain/gong-figures.ts'
import { includes, type Period, startOfLocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { ShownGroup } from '../../domain/reads.ts'
import { forEachYielding } from '../../yielding.ts'
import { withAcceptedRows } from '../database/accepted-rows.ts'
import type { JoinedQueries } from '../database/batch.ts'
import { type Database, rowsOf } from '../database/database.ts'
import type { Forgotten, LeftOut } from '../people/forgotten.ts'
import { type FiguresOf, groupsShown, holdBack, replacingInTurn } from './as-shown.ts'
import { recordCoverage } from './coverage.ts'
import type { FetchedRange, RangeState, RecordKind } from './record-ranges.ts'
import { createRecordReads, type RecordReads } from './record-reads.ts'

export interface RecordStore extends RecordReads {
  /** Replaces all records of the range in scope with these, and remembers the range as fetched, in one transaction. Returns whose records the database refused: they are set aside. */
  keepScorecards(range: FetchedRange, cards: readonly AnsweredScorecard[]): Promise<readonly PersonId[]>
  keepDailyActivity(range: FetchedRange, days: readonly DailyActivity[]): Promise<readonly PersonId[]>
  ranges(kind: RecordKind): Promise<readonly RangeState[]>
  /** Everybody's range of exactly this period. */
  range(kind: RecordKind, period: Period): Promise<RangeState | undefined>
}

/** `zone`: the company's, where one is known. `cardsThatCount`: ids; an empty list = all. */
export function createRecordStore(
  db: Database,
  forgotten: Forgotten,
  queries: JoinedQueries,
  zone: () => Promise<string | undefined>,
  cardsThatCount: () => Promise<readonly string[]>,
): RecordStore {
  const ranges = recordCoverage(db)
  const replacing = replacingInTurn(db)

  /** The company's zone decides which instants a local date holds. */
  async function instants(period: Period): Promise<{ readonly from: string; readonly to: string }> {
    const zoneNow = (await zone()) ?? 'UTC'
    return { from: startOfLocalDate(period.from, zoneNow).toISOString(), to: startOfLocalDate(period.to, zoneNow).toISOString() }
  }

  return {
    async keepScorecards(given, cards) {
      const prepared = await forgotten.prepared((leftOut) => cardsToKeep(given, cards, leftOut))
      const { from, to } = await instants(given.period)
      const [zoneNow, counted] = [await zone(), await cardsThatCount()]
      return replacing(async (tx, writeAccepted) => {
        const { range, rows } = await prepared(tx)
        const shown = await groupsShown(tx, 'scorecards', range.period)
        const cardsNow = () =>
          cardsShown(
            createRecordReads(
              { for: () => (query) => rowsOf(tx, query) },
              async () => zoneNow,
              async () => counted,
            ),
            shown,
          )
        const before = await cardsNow()
        await ranges.remember(tx, 'scorecards', range)
        await tx.execute(sql`DELETE FROM scorecards WHERE answered_at >= ${from}::timestamptz AND answered_at < ${to}::timestamptz
          AND ${replacedOf(range, 'scorecards', sql`reviewed_id`)}`)
        const refused = await writeAccepted(rows, (inside, json) =>
          inside.execute(sql`INSERT INTO scorecards (id, reviewed_id, reviewer_id, answered_at, card)
            SELECT id, "reviewedId", "reviewerId", "answeredAt", card - 'answeredAt' FROM jsonb_to_recordset(${json}::jsonb)
              AS given(id text, "reviewedId" text, "reviewerId" text, "answeredAt" timestamptz, card jsonb)
            ON CONFLICT (id) DO UPDATE SET reviewed_id = excluded.reviewed_id, reviewer_id = excluded.reviewer_id,
              answered_at = excluded.answered_at, card = excluded.card`),
        )
        const owners = await ranges.setAside(
          tx,
          'scorecards',
          range,
          refused.map(({ reviewedId }) => reviewedId),
        )
        const after = await cardsNow()
        for (const [index, { period }] of shown.entries())
          await holdBack(tx, 'scorecards', period, before[index] ?? new Map(), after[index] ?? new Map())
        return owners
      })
    },
    async keepDailyActivity(given, days) {
      const { period } = given
      const prepared = await forgotten.prepared((leftOut) => daysToKeep(given, days, leftOut))
      return withAcceptedRows(db, async (tx, writeAccepted) => {
        const { range, rows } = await prepared(tx)
        await ranges.remember(tx, 'daily-activity', range)
        await tx.execute(sql`DELETE FROM daily_activity WHERE date >= ${period.from}::date AND date < ${period.to}::date
          AND ${replacedOf(range, 'daily-activity', sql`person_id`)}`)
        const refused = await writeAccepted(rows, (inside, json) =>
          inside.execute(sql`INSERT INTO daily_activity (person_id, date, calls_as_host, calls_attended, calls_gave_comments, calls_accessed_recording, call_id)
            SELECT "personId", date, "callsAsHost", "callsAttended", "callsGaveComments", "callsAccessedRecording", "callId"
            FROM jsonb_to_recordset(${json}::jsonb) AS given("personId" text, date date, "callsAsHost" float8,
              "callsAttended" float8, "callsGaveComments" float8, "callsAccessedRecording" float8, "callId" text)`),
        )
        return ranges.setAside(
          tx,
          'daily-activity',
          range,
          refused.map(({ personId }) => personId),
        )
      })
    },
    ...createRecordReads(queries, zone, cardsThatCount),
    ranges: (kind) => ranges.all(kind),
    range: (kind, period) => ranges.everybodys(kind, period),
  }
}

/** Each person's cards of the periods shown, as text, in an order of their own. Nobody's whose cards were not all read. */
export const cardsShown = (reads: RecordReads, shown: readonly ShownGroup[]): Promise<readonly FiguresOf[]> =>
  Promise.all(
    shown.map(async ({ period, personIds }): Promise<FiguresOf> => {
      const { records, neverRead } = await reads.readScorecards(period, { reviewedIds: personIds })
      const byPerson = Map.groupBy(records, ({ reviewedId }) => reviewedId)
      const read = personIds.filter((id) => !neverRead.has(id))
      return new Map(read.map((id) => [id, asText(byPerson.get(id) ?? [])]))
    }),
  )

/** A person's cards as they are held back. */
export const asText = (cards: readonly AnsweredScorecard[]): string =>
  `[${cards
    .map((card) => JSON.stringify(withoutReviewer(card)))
    .toSorted()
    .join()}]`

/** A card as a group's figures need it: without who reviewed it and what was written; documented ids carry the reviewer. */
function withoutReviewer({ reviewerId, ...card }: AnsweredScorecard): AnsweredScorecard {
  return {
    ...card,
    id: idWithoutReviewer(card.id, reviewerId),
    questions: card.questions.map(({ answer: _answer, ...question }) => question),
  }
}

/** A range as it may be remembered: with no id of a forgotten person. */
function withoutForgotten(range: FetchedRange, leftOut: (id: PersonId) => boolean): FetchedRange {
  const kept = (ids: readonly PersonId[]) => ids.filter((id) => !leftOut(id))
  const { scope, quarantinedIds, onlyPeople } = range
  return {
    ...range,
    scope: scope === 'all' ? scope : kept(scope),
    quarantinedIds: kept(quarantinedIds),
    ...(onlyPeople && { onlyPeople: kept(onlyPeople) }),
  }
}

/** Whose records a reading gives. */
function inScopeOf({ scope, onlyPeople }: FetchedRange): (id: PersonId) => boolean {
  const people = scope === 'all' ? onlyPeople : scope
  if (people === undefined) return () => true
  const ids = new Set(people)
  return (id) => ids.has(id)
}

async function cardsToKeep(given: FetchedRange, cards: readonly AnsweredScorecard[], leftOut: LeftOut) {
  const range = withoutForgotten(given, leftOut)
  const isInScope = inScopeOf(range)
  const byId = new Map<string, CardRow>()
  await forEachYielding(cards, (card) => {
    if (!leftOut(card.reviewedId) && isInScope(card.reviewedId)) byId.set(card.id, cardRow(card, leftOut))
  })
  return { range, rows: [...byId.values()] }
}

async function daysToKeep(given: FetchedRange, days: readonly DailyActivity[], leftOut: LeftOut) {
  const range = withoutForgotten(given, leftOut)
  const isInScope = inScopeOf(range)
  const byPersonAndDate = new Map<string, DailyActivity>()
  await forEachYielding(days, (day) => {
    const { personId, date } = day
    if (includes(range.period, date) && !leftOut(personId) && isInScope(personId)) byPersonAndDate.set(`${personId} ${date}`, day)
  })
  return { range, rows: [...byPersonAndDate.values()] }
}

interface CardRow extends Pick<AnsweredScorecard, 'id' | 'reviewedId' | 'reviewerId' | 'answeredAt'> {
  readonly card: Partial<AnsweredScorecard>
}

/** A card a forgotten person answered is the other person's card: only the reviewer goes, and the id where it carries the reviewer's. */
function cardRow({ reviewerId, ...card }: AnsweredScorecard, leftOut: (id: PersonId) => boolean): CardRow {
  const { id, reviewedId, answeredAt } = card
  if (reviewerId === undefined) return { id, reviewedId, answeredAt, card }
  if (!leftOut(reviewerId)) return { id, reviewedId, answeredAt, reviewerId, card: { ...card, reviewerId } }
  const { id: _id, ...unsigned } = card
  return { id: idWithoutReviewer(id, reviewerId), reviewedId, answeredAt, card: unsigned }
}

/**
 * Whose records of the range the reading takes the place of. A restricted one also takes away those of people it does not cover, but
 * for whoever was read by themselves since.
 */
function replacedOf({ scope, onlyPeople, period }: FetchedRange, kind: RecordKind, owner: SQL): SQL {
  if (scope !== 'all') return sql`${owner} = ANY(${sql.param(scope)}::text[])`
  if (!onlyPeople) return sql`true`
  return sql`(${owner} = ANY(${sql.param(onlyPeople)}::text[]) OR ${owner} NOT IN (SELECT scope FROM record_ranges
    WHERE kind = ${kind} AND period_from < ${period.to}::date AND period_to > ${period.from}::date))`
}
