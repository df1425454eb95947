// Every figure of 30 people over nine weeks a second time, in SQL, from the same rows: they agree to the last digit. An unknown figure
// is NULL there and whatever reason here.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Subject } from '../../src/domain/policy.ts'
import type { TeamReport } from '../../src/stats/figures/results.ts'
import { measures } from '../../src/stats/measures/index.ts'
import { secondCompany } from './second-company.ts'
import { everybody, fields, managerOf, plain, type SecondDatabase, secondDatabase, teams } from './second-database.ts'
import { stats, week } from './world.ts'

const company = secondCompany(20261123)
const service = stats(company)
let db: SecondDatabase

const rowsOf = <T>(sql: string, values: unknown[] = []): Promise<T[]> => db.rowsOf(sql, values)

beforeAll(async () => {
  db = await secondDatabase(company)
})
afterAll(() => db.close())

it('the measures are those of the product, each made the same way of a team', () => {
  expect(measures.filter(({ words }) => words.documented).map(({ id, group, ofTeam }) => [id, group, ofTeam])).toEqual(
    Object.entries(fields).map(([id, [group, , ofTeam]]) => [id, group, ofTeam]),
  )
})

describe('a second time in SQL', () => {
  it('each person’s figures: value, before, change, usual, change from usual, per call in a short week, as printed', async () => {
    const report = await service.team(everybody, week, 'by-name')
    const first = report.people.flatMap(({ person, isShort, measures: of }) =>
      [...of.values()].map(({ id, value, before, change, usualWeek, changeFromUsualWeek, perCall }) => ({
        person: person.id,
        measure: id,
        short: isShort === true,
        value: plain(value),
        before: plain(before),
        change: plain(change),
        usual: plain(usualWeek),
        from_usual: plain(changeFromUsualWeek),
        per_call: plain(perCall?.change),
      })),
    )
    const second = await rowsOf<(typeof first)[number]>(`
      WITH sides AS (
        SELECT person, measure, kind, unit,
          max(value) FILTER (WHERE w = 8) AS value, max(value) FILTER (WHERE w = 7) AS before,
          max(comparable) FILTER (WHERE w = 8) AS now, max(comparable) FILTER (WHERE w = 7) AS earlier,
          count(value) FILTER (WHERE w < 8 AND n >= 3) AS usual_weeks,
          percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FILTER (WHERE w < 8 AND n >= 3) AS middle
        FROM figures GROUP BY person, measure, kind, unit)
      SELECT s.person, s.measure, h.short, s.value, s.before,
        CASE WHEN NOT (h.short AND s.kind = 'activity') THEN (printed(s.now::numeric, s.unit) - printed(s.earlier::numeric, s.unit))::float8 END AS change,
        CASE WHEN usual_weeks >= 3 THEN middle END AS usual,
        CASE WHEN usual_weeks >= 3 AND NOT (h.short AND s.kind = 'activity') THEN (printed(s.now::numeric, s.unit) - printed(middle::numeric, s.unit))::float8 END AS from_usual,
        CASE WHEN h.short AND s.kind = 'activity' AND s.measure NOT IN ('calls-hosted', 'calls-attended') AND n8 >= 3 AND n7 >= 3
          THEN (printed((s.value / n8)::numeric, 'per-call') - printed((s.before / n7)::numeric, 'per-call'))::float8 END AS per_call
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
      SELECT now.measure, now.of_team, now.comparable AS now, earlier.comparable AS earlier,
        (printed(now.comparable::numeric, now.unit) - printed(earlier.comparable::numeric, now.unit))::float8 AS own
      FROM members now JOIN members earlier USING (person, measure) WHERE now.w = 8 AND earlier.w = 7),
    changes AS (
      SELECT measure, count(*) FILTER (WHERE now IS NOT NULL AND earlier IS NOT NULL) AS in_both,
        count(*) FILTER (WHERE now IS NOT NULL AND earlier IS NULL) AS only_now,
        count(*) FILTER (WHERE earlier IS NOT NULL AND now IS NULL) AS only_earlier,
        CASE of_team
          WHEN 'median' THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY own) FILTER (WHERE own IS NOT NULL)
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
  const rowsIn = (report: TeamReport): TeamRow[] =>
    [...report.measures.values()].map(({ id, value, before, change, people }) => ({
      measure: id,
      value: plain(value),
      before: plain(before),
      change: plain(change),
      people: value.known ? people : 0,
    }))
  const byMeasure = (rows: readonly TeamRow[]) => new Map(rows.map((row) => [row.measure, row]))

  it('each team and the company by name: medians, sums, the median of own changes', async () => {
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
      expect(byMeasure(rowsIn(await service.team(subject, week, 'by-name'))), JSON.stringify(subject)).toEqual(byMeasure(second))
    }
  })

  it('each team without names: on five people or nothing, of a sum a change of nearly the same people hidden', async () => {
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
              WHEN 'median' THEN true
              ELSE only_one = 0 AND adding.both >= 5 AND NOT least(n8, n7) < 0.5 * greatest(n8, n7) END
            THEN change END AS change,
          (CASE WHEN now.value IS NULL THEN 0 ELSE now.people END)::int AS people
        FROM sides now JOIN sides earlier USING (measure) JOIN changes USING (measure) JOIN adding USING (measure) CROSS JOIN team_calls
        WHERE now.w = 8 AND earlier.w = 7`,
        [managerOf(subject)],
      )
    let changes = 0
    for (const subject of teams) {
      const first = rowsIn(await service.team(subject, week, 'medians'))
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
      // What is usual for the team stands in its own answer alone.
      const shown = (team: TeamReport['measures']) => [...team.values()].map(({ usualRange: _range, news: _news, ...of }) => of)
      expect(shown(report.team)).toEqual(shown((await service.team({ type: 'team', managerId }, week, 'medians')).measures))
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
})
