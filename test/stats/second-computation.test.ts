// Every figure of 30 people over nine weeks a second time, in SQL, from the same rows: they agree to the last digit. An unknown figure
// is NULL there and whatever reason here.
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Measured } from '../../src/domain/measured.ts'
import { periodKey } from '../../src/domain/period.ts'
import type { Subject } from '../../src/domain/policy.ts'
import { measures } from '../../src/stats/measures/index.ts'
import type { MeasureId, TeamReport } from '../../src/stats/results.ts'
import { type SecondCompany, secondCompany, weeks } from './second-company.ts'
import { stats, week } from './world.ts'

const company = secondCompany(20261123)
const service = stats(company)
const above = { type: 'person', isAbove: true } as const
const teams: readonly Subject[] = ['boss', 'm1', 'm2', 'm3'].map((managerId) => ({ type: 'team', managerId }))
const everybody: Subject = { type: 'company' }
let db: PGlite

const plain = (figure: Measured | undefined): number | null => (figure?.known ? figure.value : null)
const rowsOf = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => (await db.query<T>(sql, values)).rows

/** Gong's fields by measure, written down here a second time. */
const fields: Partial<Record<MeasureId, readonly ['conversation' | 'activity', string, 'median' | 'sum' | 'none']>> = {
  'talk-ratio': ['conversation', 'talkShare', 'median'],
  'longest-monologue': ['conversation', 'longestMonologueSeconds', 'median'],
  interactivity: ['conversation', 'interactivity', 'median'],
  patience: ['conversation', 'patience', 'median'],
  'question-rate': ['conversation', 'questionRate', 'median'],
  'calls-hosted': ['activity', 'callsAsHost', 'sum'],
  'calls-attended': ['activity', 'callsAttended', 'none'],
  'comments-given': ['activity', 'callsGaveComments', 'none'],
  'comments-received': ['activity', 'callsReceivedComments', 'none'],
  'recordings-accessed': ['activity', 'callsAccessedRecording', 'none'],
  'calls-scored': ['activity', 'callsScored', 'none'],
  'own-calls-listened-to': ['activity', 'ownCallsListenedTo', 'none'],
  'others-calls-listened-to': ['activity', 'othersCallsListenedTo', 'none'],
}

