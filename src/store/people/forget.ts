// Forgets a person: deletes every row about them in one transaction. What stays is owed to others: that a digest was sent (without its
// body when it named them) and the cards they answered about colleagues (without their name).
import { type SQL, sql } from 'drizzle-orm'
import type { PersonId } from '../../domain/person.ts'
import { type Database, rowsOf } from '../database/database.ts'

/** Deletes; returns rows deleted or cleared by table, tables without any left out. */
export async function deletePerson(tx: Database, personId: PersonId): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  const run = async (table: string, statement: SQL): Promise<void> => {
    const [row] = await rowsOf<{ rows: number }>(tx, sql`WITH gone AS (${statement} RETURNING 1) SELECT count(*)::int AS rows FROM gone`)
    if (row && row.rows > 0) counts[table] = (counts[table] ?? 0) + row.rows
  }
  const [known] = await rowsOf<{ name: string; slackUserId: string | null }>(
    tx,
    sql`SELECT people.name, coalesce(person_corrections.slack_user_id, people.slack_user_id, ${memberByEmail}) AS "slackUserId"
      FROM people LEFT JOIN person_corrections ON person_corrections.person_id = people.id WHERE people.id = ${personId}`,
  )
  // Bodies carry ids and names as rendered; those still to be posted are rendered again by the next attempt.
  if (known) await run('deliveries', sql`UPDATE deliveries SET body = NULL WHERE position(${known.name}::text in body) > 0`)
  await run(
    'deliveries',
    sql`DELETE FROM deliveries WHERE subscription_id IN (SELECT id FROM subscriptions WHERE subject_id = ${personId} AND kind IN ('personal', 'reminder'))`,
  )
  await run('subscriptions', sql`DELETE FROM subscriptions WHERE subject_id = ${personId}`)
  await run('interaction_rows', sql`DELETE FROM interaction_rows WHERE person_id = ${personId}`)
  await run('activity_rows', sql`DELETE FROM activity_rows WHERE person_id = ${personId}`)
  await run('coaching_rows', sql`DELETE FROM coaching_rows WHERE manager_id = ${personId} OR report_id = ${personId}`)
  await run('windows', sql`DELETE FROM windows WHERE scope = ${personId}`)
  await run(
    'windows',
    sql`UPDATE windows SET quarantined_ids = quarantined_ids - ${personId}::text, only_people = only_people - ${personId}::text
      WHERE quarantined_ids ? ${personId}::text OR only_people ? ${personId}::text`,
  )
  await run('record_ranges', sql`DELETE FROM record_ranges WHERE scope = ${personId}`)
  await run(
    'record_ranges',
    sql`UPDATE record_ranges SET quarantined_ids = quarantined_ids - ${personId}::text, only_people = only_people - ${personId}::text
      WHERE quarantined_ids ? ${personId}::text OR only_people ? ${personId}::text`,
  )
  await run('daily_activity', sql`DELETE FROM daily_activity WHERE person_id = ${personId}`)
  await run('scorecards', sql`DELETE FROM scorecards WHERE reviewed_id = ${personId}`)
  // Documented cards carry the reviewer in their made-up id too.
  await run(
    'scorecards',
    sql`UPDATE scorecards SET reviewer_id = NULL, card = card - 'reviewerId' - 'id', id = 'forgotten/' || md5(id) WHERE reviewer_id = ${personId}`,
  )
  await run('coaching_goals', sql`DELETE FROM coaching_goals WHERE manager_id = ${personId}`)
  await run('reminder_items', sql`DELETE FROM reminder_items WHERE manager_id = ${personId} OR report_id = ${personId}`)
  await run('access_log', sql`DELETE FROM access_log WHERE person_id = ${personId}`)
  await run('grants', sql`DELETE FROM grants WHERE subject_id = ${personId}`)
  if (known?.slackUserId) await forgetSlackUser(known.slackUserId, run)
  await run('person_corrections', sql`DELETE FROM person_corrections WHERE person_id = ${personId}`)
  await run('person_corrections', sql`DELETE FROM person_corrections WHERE manager_id = ${personId} AND slack_user_id IS NULL`)
  await run('person_corrections', sql`UPDATE person_corrections SET manager_id = NULL WHERE manager_id = ${personId}`)
  await run('past_places', sql`DELETE FROM past_places WHERE person_id = ${personId}`)
  await run('past_places', sql`UPDATE past_places SET manager_id = NULL WHERE manager_id = ${personId}`)
  await run('people', sql`UPDATE people SET manager_id = NULL WHERE manager_id = ${personId}`)
  await run('people', sql`DELETE FROM people WHERE id = ${personId}`)
  return counts
}

/** The one Slack user with an address that is this person's alone: who shares it with somebody else is matched with neither. */
const memberByEmail = sql`(SELECT CASE WHEN count(*) = 1 THEN min(slack_members.slack_user_id) END FROM slack_members
  WHERE slack_members.email IN (SELECT lower(own) FROM jsonb_array_elements_text(people.emails) AS own)
    AND NOT EXISTS (SELECT 1 FROM people AS others, jsonb_array_elements_text(others.emails) AS theirs
      WHERE others.id <> people.id AND lower(theirs) = slack_members.email))`

/** Roles, stops, what was to be sent to them, and that they had met the bot. Their looks at others stay in the log of those others. */
async function forgetSlackUser(slackUserId: string, run: (table: string, statement: SQL) => Promise<void>): Promise<void> {
  await run('grants', sql`DELETE FROM grants WHERE slack_user_id = ${slackUserId}`)
  await run('opt_outs', sql`DELETE FROM opt_outs WHERE slack_user_id = ${slackUserId}`)
  await run('subscriptions', sql`DELETE FROM subscriptions WHERE target_type = 'dm' AND target_id = ${slackUserId}`)
  await run('tenant_values', sql`DELETE FROM tenant_values WHERE space = 'setting' AND key = ${`introduced:${slackUserId}`}`)
}
