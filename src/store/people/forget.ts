// Forgets a person: deletes every row about them, and takes their ids out of rows that are owed to others, in one transaction. What stays
// says nothing about them: that a digest was sent, that somebody who was forgotten once looked at a colleague's figures.
import { type SQL, sql } from 'drizzle-orm'
import type { PersonId } from '../../domain/person.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { countForgetting } from './forgettings.ts'
import { forgottenPerson } from './forgotten.ts'
import { jsonSaysName } from './names-in-texts.ts'
import { partsOfNames } from './parts-of-names.ts'
import { digestsCalled, unnotedMessages } from './typed-names.ts'
import { hasOneOf, jsonHasOneOf, withoutId } from './whole-ids.ts'

type Run = (table: string, statement: SQL) => Promise<void>

/** Who is forgotten, as known before anything is deleted. */
export interface Known {
  /** Missing for who is in Slack alone. */
  readonly personId?: PersonId
  readonly slackUserIds: readonly string[]
  /** As Gong and Slack write the person, or wrote them before; texts that were stored carry one of these. */
  readonly names: readonly string[]
}

export type DeletedRows = Readonly<Record<string, number>>

/** Returns rows deleted or cleared by table, tables without any left out. */
export async function deleteTraces(tx: Database, known: Known): Promise<DeletedRows> {
  const counts: Record<string, number> = {}
  const run: Run = async (table, statement) => {
    const [row] = await rowsOf<{ rows: number }>(tx, sql`WITH gone AS (${statement} RETURNING 1) SELECT count(*)::int AS rows FROM gone`)
    if (row && row.rows > 0) counts[table] = (counts[table] ?? 0) + row.rows
  }
  await countForgetting(tx)
  await forgetMessages(tx, known, run)
  if (known.personId !== undefined) await forgetPerson(known.personId, run)
  for (const slackUserId of known.slackUserIds) await forgetSlackUser(slackUserId, run)
  const ids = [...(known.personId === undefined ? [] : [known.personId]), ...known.slackUserIds]
  // As versions before this one called work of a process that was killed since.
  await run('work_locks', sql`DELETE FROM work_locks WHERE ${hasOneOf(ids, sql`name`)}`)
  await run('former_names', sql`DELETE FROM former_names WHERE id = ANY(${sql.param(ids)}::text[])`)
  return counts
}

async function forgetPerson(personId: PersonId, run: Run): Promise<void> {
  await run('subscriptions', sql`DELETE FROM subscriptions WHERE subject_id = ${personId}`)
  await forgetFigures(personId, run)
  await forgetPlaces(personId, run)
  await forgetProgrammes(personId, run)
  await run('access_log', sql`DELETE FROM access_log WHERE person_id = ${personId}`)
  await forgetInDetails(personId, run)
  await run('grants', sql`DELETE FROM grants WHERE subject_id = ${personId}`)
  await run('former_standings', sql`DELETE FROM former_standings WHERE person_id = ${personId}`)
  await run('people', sql`DELETE FROM people WHERE id = ${personId}`)
}

/**
 * Bodies are cleared by id: of everything that shows the person, is about them, or was set up or sent by them, with the threads below; and by
 * the names they have and had, as whole words. What is still to be posted is built again.
 */
async function forgetMessages(tx: Database, { personId: known, slackUserIds, names }: Known, run: Run): Promise<void> {
  const personId = known ?? null
  // Messages name people by the first name alone where nobody else has it. What was stored before they kept whom they name is found by it.
  const unnoted = await unnotedMessages(tx, partsOfNames(names.map((name) => name.trim().split(/\s+/)[0] ?? '')))
  const ids = [...(known === undefined ? [] : [known]), ...slackUserIds]
  const theirs = sql`${sql.param(slackUserIds)}::text[]`
  const toThem = sql`subscription_id IN (SELECT id FROM subscriptions WHERE target_type = 'dm' AND target_id = ANY(${theirs}))`
  const owned = sql`subscription_id IN (SELECT id FROM subscriptions WHERE owner_slack_id = ANY(${theirs}))`
  const gone = sql`(${toThem} OR subscription_id IN (SELECT id FROM subscriptions WHERE subject_id = ${personId})
    OR channel_id = ANY(${theirs}) OR ${hasOneOf(slackUserIds, sql`occurrence`)})`
  // What was sent to somebody knows the conversation by an id of its own. A notice names its reader last, the one to an owner nobody.
  await run(
    'deliveries',
    sql`UPDATE deliveries SET channel_id = NULL, message_ts = NULL, body = NULL WHERE channel_id LIKE 'D%' AND NOT ${gone} AND (
      channel_id IN (SELECT channel_id FROM deliveries WHERE ${toThem} OR substring(occurrence, '[^:]*$') = ANY(${theirs}))
      OR (${owned} AND occurrence LIKE 'notice:%' AND occurrence !~ ':[UW][A-Z0-9]{2,20}$'))`,
  )
  await run('deliveries', sql`DELETE FROM deliveries WHERE ${gone}`)
  await run(
    'deliveries',
    sql`UPDATE deliveries SET body = NULL WHERE body IS NOT NULL AND (
      ${jsonHasOneOf(ids, sql`body`)} OR ${jsonSaysName(names, sql`body`)}
      OR id = ANY(${sql.param(unnoted)}::text[])
      OR sent_by = ANY(${theirs}) OR ${owned}
      OR occurrence IN (SELECT 'thread:' || above.id FROM deliveries AS above WHERE above.body IS NOT NULL
        AND position(to_json(${personId}::text)::text in above.body) > 0))`,
  )
  // What somebody called a digest of theirs.
  const called = await digestsCalled(tx, { ids, names })
  await run('subscriptions', sql`UPDATE subscriptions SET name = NULL WHERE id = ANY(${sql.param(called)}::text[])`)
}

