// The rows of the second computation in a database of their own, with what each week's figures are made of as views. An unknown figure is
// NULL there.
import { PGlite } from '@electric-sql/pglite'
import type { ScoreRange } from '../../src/domain/gong-figures.ts'
import type { Measured } from '../../src/domain/measured.ts'
import { periodKey } from '../../src/domain/period.ts'
import type { Subject } from '../../src/domain/policy.ts'
import type { MeasureId } from '../../src/stats/measures/index.ts'
import { type SecondCompany, weeks } from './second-company.ts'

export interface SecondDatabase {
  readonly rowsOf: <T>(sql: string, values?: unknown[]) => Promise<T[]>
  readonly close: () => Promise<void>
}

/** The figure as the database says it. */
export const plain = (figure: Measured | undefined): number | null => (figure?.known ? Number(figure.value.toFixed(9)) : null)

/** Both sides of a comparison to nine decimals: a median of two halves may differ in the last binary digit. */
const toNineDecimals = <T extends object>(rows: readonly T[]): T[] =>
  rows.map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? Number(value.toFixed(9)) : value]),
      ) as T,
  )

export const teams: readonly Subject[] = ['boss', 'm1', 'm2', 'm3'].map((managerId) => ({ type: 'team', managerId }))
export const everybody: Subject = { type: 'company' }

/** The parameter of queries about a team; NULL for the company. */
export const managerOf = (subject: Subject): string | null => (subject.type === 'team' ? subject.managerId : null)

export async function secondDatabase(company: SecondCompany): Promise<SecondDatabase> {
  const db = await PGlite.create('memory://')
  await fill(db, company)
  return {
    rowsOf: async <T>(sql: string, values: unknown[] = []) => toNineDecimals((await db.query<T & object>(sql, values)).rows),
    close: () => db.close(),
  }
}

/** Gong's fields by measure and how they are printed, written down here a second time. */
export const fields: Partial<Record<MeasureId, readonly ['conversation' | 'activity', string, 'median' | 'sum' | 'none', string?]>> = {
  'talk-ratio': ['conversation', 'talkShare', 'median', 'share'],
  'longest-monologue': ['conversation', 'longestMonologueSeconds', 'median', 'seconds'],
  interactivity: ['conversation', 'interactivity', 'median', 'score'],
  patience: ['conversation', 'patience', 'median', 'score'],
  'question-rate': ['conversation', 'questionRate', 'median', 'per-call'],
  'calls-hosted': ['activity', 'callsAsHost', 'sum'],
  'calls-attended': ['activity', 'callsAttended', 'none'],
  'comments-given': ['activity', 'callsGaveComments', 'none'],
  'comments-received': ['activity', 'callsReceivedComments', 'none'],
  'recordings-accessed': ['activity', 'callsAccessedRecording', 'none'],
  'calls-scored': ['activity', 'callsScored', 'none'],
  'own-calls-listened-to': ['activity', 'ownCallsListenedTo', 'none'],
  'others-calls-listened-to': ['activity', 'othersCallsListenedTo', 'none'],
}

const scaleOf = (range: ScoreRange | undefined): string => (range ? `${range.min}-${range.max}` : 'unknown')

