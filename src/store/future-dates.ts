// Dates that a clock wrote which was far ahead and has been set right. Each withholds groups without names until its day comes, so the day on
// which it is found takes its place: nothing was deleted, moved or changed later than that.
import { sql } from 'drizzle-orm'
import { everyPeriodFrom } from '../domain/forgotten-place.ts'
import type { LocalDate } from '../domain/period.ts'
import { readAnew } from '../one-reading.ts'
import type { Database } from './database/database.ts'
import { countedCardsSetting } from './figures/counted-cards.ts'

/** What was shown by name in a channel counts for the week after, too. */
const shownAhead = 7

/** `today`: the latest date there is anywhere. */
export async function endFutureDates(db: Database, today: LocalDate): Promise<void> {
  readAnew()
  await db.transaction(async (tx) => {
    // In the order in which others write them.
    await tx.execute(sql`UPDATE versions SET value = value + 1 WHERE name = 'people'`)
    await tx.execute(sql`UPDATE tenant_values SET value = ${today} WHERE space = 'fact' AND key = 'kept-from' AND value > ${today}`)
    await tx.execute(sql`UPDATE tenant_values SET value = split_part(value, ' ', 1) || ' ' || ${today}::text
      WHERE space = 'fact' AND key IN ('group-rule', 'unmarked-cards') AND split_part(value, ' ', 2) > ${today}`)
    await tx.execute(sql`UPDATE tenant_values SET value = jsonb_set(value::jsonb, '{changedOn}', to_jsonb(${today}::text))::text
      WHERE space = 'setting' AND key = ${countedCardsSetting} AND value::jsonb ->> 'changedOn' > ${today}`)
    await tx.execute(sql`UPDATE former_standings SET until = ${today}::date WHERE until > ${today}::date + ${shownAhead}::int`)
    await tx.execute(sql`WITH ahead AS (DELETE FROM forgotten_places WHERE period_from = ${everyPeriodFrom}::date AND period_to > ${today}::date
        RETURNING period_from, manager_id)
      INSERT INTO forgotten_places (period_from, period_to, manager_id) SELECT DISTINCT period_from, ${today}::date, manager_id FROM ahead
      ON CONFLICT DO NOTHING`)
    // Several places of a person end on one day then, in the order they had.
    await tx.execute(sql`UPDATE past_places AS place SET until = ${today}::date, number = ahead.number
      FROM (SELECT person_id, until, number AS before, row_number() OVER (PARTITION BY person_id ORDER BY until, number)
          + coalesce((SELECT max(number) FROM past_places AS same WHERE same.person_id = later.person_id AND same.until = ${today}::date), -1) AS number
        FROM past_places AS later WHERE until > ${today}::date) AS ahead
      WHERE place.person_id = ahead.person_id AND place.until = ahead.until AND place.number = ahead.before`)
    await tx.execute(sql`UPDATE versions SET value = value + 1 WHERE name = 'sights'`)
  })
}
