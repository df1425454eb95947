// Scorecards and coaching of 30 people over nine weeks a second time, in SQL, from the same rows: averages, counts, coverage and totals
// agree to the last digit.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CardSummary, ScoreAverage } from '../../src/stats/scorecards/results.ts'
import { secondCompany } from './second-company.ts'
import { everybody, managerOf, plain, type SecondDatabase, secondDatabase, teams } from './second-database.ts'
import { above, stats, week } from './world.ts'

const company = secondCompany(20261123)
const service = stats(company)
let db: SecondDatabase
const rowsOf = <T>(sql: string, values: unknown[] = []): Promise<T[]> => db.rowsOf(sql, values)

beforeAll(async () => {
  db = await secondDatabase(company)
})
afterAll(() => db.close())

const reviewed = `($1::text IS NULL OR reviewed IN (SELECT id FROM people WHERE manager = $1))`
/** Only public cards are averaged for whoever did not fill them. */
const average = (w: number): string =>
  `sum(score) FILTER (WHERE w = ${w} AND shown)::float8 / nullif(count(score) FILTER (WHERE w = ${w} AND shown), 0)`
const sidesInSql = `${average(8)} AS value, ${average(7)} AS before, (printed((${average(8)})::numeric, 'score') - printed((${average(7)})::numeric, 'score'))::float8 AS change,
  (count(score) FILTER (WHERE w = 8 AND shown))::int AS n`
/** The value's place on a scale of `1-5`. */
const shareInSql = `((${average(8)}) - split_part(scale, '-', 1)::int) / (split_part(scale, '-', 2)::int - split_part(scale, '-', 1)::int)::float8 AS share`

const sides = ({ value, before, change, n, share }: ScoreAverage) => ({
  value: plain(value),
  before: plain(before),
  change: plain(change),
  n,
  share: share === undefined ? null : Number(share.toFixed(9)),
})

const scaleOf = ({ average: { range } }: Pick<CardSummary, 'average'>): string => (range ? `${range.min}-${range.max}` : 'unknown')
const sorted = <T>(all: readonly T[]): string[] => all.map((each) => JSON.stringify(each)).toSorted()

