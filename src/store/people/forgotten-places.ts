// Where people stood who were forgotten, in periods whose figures were shown without names with theirs; of who led a team, in every period until
// they led none. Kept as a team and a period: who it was stands nowhere. Statistics withhold those figures from then on.
import { sql } from 'drizzle-orm'
import { everyPeriodFrom, type ForgottenPlace } from '../../domain/forgotten-place.ts'
import type { LocalDate, Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { takeTurn } from '../figures/as-shown.ts'
import { forgottenPlaces } from '../schema/people.ts'

export async function readForgottenPlaces(db: Database): Promise<readonly ForgottenPlace[]> {
  const rows = await db.select().from(forgottenPlaces)
  return rows.map(({ periodFrom, periodTo, managerId }) => ({
    period: { from: periodFrom, to: periodTo },
    ...(managerId !== '' && { managerId }),
  }))
}

/**
 * Before anything of the person is deleted. A place in the person's own team becomes one in the team above, which their people were part of.
 * Whoever led a team had one in every period that ended while they did: its people stand elsewhere in them from now on, and are pooled with
 * others, while readers know the team's figure, or its people's by name as the person themself does.
 */
export async function keepForgottenPlaces(tx: Database, personId: PersonId, chart: OrgChart, today: LocalDate): Promise<void> {
  // Nobody begins to show more of them meanwhile.
  for (const kind of ['figures', 'scorecards'] as const) await takeTurn(tx, kind, 'to change')
  const periods = await rowsOf<Period>(
    tx,
    sql`WITH below AS (DELETE FROM forgotten_places WHERE manager_id = ${personId} RETURNING period_from, period_to)
      SELECT to_char(period_from, 'YYYY-MM-DD') AS "from", to_char(period_to, 'YYYY-MM-DD') AS "to" FROM below
      UNION SELECT to_char(period_from, 'YYYY-MM-DD'), to_char(period_to, 'YYYY-MM-DD') FROM shown_groups WHERE people ? ${personId}`,
  )
  const ledUntil = lastDayAsLeader(personId, chart, today)
  const every = [...(ledUntil === undefined ? [] : [ledUntil]), ...periods.filter(isEvery).map(({ to }) => to)].toSorted().at(-1)
  const given = [...periods.filter((period) => !isEvery(period)), ...(every === undefined ? [] : everyPeriodOf(personId, chart, every))]
  const places = given.map(({ from, to }) => ({ from, to, managerId: chart.asOf(to).managerAbove(personId)?.id ?? '' }))
  await tx.execute(sql`INSERT INTO forgotten_places (period_from, period_to, manager_id)
    SELECT "from", "to", "managerId" FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS given("from" date, "to" date, "managerId" text)
    ON CONFLICT DO NOTHING`)
}

const isEvery = ({ from }: Period): boolean => from === everyPeriodFrom

/** Today while they lead somebody; undefined of who never did. */
function lastDayAsLeader(personId: PersonId, chart: OrgChart, today: LocalDate): LocalDate | undefined {
  if (chart.team(personId).length > 0) return today
  const ends = [...chart.people.values()].flatMap(({ pastPlaces = [] }) =>
    pastPlaces.flatMap(({ active, managerId, until }) => (active && managerId === personId ? [until] : [])),
  )
  return ends.toSorted().at(-1)
}

/** One for each team they were in themselves until then. */
function everyPeriodOf(personId: PersonId, chart: OrgChart, until: LocalDate): readonly Period[] {
  const moves = (chart.people.get(personId)?.pastPlaces ?? []).map((place) => place.until).filter((moved) => moved < until)
  return [...new Set([...moves, until])].map((to) => ({ from: everyPeriodFrom, to }))
}