async function fill(db: PGlite, { people, interaction, activity, coaching, scorecards }: SecondCompany): Promise<void> {
  await db.exec(`
    CREATE TABLE people (id text PRIMARY KEY, manager text);
    CREATE TABLE raw (kind text, w int, person text, fields jsonb);
    CREATE TABLE measures (id text, kind text, field text, of_team text, unit text);
    CREATE TABLE cards (id text, card text, method text, reviewed text, reviewer text, day date, w int, score int, scale text, shown boolean);
    CREATE TABLE answers (card_id text, card text, method text, reviewed text, w int, question text, score int, na boolean, scale text, shown boolean);
    CREATE TABLE coaching (manager text, w int, fields jsonb);`)
  const insert = (table: string, columns: string, rows: readonly object[]) =>
    db.query(`INSERT INTO ${table} SELECT * FROM jsonb_to_recordset($1::jsonb) AS given(${columns})`, [JSON.stringify(rows)])
  await insert(
    'people',
    'id text, manager text',
    people.map(({ id, managerId }) => ({ id, manager: managerId })),
  )
  const raw = (kind: string, by: Readonly<Record<string, readonly { personId: string }[]>>) =>
    weeks.flatMap((each, w) => (by[periodKey(each)] ?? []).map((row) => ({ kind, w, person: row.personId, fields: row })))
  await insert('raw', 'kind text, w int, person text, fields jsonb', [...raw('conversation', interaction), ...raw('activity', activity)])
  await insert(
    'measures',
    'id text, kind text, field text, of_team text, unit text',
    Object.entries(fields).map(([id, [kind, field, of_team, unit = 'count']]) => ({ id, kind, field, of_team, unit })),
  )
  // Berlin is ahead of UTC by one or two hours, and no card is from after 17:00 UTC: the date is the local one.
  const cards = scorecards.map((card) => {
    const day = card.answeredAt.toISOString().slice(0, 10)
    return { card, day, w: weeks.findIndex(({ from, to }) => from <= day && day < to) }
  })
  await insert(
    'cards',
    'id text, card text, method text, reviewed text, reviewer text, day date, w int, score int, scale text, shown boolean',
    cards.map(({ card, day, w }) => ({
      id: card.id,
      card: card.scorecardId,
      method: card.method,
      reviewed: card.reviewedId,
      reviewer: card.reviewerId,
      day,
      w,
      score: card.overallScore,
      scale: scaleOf(card.overallRange),
      shown: card.visibility === 'public',
    })),
  )
  await insert(
    'answers',
    'card_id text, card text, method text, reviewed text, w int, question text, score int, na boolean, scale text, shown boolean',
    cards.flatMap(({ card, w }) =>
      card.questions.map((each) => ({
        card_id: card.id,
        card: card.scorecardId,
        method: card.method,
        reviewed: card.reviewedId,
        w,
        question: each.questionId,
        score: each.score,
        na: each.notApplicable,
        scale: scaleOf(each.range),
        shown: card.visibility === 'public',
      })),
    ),
  )
  await insert(
    'coaching',
    'manager text, w int, fields jsonb',
    weeks.flatMap((each, w) => (coaching[periodKey(each)] ?? []).map((row) => ({ manager: row.managerId, w, fields: row }))),
  )
  await db.exec(`
    CREATE FUNCTION printed(figure numeric, unit text) RETURNS numeric LANGUAGE sql AS $$
      SELECT CASE unit WHEN 'share' THEN round(figure, 2) WHEN 'count' THEN figure
        WHEN 'seconds' THEN round(figure, CASE WHEN figure < 10 THEN 1 ELSE 0 END)
        WHEN 'per-call' THEN round(figure, CASE WHEN figure < 10 THEN 1 ELSE 0 END)
        ELSE round(figure, 1) END $$;
    CREATE VIEW calls AS
      SELECT p.id AS person, weeks.w, coalesce((r.fields->>'callsCount')::int, 0) AS n
      FROM people p CROSS JOIN generate_series(0, 8) AS weeks(w)
        LEFT JOIN raw r ON r.kind = 'conversation' AND r.person = p.id AND r.w = weeks.w;
    CREATE VIEW figures AS
      SELECT p.id AS person, p.manager, c.w, c.n, m.id AS measure, m.kind, m.of_team, m.unit, (r.fields->>m.field)::float8 AS value,
        CASE WHEN m.kind = 'activity' OR c.n >= 3 THEN (r.fields->>m.field)::float8 END AS comparable
      FROM people p CROSS JOIN measures m JOIN calls c ON c.person = p.id
        LEFT JOIN raw r ON r.kind = m.kind AND r.person = p.id AND r.w = c.w AND NOT (m.kind = 'conversation' AND c.n = 0);
    CREATE VIEW short AS
      SELECT person, least(n8, n7) < 0.5 * CASE WHEN usual_weeks >= 3 THEN usual ELSE greatest(n8, n7) END AS short, n8, n7
      FROM (SELECT person, max(n) FILTER (WHERE w = 8) AS n8, max(n) FILTER (WHERE w = 7) AS n7,
          count(*) FILTER (WHERE w < 8 AND n > 0) AS usual_weeks,
          percentile_cont(0.5) WITHIN GROUP (ORDER BY n::float8) FILTER (WHERE w < 8 AND n > 0) AS usual
        FROM calls GROUP BY person) AS by_person;`)
}
