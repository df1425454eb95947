// Reads records for answers: cards and days of some people over a period, and the coverage they rest on. Each burst of questions is one
// statement, so that records and coverage are of one moment.
import { type SQL, sql } from 'drizzle-orm'
import type { AnsweredScorecard, DailyActivity } from '../../domain/gong-figures.ts'
import { type Period, startOfLocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { CardsWanted, RecordAnswer } from '../../domain/reads.ts'
import { type AskRows, batched, type JoinedQueries } from '../database/batch.ts'
import { coverageOf, type RangeRow, rangesAsJson } from './coverage.ts'
import type { RecordKind } from './record-ranges.ts'

export interface RecordReads {
  readScorecards(period: Period, of: CardsWanted): Promise<RecordAnswer<AnsweredScorecard>>
  readDailyActivity(period: Period, personIds: readonly PersonId[]): Promise<RecordAnswer<DailyActivity>>
}

interface Question {
  readonly period: Period
  /** Whose records. Missing on both sides: everybody's. */
  readonly owners?: readonly PersonId[]
  readonly reviewers?: readonly PersonId[]
}

interface CardQuestion extends Question {
  /** Whose cards come without their questions; `everybody` is no person's id. */
  readonly bareOf?: PersonId | 'everybody'
}

interface CardRow {
  readonly id: string
  readonly ms: number
  readonly card: Omit<AnsweredScorecard, 'answeredAt' | 'id' | 'questions'> & Partial<Pick<AnsweredScorecard, 'questions'>>
}

/**
 * `zone`: the company's, which decides the instants a local date holds. `cardsThatCount`: no other card is answered, and a range read
 * without one of them counts as never read; an empty list = all.
 */
export function createRecordReads(
  queries: JoinedQueries,
  zone: () => Promise<string | undefined>,
  cardsThatCount: () => Promise<readonly string[]>,
): RecordReads {
  const cards = batched(async (questions: readonly CardQuestion[]) => {
    const [zoneKnown, counted] = await Promise.all([zone(), cardsThatCount()])
    const zoneNow = zoneKnown ?? 'UTC'
    const given = questions.map(({ period, owners = null, reviewers = null, bareOf = null }, at) => ({
      at,
      from: startOfLocalDate(period.from, zoneNow),
      to: startOfLocalDate(period.to, zoneNow),
      owners,
      reviewers,
      everybody: !owners && !reviewers,
      bareOf,
    }))
    const counts = counted.length > 0 ? sql`AND s.card->>'scorecardId' = ANY(${sql.param(counted)}::text[])` : sql``
    const card = (where: SQL) =>
      sql`SELECT s.id, s.answered_at, CASE WHEN asked."bareOf" IN ('everybody', s.reviewer_id) THEN s.card - 'questions' ELSE s.card END AS card FROM scorecards AS s WHERE s.answered_at >= asked."from" AND s.answered_at < asked."to" ${counts} AND ${where}`
    const isEnough = ({ onlyCards }: RangeRow) => !onlyCards || (counted.length > 0 && counted.every((id) => onlyCards.includes(id)))
    return answered<CardRow>(queries.for(sizeOf(questions)), 'scorecards', questions, {
      isEnough,
      asked: sql`jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        AS asked(at int, "from" timestamptz, "to" timestamptz, owners text[], reviewers text[], everybody boolean, "bareOf" text)`,
      // Three plain conditions instead of one with OR: each is answered from its own index.
      list: sql`SELECT json_agg(json_build_object('id', id, 'ms', extract(epoch FROM answered_at)::float8 * 1000, 'card', card) ORDER BY answered_at, id) FROM (
          ${card(sql`s.reviewed_id = ANY(asked.owners)`)}
          UNION ALL ${card(sql`s.reviewer_id = ANY(asked.reviewers) AND s.reviewed_id <> ALL(coalesce(asked.owners, '{}'))`)}
          UNION ALL ${card(sql`asked.everybody`)}) AS found`,
    })
  })

  const days = batched(async (questions: readonly Question[]) => {
    const given = questions.map(({ period, owners }, at) => ({ at, ...period, owners }))
    return answered<DailyActivity>(queries.for(sizeOf(questions)), 'daily-activity', questions, {
      isEnough: () => true,
      asked: sql`jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS asked(at int, "from" date, "to" date, owners text[])`,
      list: sql`SELECT json_agg(json_strip_nulls(json_build_object('personId', person_id, 'date', date, 'callsAsHost', calls_as_host,
          'callsAttended', calls_attended, 'callsGaveComments', calls_gave_comments, 'callsAccessedRecording', calls_accessed_recording, 'callId', call_id))
          ORDER BY person_id, date)
        FROM daily_activity WHERE person_id = ANY(asked.owners) AND date >= asked."from" AND date < asked."to"`,
    })
  })

  return {
    async readScorecards(period, { reviewedIds, reviewerIds, withoutQuestionsOf }) {
      const answer = await cards({
        period,
        ...(reviewedIds && { owners: reviewedIds }),
        ...(reviewerIds && { reviewers: reviewerIds }),
        ...(withoutQuestionsOf && { bareOf: withoutQuestionsOf }),
      })
      return { ...answer, records: answer.records.map(cardFrom) }
    },
    readDailyActivity: (period, personIds) => days({ period, owners: personIds }),
  }
}

/** People, each once a question; everybody's records are many. */
const sizeOf = (questions: readonly Question[]): number =>
  questions.reduce(
    (sum, { owners, reviewers }) =>
      sum + (owners || reviewers ? (owners?.length ?? 0) + (reviewers?.length ?? 0) : Number.POSITIVE_INFINITY),
    0,
  )

/** The card itself becomes the record: it was made by reading this answer and is nobody else's, and there are many. */
const cardFrom = ({ id, ms, card }: CardRow): AnsweredScorecard =>
  Object.assign(card, { questions: card.questions ?? [], id, answeredAt: new Date(ms) })

/** `list`: one JSON list for each row of `asked`. `isEnough`: whether a range read counts for what is asked. */
async function answered<T>(
  ask: AskRows,
  kind: RecordKind,
  questions: readonly Question[],
  query: { readonly asked: SQL; readonly list: SQL; readonly isEnough: (range: RangeRow) => boolean },
): Promise<readonly RecordAnswer<T>[]> {
  const [row] = await ask<{
    readonly answers: readonly { readonly at: number; readonly list: readonly T[] | null }[]
    readonly ranges: readonly RangeRow[] | null
  }>(
    sql`SELECT (SELECT json_agg(json_build_object('at', asked.at, 'list', (${query.list}))) FROM ${query.asked}) AS answers,
      (${rangesAsJson(
        kind,
        questions.map(({ period }) => period),
        questions.flatMap(({ owners }) => owners ?? []),
      )}) AS ranges`,
  )
  const lists = new Map((row?.answers ?? []).map(({ at, list }) => [at, list ?? []]))
  const stateOf = coverageOf((row?.ranges ?? []).filter(query.isEnough))
  return questions.map(({ period, owners, reviewers }, at) => ({
    ...stateOf(period, owners ?? [], reviewers ?? []),
    records: lists.get(at) ?? [],
  }))
}