async function fill({ people, interaction, activity, scorecards }: SecondCompany): Promise<void> {
  await db.exec(`
    CREATE TABLE people (id text PRIMARY KEY, manager text);
    CREATE TABLE raw (kind text, w int, person text, fields jsonb);
    CREATE TABLE measures (id text, kind text, field text, of_team text);
    CREATE TABLE cards (id text, card text, method text, reviewed text, reviewer text, day date, w int, score int);
    CREATE TABLE answers (card_id text, card text, method text, reviewed text, w int, question text, score int, na boolean);`)
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
    'id text, kind text, field text, of_team text',
    Object.entries(fields).map(([id, [kind, field, of_team]]) => ({ id, kind, field, of_team })),
  )
  // Berlin is ahead of UTC by one or two hours, and no card is from after 17:00 UTC: the date is the local one.
  const cards = scorecards.map((card) => {
    const day = card.answeredAt.toISOString().slice(0, 10)
    return { card, day, w: weeks.findIndex(({ from, to }) => from <= day && day < to) }
  })
  await insert(
    'cards',
    'id text, card text, method text, reviewed text, reviewer text, day date, w int, score int',
    cards.map(({ card, day, w }) => ({
      id: card.id,
      card: card.scorecardId,
      method: card.method,
      reviewed: card.reviewedId,
      reviewer: card.reviewerId,
      day,
      w,
      score: card.overallScore,
    })),
  )
  await insert(
    'answers',
    'card_id text, card text, method text, reviewed text, w int, question text, score int, na boolean',
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
      })),
    ),
  )
  await db.exec(`
    CREATE VIEW calls AS
      SELECT p.id AS person, weeks.w, coalesce((r.fields->>'callsCount')::int, 0) AS n
      FROM people p CROSS JOIN generate_series(0, 8) AS weeks(w)
        LEFT JOIN raw r ON r.kind = 'conversation' AND r.person = p.id AND r.w = weeks.w;
    CREATE VIEW figures AS
      SELECT p.id AS person, p.manager, c.w, c.n, m.id AS measure, m.kind, m.of_team, (r.fields->>m.field)::float8 AS value,
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

beforeAll(async () => {
  db = await PGlite.create('memory://')
  await fill(company)
}, 60_000)
afterAll(() => db.close())

it('the measures are those of the product, each made the same way of a team', () => {
  expect(measures.filter(({ words }) => words.documented).map(({ id, group, ofTeam }) => [id, group, ofTeam])).toEqual(
    Object.entries(fields).map(([id, [group, , ofTeam]]) => [id, group, ofTeam]),
  )
})

describe('a second time in SQL', () => {
  it('each person’s figures: value, before, change, usual, change from usual, per call in a short week', async () => {
    const report = await service.team(everybody, week, 'by-name')
    const first = report.people.flatMap(({ person, isShort, measures: of }) =>
      [...of.values()].map(({ id, value, before, change, usual, changeFromUsual, perCall }) => ({
        person: person.id,
        measure: id,
        short: isShort === true,
        value: plain(value),
        before: plain(before),
        change: plain(change),
        usual: plain(usual),
        from_usual: plain(changeFromUsual),
        per_call: plain(perCall?.change),
      })),
    )
    const second = await rowsOf<(typeof first)[number]>(`
      WITH sides AS (
        SELECT person, measure, kind,
          max(value) FILTER (WHERE w = 8) AS value, max(value) FILTER (WHERE w = 7) AS before,
          max(comparable) FILTER (WHERE w = 8) AS now, max(comparable) FILTER (WHERE w = 7) AS earlier,
          count(value) FILTER (WHERE w < 8 AND n >= 3) AS usual_weeks,
          percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FILTER (WHERE w < 8 AND n >= 3) AS middle
        FROM figures GROUP BY person, measure, kind)
      SELECT s.person, s.measure, h.short, s.value, s.before,
        CASE WHEN NOT (h.short AND s.kind = 'activity') THEN s.now - s.earlier END AS change,
        CASE WHEN usual_weeks >= 3 THEN middle END AS usual,
        CASE WHEN usual_weeks >= 3 AND NOT (h.short AND s.kind = 'activity') THEN s.now - middle END AS from_usual,
        CASE WHEN h.short AND s.kind = 'activity' AND s.measure NOT IN ('calls-hosted', 'calls-attended') AND n8 >= 3 AND n7 >= 3
          THEN s.value / n8 - s.before / n7 END AS per_call
      FROM sides s JOIN short h USING (person)`)
    const key = (row: { person: string; measure: string }) => `${row.person} ${row.measure}`
    expect(new Map(first.map((row) => [key(row), row]))).toEqual(new Map(second.map((row) => [key(row), row])))
    expect(first).toHaveLength(30 * 13)
    // It would say little if hardly anything were known, or no week short.
    expect(first.filter(({ change }) => change !== null).length).toBeGreaterThan(200)
    expect(first.filter(({ per_call }) => per_call !== null).length).toBeGreaterThan(5)
  })

  const teamSql = `
    WITH members AS (SELECT * FROM figures WHERE $1::text IS NULL OR manager = $1),
    weekly AS (
      SELECT measure, of_team, w, count(comparable) AS people, count(*) FILTER (WHERE comparable > 0) AS adding,
        CASE of_team WHEN 'median' THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY comparable) WHEN 'sum' THEN coalesce(sum(comparable), 0) END AS value
      FROM members GROUP BY measure, of_team, w),
    pairs AS (
      SELECT now.measure, now.of_team, now.comparable AS now, earlier.comparable AS earlier
      FROM members now JOIN members earlier USING (person, measure) WHERE now.w = 8 AND earlier.w = 7),
    changes AS (
      SELECT measure, count(*) FILTER (WHERE now IS NOT NULL AND earlier IS NOT NULL) AS in_both,
        count(*) FILTER (WHERE now IS NOT NULL AND earlier IS NULL) AS only_now,
        count(*) FILTER (WHERE earlier IS NOT NULL AND now IS NULL) AS only_earlier,
        CASE of_team
          WHEN 'median' THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY now) FILTER (WHERE now IS NOT NULL AND earlier IS NOT NULL)
            - percentile_cont(0.5) WITHIN GROUP (ORDER BY earlier) FILTER (WHERE now IS NOT NULL AND earlier IS NOT NULL)
          WHEN 'sum' THEN sum(now) FILTER (WHERE now IS NOT NULL AND earlier IS NOT NULL) - sum(earlier) FILTER (WHERE now IS NOT NULL AND earlier IS NOT NULL)
        END AS change
      FROM pairs GROUP BY measure, of_team),
    team_calls AS (
      SELECT coalesce(sum(n) FILTER (WHERE w = 8), 0) AS n8, coalesce(sum(n) FILTER (WHERE w = 7), 0) AS n7
      FROM calls JOIN people ON people.id = calls.person WHERE $1::text IS NULL OR manager = $1)`

  interface TeamRow {
    readonly measure: string
    readonly value: number | null
    readonly before: number | null
    readonly change: number | null
    readonly people: number
  }
  const told = (report: TeamReport): TeamRow[] =>
    [...report.measures.values()].map(({ id, value, before, change, people }) => ({
      measure: id,
      value: plain(value),
      before: plain(before),
      change: plain(change),
      people: value.known ? people : 0,
    }))
  const byMeasure = (rows: readonly TeamRow[]) => new Map(rows.map((row) => [row.measure, row]))
  const managerOf = (subject: Subject): string | null => (subject.type === 'team' ? subject.managerId : null)

  it('each team and the company by name: medians, sums, changes of the same people', async () => {
    for (const subject of [...teams, everybody]) {
      const second = await rowsOf<TeamRow>(
        `${teamSql}
        SELECT now.measure, now.value, earlier.value AS before,
          CASE WHEN NOT (now.of_team = 'sum' AND least(n8, n7) < 0.5 * greatest(n8, n7)) THEN change END AS change,
          (CASE WHEN now.value IS NULL THEN 0 WHEN now.of_team = 'sum' THEN now.adding ELSE now.people END)::int AS people
        FROM weekly now JOIN weekly earlier USING (measure) JOIN changes USING (measure) CROSS JOIN team_calls
        WHERE now.w = 8 AND earlier.w = 7`,
        [managerOf(subject)],
      )
      expect(byMeasure(told(await service.team(subject, week, 'by-name'))), JSON.stringify(subject)).toEqual(byMeasure(second))
    }
  })

  it('each team without names: on five people or nothing, a change of nearly the same people hidden', async () => {
    const second = (subject: Subject) =>
      rowsOf<TeamRow>(
        `${teamSql},
        sides AS (
          SELECT measure, of_team, w, CASE of_team WHEN 'median' THEN people ELSE adding END AS people,
            CASE WHEN (CASE of_team WHEN 'median' THEN people ELSE adding END) >= 5 THEN value END AS value
          FROM weekly),
        adding AS (
          SELECT measure, count(*) FILTER (WHERE now > 0 AND earlier IS NULL) + count(*) FILTER (WHERE earlier > 0 AND now IS NULL) AS only_one,
            least(count(*) FILTER (WHERE now > 0 AND earlier IS NOT NULL), count(*) FILTER (WHERE earlier > 0 AND now IS NOT NULL)) AS both
          FROM pairs GROUP BY measure)
        SELECT now.measure, now.value, earlier.value AS before,
          CASE WHEN now.value IS NOT NULL AND earlier.value IS NOT NULL AND in_both >= 5
            AND CASE now.of_team
              WHEN 'median' THEN (only_now = 0 OR only_now >= 5) AND (only_earlier = 0 OR only_earlier >= 5)
              ELSE only_one = 0 AND adding.both >= 5 AND NOT least(n8, n7) < 0.5 * greatest(n8, n7) END
            THEN change END AS change,
          (CASE WHEN now.value IS NULL THEN 0 ELSE now.people END)::int AS people
        FROM sides now JOIN sides earlier USING (measure) JOIN changes USING (measure) JOIN adding USING (measure) CROSS JOIN team_calls
        WHERE now.w = 8 AND earlier.w = 7`,
        [managerOf(subject)],
      )
    let changes = 0
    for (const subject of teams) {
      const first = told(await service.team(subject, week, 'medians'))
      expect(byMeasure(first), JSON.stringify(subject)).toEqual(byMeasure(await second(subject)))
      changes += first.filter(({ change }) => change !== null).length
    }
    // Teams of 12 and 10 are shown, those of four and three are not.
    expect((await service.team({ type: 'team', managerId: 'm3' }, week, 'medians')).measures.get('talk-ratio')?.value.known).toBe(false)
    expect((await service.team({ type: 'team', managerId: 'm1' }, week, 'medians')).measures.get('talk-ratio')?.value.known).toBe(true)
    // What a person is shown beside their own figures is the same.
    for (const id of ['r00', 'r15', 'r25']) {
      const report = await service.person(id, week)
      const managerId = company.people.find((each) => each.id === id)?.managerId ?? ''
      expect(report.team).toEqual((await service.team({ type: 'team', managerId }, week, 'medians')).measures)
    }
    expect(changes).toBeGreaterThan(0)
  })

  it('nine weeks of trend, of each team and of a person', async () => {
    for (const subject of [...teams, everybody]) {
      const second = await rowsOf<{ measure: string; w: number; value: number | null }>(
        `${teamSql} SELECT measure, w, value FROM weekly ORDER BY measure, w`,
        [managerOf(subject)],
      )
      const { trend } = await service.team(subject, week, 'by-name')
      const first = [...trend].flatMap(([measure, points]) => points.map(({ value }, w) => ({ measure, w, value: plain(value) })))
      const key = ({ measure, w }: { measure: string; w: number }) => `${measure} ${w}`
      expect(new Map(first.map((row) => [key(row), row.value]))).toEqual(new Map(second.map((row) => [key(row), row.value])))
    }
    for (const id of ['r03', 'r17', 'm2']) {
      const second = await rowsOf<{ comparable: number | null }>(
        "SELECT comparable FROM figures WHERE person = $1 AND measure = 'talk-ratio' ORDER BY w",
        [id],
      )
      expect((await service.person(id, week)).trend.get('talk-ratio')?.map(({ value }) => plain(value))).toEqual(
        second.map(({ comparable }) => comparable),
      )
    }
  })

  it('scorecard averages by card and by question, and overall, with n', async () => {
    for (const subject of [...teams, everybody]) {
      const reviewed = `($1::text IS NULL OR reviewed IN (SELECT id FROM people WHERE manager = $1))`
      const average = (w: number) => `sum(score) FILTER (WHERE w = ${w})::float8 / nullif(count(score) FILTER (WHERE w = ${w}), 0)`
      const columns = `${average(8)} AS value, ${average(7)} AS before, (${average(8)}) - (${average(7)}) AS change, (count(score) FILTER (WHERE w = 8))::int AS n`
      const cards = await rowsOf(
        `SELECT card, method, ${columns}, (count(*) FILTER (WHERE w = 8))::int AS answered, (count(*) FILTER (WHERE w = 7))::int AS answered_before
         FROM cards WHERE ${reviewed} GROUP BY card, method HAVING count(*) FILTER (WHERE w = 8) > 0 ORDER BY card, method`,
        [managerOf(subject)],
      )
      const questions = await rowsOf(
        `SELECT card, method, question, ${columns}, (count(*) FILTER (WHERE w = 8 AND na))::int AS na
         FROM answers WHERE ${reviewed} GROUP BY card, method, question HAVING count(*) FILTER (WHERE w = 8) > 0 ORDER BY card, method, question`,
        [managerOf(subject)],
      )
      const overall = await rowsOf(
        `SELECT method, ${columns} FROM cards WHERE ${reviewed} GROUP BY method HAVING count(score) FILTER (WHERE w = 8) > 0 ORDER BY method`,
        [managerOf(subject)],
      )
      const report = await service.scorecards(subject, week, above)
      const sides = ({ value, before, change, n }: (typeof report.cards)[number]['average']) => ({
        value: plain(value),
        before: plain(before),
        change: plain(change),
        n,
      })
      const sorted = report.cards.toSorted((a, b) => `${a.scorecardId}${a.method}`.localeCompare(`${b.scorecardId}${b.method}`))
      expect(
        sorted.map((each) => ({
          card: each.scorecardId,
          method: each.method,
          ...sides(each.average),
          answered: each.answered,
          answered_before: each.answeredBefore,
        })),
      ).toEqual(cards)
      expect(
        sorted.flatMap((each) =>
          each.questions
            .toSorted((a, b) => a.questionId.localeCompare(b.questionId))
            .map((question) => ({
              card: each.scorecardId,
              method: each.method,
              question: question.questionId,
              ...sides(question.average),
              na: question.notApplicable,
            })),
        ),
      ).toEqual(questions)
      expect(
        (report.overall ?? [])
          .toSorted((a, b) => a.method.localeCompare(b.method))
          .map(({ method, average: of }) => ({ method, ...sides(of) })),
      ).toEqual(overall)
    }
  })

  it('coaching coverage: weeks since, cards in the week, attention, coached in two and four weeks', async () => {
    for (const managerId of ['boss', 'm1', 'm2', 'm3']) {
      const second = await rowsOf(
        `WITH given AS (SELECT * FROM cards WHERE reviewer = $1 AND reviewed <> $1 AND reviewed IN (SELECT id FROM people WHERE manager = $1)),
        recent AS (SELECT count(*) AS n FROM given WHERE day >= date '2026-11-23' - 28)
        SELECT p.id AS report, floor((date '2026-11-23' - max(g.day)) / 7.0)::int AS weeks_since,
          (count(g.id) FILTER (WHERE g.day >= date '2026-11-16'))::int AS in_week,
          (count(g.id) FILTER (WHERE g.day >= date '2026-11-23' - 28))::float8 / nullif((SELECT n FROM recent), 0) AS attention
        FROM people p LEFT JOIN given g ON g.reviewed = p.id WHERE p.manager = $1 GROUP BY p.id ORDER BY p.id`,
        [managerId],
      )
      const report = await service.coaching(managerId, week)
      expect(
        report.reports.map((each) => ({
          report: each.report.id,
          weeks_since: plain(each.weeksSince),
          in_week: each.scorecardsInPeriod,
          attention: plain(each.attention),
        })),
      ).toEqual(second)
      const [coached] = await rowsOf<{ two: number; four: number }>(
        `SELECT (count(DISTINCT reviewed) FILTER (WHERE day >= date '2026-11-23' - 14))::int AS two,
          (count(DISTINCT reviewed) FILTER (WHERE day >= date '2026-11-23' - 28))::int AS four
        FROM cards WHERE reviewer = $1 AND reviewed IN (SELECT id FROM people WHERE manager = $1)`,
        [managerId],
      )
      expect({ two: report.coachedIn2Weeks, four: report.coachedIn4Weeks }).toEqual(coached)
    }
  })
})