async function forgetFigures(personId: PersonId, run: Run): Promise<void> {
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
    sql`UPDATE scorecards SET reviewer_id = NULL, card = card - 'reviewerId' - 'id',
      id = replace(id, '/' || ${personId}::text || '/', '/forgotten/') WHERE reviewer_id = ${personId}`,
  )
  await run('held_figures', sql`DELETE FROM held_figures WHERE person_id = ${personId}`)
  await run('replaced_figures', sql`DELETE FROM replaced_figures WHERE person_id = ${personId}`)
  // The key is made of the ids: with it, whoever has the others' could find out whose is missing.
  await run(
    'shown_groups',
    sql`UPDATE shown_groups SET people = people - ${personId}::text, people_key = gen_random_uuid()::text WHERE people ? ${personId}::text`,
  )
  await run('coaching_goals', sql`DELETE FROM coaching_goals WHERE manager_id = ${personId}`)
  await run('reminder_items', sql`DELETE FROM reminder_items WHERE manager_id = ${personId} OR report_id = ${personId}`)
}

async function forgetPlaces(personId: PersonId, run: Run): Promise<void> {
  await run('person_corrections', sql`DELETE FROM person_corrections WHERE person_id = ${personId}`)
  await run('person_corrections', sql`DELETE FROM person_corrections WHERE manager_id = ${personId} AND slack_user_id IS NULL`)
  await run('person_corrections', sql`UPDATE person_corrections SET manager_id = NULL WHERE manager_id = ${personId}`)
  await run('past_places', sql`DELETE FROM past_places WHERE person_id = ${personId}`)
  await run('past_places', sql`UPDATE past_places SET manager_id = NULL WHERE manager_id = ${personId}`)
  await run('people', sql`UPDATE people SET manager_id = NULL WHERE manager_id = ${personId}`)
  // The list of people whose records cannot be used names them by id.
  await run(
    'tenant_values',
    sql`UPDATE tenant_values SET value = replace(value, to_json(${personId}::text)::text, to_json(${forgottenPerson}::text)::text)
      WHERE space = 'setting' AND position(to_json(${personId}::text)::text in value) > 0`,
  )
}

/** A programme for the org of somebody who is gone ends with its subscriptions: without the org it would be one for the whole company. */
async function forgetProgrammes(personId: PersonId, run: Run): Promise<void> {
  await run('subscriptions', sql`DELETE FROM subscriptions WHERE programme_id IN (SELECT id FROM programmes WHERE org_of = ${personId})`)
  await run('programmes', sql`DELETE FROM programmes WHERE org_of = ${personId}`)
  await run('programmes', sql`UPDATE programmes SET pilot_teams = pilot_teams - ${personId}::text WHERE pilot_teams ? ${personId}::text`)
}

/**
 * The directory's row, roles, stops, what was to be sent to them, and that they had met the bot. What they looked at, set up or changed stays
 * as the doing of somebody who was forgotten.
 */
async function forgetSlackUser(slackUserId: string, run: Run): Promise<void> {
  const nobody = forgottenPerson
  await run('slack_members', sql`DELETE FROM slack_members WHERE slack_user_id = ${slackUserId}`)
  await run('grants', sql`DELETE FROM grants WHERE slack_user_id = ${slackUserId}`)
  await run('former_standings', sql`DELETE FROM former_standings WHERE slack_user_id = ${slackUserId}`)
  await run('grants', sql`UPDATE grants SET by_slack_id = ${nobody} WHERE by_slack_id = ${slackUserId}`)
  await run('opt_outs', sql`DELETE FROM opt_outs WHERE slack_user_id = ${slackUserId}`)
  await run('subscriptions', sql`DELETE FROM subscriptions WHERE target_type = 'dm' AND target_id = ${slackUserId}`)
  await run('subscriptions', sql`UPDATE subscriptions SET owner_slack_id = ${nobody} WHERE owner_slack_id = ${slackUserId}`)
  await run('programmes', sql`UPDATE programmes SET owner_slack_id = ${nobody} WHERE owner_slack_id = ${slackUserId}`)
  await run('deliveries', sql`UPDATE deliveries SET sent_by = ${nobody} WHERE sent_by = ${slackUserId}`)
  await run('coaching_goals', sql`UPDATE coaching_goals SET set_by_slack_id = ${nobody} WHERE set_by_slack_id = ${slackUserId}`)
  await run('person_corrections', sql`UPDATE person_corrections SET slack_user_id = NULL WHERE slack_user_id = ${slackUserId}`)
  await run(
    'tenant_values',
    sql`DELETE FROM tenant_values WHERE space = 'setting' AND right(key, length(${slackUserId}) + 1) = ':' || ${slackUserId}`,
  )
  await run('request_budget', sql`UPDATE request_budget SET askers = askers - ${slackUserId}::text WHERE askers ? ${slackUserId}::text`)
  await run('access_log', sql`UPDATE access_log SET by_slack_id = ${nobody} WHERE by_slack_id = ${slackUserId}`)
  await run(
    'access_log',
    sql`UPDATE access_log SET reader_ids = (reader_ids - ${slackUserId}::text) || jsonb_build_array(${nobody}::text) WHERE reader_ids ? ${slackUserId}::text`,
  )
  await forgetInDetails(slackUserId, run)
}

const forgetInDetails = (id: string, run: Run): Promise<void> =>
  run('access_log', sql`UPDATE access_log SET detail = ${withoutId(id, forgottenPerson, sql`detail`)} WHERE ${hasOneOf([id], sql`detail`)}`)