describe('a second time in SQL', () => {
  it('scorecards by card, method and scale: averages of what may be averaged, counts of all', async () => {
    for (const subject of [...teams, everybody]) {
      const second = await rowsOf<object>(
        `SELECT card, method, scale, (count(*) FILTER (WHERE w = 8))::int AS answered, (count(*) FILTER (WHERE w = 7))::int AS answered_before,
           ${sidesInSql}, ${shareInSql}
         FROM cards WHERE ${reviewed} GROUP BY card, method, scale HAVING count(*) FILTER (WHERE w = 8) > 0`,
        [managerOf(subject)],
      )
      const report = await service.scorecards(subject, week, above)
      const first = report.cards.map((each) => ({
        card: each.scorecardId,
        method: each.method,
        // A scale is known by a score on it; of an unscored group of cards only by its questions.
        scale: scaleOf(each) === 'unknown' ? scaleOf(each.questions[0] ?? each) : scaleOf(each),
        answered: each.answered,
        answered_before: each.answeredBefore,
        ...sides(each.average),
      }))
      expect(sorted(first), JSON.stringify(subject)).toEqual(sorted(second))
    }
    const { cards } = await service.scorecards(everybody, week, above)
    // Two cards, one of them on two scales, each by people and by machines.
    expect(cards.length).toBeGreaterThan(4)
    expect(new Set(cards.map(({ method }) => method)).size).toBe(2)
  })

  it('by question: not applicable left out and counted', async () => {
    for (const subject of [...teams, everybody]) {
      const second = await rowsOf<object>(
        `SELECT card, method, scale, question, (count(*) FILTER (WHERE w = 8 AND na AND shown))::int AS na, ${sidesInSql}, ${shareInSql}
         FROM answers WHERE ${reviewed} GROUP BY card, method, scale, question HAVING count(*) FILTER (WHERE w = 8 AND shown) > 0`,
        [managerOf(subject)],
      )
      const { cards } = await service.scorecards(subject, week, above)
      const first = cards.flatMap((each) =>
        each.questions.map((question) => ({
          card: each.scorecardId,
          method: each.method,
          scale: scaleOf(question) === 'unknown' ? scaleOf(each) : scaleOf(question),
          question: question.questionId,
          na: question.notApplicable,
          ...sides(question.average),
        })),
      )
      expect(sorted(first), JSON.stringify(subject)).toEqual(sorted(second))
      if (subject === everybody) expect(new Set(first.map(({ scale }) => scale))).toEqual(new Set(['1-5', '1-10']))
    }
  })

  it('overall by method and scale; cards, people with one, before', async () => {
    for (const subject of [...teams, everybody]) {
      const second = await rowsOf<object>(
        `SELECT method, ${sidesInSql}, ${shareInSql} FROM cards WHERE ${reviewed} GROUP BY method, scale
         HAVING count(score) FILTER (WHERE w = 8 AND shown) > 0`,
        [managerOf(subject)],
      )
      const [counts] = await rowsOf<object>(
        `SELECT (count(*) FILTER (WHERE w = 8))::int AS answered, (count(*) FILTER (WHERE w = 7))::int AS "answeredBefore",
           (count(DISTINCT reviewed) FILTER (WHERE w = 8))::int AS "peopleReviewed" FROM cards WHERE ${reviewed}`,
        [managerOf(subject)],
      )
      const { overall = [], answered, answeredBefore, peopleReviewed } = await service.scorecards(subject, week, above)
      expect(sorted(overall.map((each) => ({ method: each.method, ...sides(each.average) })))).toEqual(sorted(second))
      expect({ answered, answeredBefore, peopleReviewed }).toEqual(counts)
    }
  })

  it('without names: the cards five people of the team have, named where five have them openly, and of a card with fewer nothing', async () => {
    let shown = 0
    for (const subject of teams) {
      const second = await rowsOf<{ answered: number; value: number | null; named: boolean }>(
        `SELECT card, method, scale, count(*)::int AS answered, count(DISTINCT reviewed) FILTER (WHERE shown) >= 5 AS named,
           CASE WHEN count(DISTINCT reviewed) FILTER (WHERE shown AND score IS NOT NULL) >= 5 THEN ${average(8)} END AS value FROM cards
         WHERE ${reviewed} AND w = 8 AND (SELECT count(*) FROM people WHERE manager = $1) >= 5
         GROUP BY card, method, scale HAVING count(DISTINCT reviewed) >= 5`,
        [managerOf(subject)],
      )
      const { cards, answered, single } = await service.scorecards(subject, week, { type: 'group' })
      expect(sorted(cards.map((each) => [each.answered, plain(each.average.value)]))).toEqual(
        sorted(second.filter(({ named }) => named).map((each) => [each.answered, each.value])),
      )
      expect(answered).toBe(second.reduce((sum, each) => sum + each.answered, 0))
      expect(single).toEqual([])
      shown += second.filter(({ named }) => named).length
    }
    expect(shown).toBeGreaterThan(0)
  })

  it('coaching coverage: weeks since, cards in the week, attention, coached in two and four weeks, now and before', async () => {
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
      const report = await service.coaching(managerId, week, above)
      expect(
        report.reports.map((each) => ({
          report: each.report.id,
          weeks_since: plain(each.weeksSince),
          in_week: each.scorecardsInPeriod,
          attention: plain(each.attention),
        })),
      ).toEqual(second)
      const [coached] = await rowsOf<object>(
        `SELECT ${['2026-11-23', '2026-11-16']
          .flatMap((end, index) =>
            [14, 28].map(
              (days) =>
                `(count(DISTINCT reviewed) FILTER (WHERE day >= date '${end}' - ${days} AND day < date '${end}'))::int AS ${index === 0 ? 'now' : 'before'}_${days}`,
            ),
          )
          .join(', ')}
        FROM cards WHERE reviewer = $1 AND reviewed IN (SELECT id FROM people WHERE manager = $1)`,
        [managerId],
      )
      expect({
        now_14: report.coachedIn2Weeks,
        now_28: report.coachedIn4Weeks,
        before_14: report.coachedBefore?.in2Weeks,
        before_28: report.coachedBefore?.in4Weeks,
      }).toEqual(coached)
      // A leader reads the same of each manager.
      const overview = (await service.coachingOverview({ type: 'company' }, week)).managers.find(({ manager }) => manager.id === managerId)
      expect(overview).toMatchObject({
        reports: report.reports.length,
        coachedIn2Weeks: report.coachedIn2Weeks,
        coachedIn4Weeks: report.coachedIn4Weeks,
        coachedBefore: report.coachedBefore,
        scorecardsFilled: report.totals.scorecardsFilled,
      })
    }
  })

  it('a manager’s totals, this week and the week before', async () => {
    for (const managerId of ['boss', 'm1', 'm2', 'm3']) {
      for (const [w, which] of [
        [8, 'totals'],
        [7, 'totalsBefore'],
      ] as const) {
        const [second] = await rowsOf<object>(
          `SELECT (c.fields->>'callsListenedTo')::int AS "callsListenedTo", (c.fields->>'commentsGiven')::int AS "commentsGiven",
             (c.fields->>'scorecardsFilled')::int AS "scorecardsFilled", (a.fields->>'callsScored')::int AS "callsScored",
             (a.fields->>'othersCallsListenedTo')::int AS "othersCallsListenedTo"
           FROM (VALUES ($1)) AS one(manager) LEFT JOIN coaching c ON c.manager = one.manager AND c.w = $2
             LEFT JOIN raw a ON a.person = one.manager AND a.kind = 'activity' AND a.w = $2`,
          [managerId, w],
        )
        const totals = (await service.coaching(managerId, week, above))[which]
        expect(Object.fromEntries(Object.entries(totals).map(([name, value]) => [name, plain(value)]))).toEqual(second)
      }
    }
  })

  it('what a person received: public cards by others in the week, calls with comments', async () => {
    for (const id of ['r00', 'r07', 'r15', 'r24']) {
      const [second] = await rowsOf<object>(
        `SELECT (SELECT count(*)::int FROM cards WHERE reviewed = $1 AND method = 'human' AND reviewer <> $1 AND shown AND w = 8) AS cards,
           (SELECT (fields->>'callsReceivedComments')::int FROM raw WHERE person = $1 AND kind = 'activity' AND w = 8) AS comments`,
        [id],
      )
      const { cards, commentsReceived } = await service.coachingReceived(id, week)
      expect({ cards: cards.length, comments: plain(commentsReceived) }).toEqual(second)
    }
  })
})
