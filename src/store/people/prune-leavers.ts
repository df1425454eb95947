// Deletes whoever has left and of whom nothing is left in the retention. One who is still in Gong's list comes back without figures, and goes
// again.
import { type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../clock.ts'
import type { PersonId } from '../../domain/person.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { changeTree, inTurn } from './change-tree.ts'
import { dayAnywhere } from './read-chart.ts'

/** Returns how many went. */
export async function pruneLeavers(db: Database, clock: Clock): Promise<number> {
  if ((await leavers(db)).length === 0) return 0
  return db.transaction(async (tx) => {
    await inTurn(tx)
    const { result } = await changeTree(tx, { until: dayAnywhere(clock) }, async () => {
      const gone = sql`ANY(${sql.param(await leavers(tx))}::text[])`
      await tx.execute(sql`DELETE FROM person_corrections WHERE person_id = ${gone}`)
      return (await rowsOf(tx, sql`DELETE FROM people WHERE id = ${gone} RETURNING id`)).length
    })
    return result
  })
}

/** Nobody through whom the line of managers of somebody who stays passes: the people below would be nobody's. */
async function leavers(db: Database): Promise<readonly PersonId[]> {
  const rows = await rowsOf<{ readonly id: PersonId }>(
    db,
    sql`WITH RECURSIVE tree AS (
        SELECT people.id, coalesce(corrections.manager_id, people.manager_id) AS manager_id
        FROM people LEFT JOIN person_corrections AS corrections ON corrections.person_id = people.id),
      nothing_left AS MATERIALIZED (SELECT id FROM people WHERE ${hasNothing}),
      lines AS (
        SELECT manager_id AS id FROM tree WHERE NOT EXISTS (SELECT 1 FROM nothing_left WHERE nothing_left.id = tree.id)
        UNION SELECT tree.manager_id FROM lines JOIN tree ON tree.id = lines.id)
    SELECT id FROM nothing_left WHERE NOT EXISTS (SELECT 1 FROM lines WHERE lines.id = nothing_left.id)`,
  )
  return rows.map(({ id }) => id)
}

const hasNothing: SQL = sql`NOT active
  AND NOT EXISTS (SELECT 1 FROM past_places WHERE person_id = people.id OR manager_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM interaction_rows WHERE person_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM activity_rows WHERE person_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM daily_activity WHERE person_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM coaching_rows WHERE manager_id = people.id OR report_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM scorecards WHERE reviewed_id = people.id OR reviewer_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM reminder_items WHERE manager_id = people.id OR report_id = people.id)`
