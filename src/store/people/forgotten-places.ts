// Where people stood who were forgotten, in periods whose figures were shown without names with theirs. Kept as a team and a period: who it
// was stands nowhere. Statistics withhold those figures from then on.
import { sql } from 'drizzle-orm'
import type { ForgottenPlace } from '../../domain/forgotten-place.ts'
import type { Period } from '../../domain/period.ts'
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

/** Before anything of the person is deleted. A place in the person's own team becomes one in the team above, which their people were part of. */
export async function keepForgottenPlaces(tx: Database, personId: PersonId, chart: OrgChart): Promise<void> {
  // Nobody begins to show more of them meanwhile.
  for (const kind of ['figures', 'scorecards'] as const) await takeTurn(tx, kind, 'to change')
  const periods = await rowsOf<Period>(
    tx,
    sql`WITH below AS (DELETE FROM forgotten_places WHERE manager_id = ${personId} RETURNING period_from, period_to)
      SELECT period_from::text AS "from", period_to::text AS "to" FROM below
      UNION SELECT period_from::text, period_to::text FROM shown_groups WHERE people ? ${personId}`,
  )
  const places = periods.map(({ from, to }) => ({ from, to, managerId: chart.asOf(to).managerAbove(personId)?.id ?? '' }))
  await tx.execute(sql`INSERT INTO forgotten_places (period_from, period_to, manager_id)
    SELECT "from", "to", "managerId" FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS given("from" date, "to" date, "managerId" text)
    ON CONFLICT DO NOTHING`)
}
