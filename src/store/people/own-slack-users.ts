// The Slack users of somebody who is being forgotten, and what they are called: read before anything of them is deleted.
import { sql } from 'drizzle-orm'
import type { Person, PersonId } from '../../domain/person.ts'
import { claimsIn, type OwnSlackUsers, ownSlackUsers } from '../../domain/slack-claims.ts'
import type { OrgChart } from '../../domain/team.ts'
import { allRows } from '../database/all-rows.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { slackMembers } from '../schema/people.ts'

export async function slackUsersIn(tx: Database, personId: PersonId, chart: OrgChart): Promise<OwnSlackUsers> {
  const person = chart.people.get(personId)
  if (!person) return { own: [], unsure: [] }
  const linked = await rowsOf<{ readonly slackUserId: string }>(
    tx,
    sql`SELECT "slackUserId" FROM (${links}) AS links WHERE "personId" = ${personId}`,
  )
  const members = await allRows(tx, slackMembers, (member) => member)
  const linkedBefore = linked.map(({ slackUserId }) => slackUserId)
  return ownSlackUsers(person, members, linkedBefore, claimsIn(chart.people.values()))
}

/** Who was linked or matched to one of these Slack users, as far as anybody remembers. */
export async function linkedBefore(db: Database, slackUserIds: readonly string[]): Promise<ReadonlySet<PersonId>> {
  const rows = await rowsOf<{ readonly personId: PersonId }>(
    db,
    sql`SELECT DISTINCT "personId" FROM (${links}) AS links WHERE "slackUserId" = ANY(${sql.param(slackUserIds)}::text[])`,
  )
  return new Set(rows.map(({ personId }) => personId))
}

/** As `PEOPLE_FILE` says below an admin's link, and as people were linked before or matched: the access log alone remembers those. */
const links = sql`SELECT id AS "personId", slack_user_id AS "slackUserId" FROM people WHERE slack_user_id IS NOT NULL
  UNION SELECT person_id, substring(detail, '^linked to ([UW][A-Z0-9]+)') FROM access_log
    WHERE person_id IS NOT NULL AND what = 'link' AND detail ~ '^linked to [UW][A-Z0-9]+'
  UNION SELECT person_id, by_slack_id FROM access_log WHERE person_id IS NOT NULL AND what = 'link' AND detail LIKE 'matched by %'`

/** In Gong and in Slack, now and before. */
export async function namesIn(tx: Database, slackUserIds: readonly string[], person?: Person): Promise<readonly string[]> {
  const ids = sql`${sql.param([...(person ? [person.id] : []), ...slackUserIds])}::text[]`
  const rows = await rowsOf<{ readonly name: string }>(
    tx,
    sql`SELECT name FROM slack_members WHERE slack_user_id = ANY(${ids}) UNION SELECT name FROM former_names WHERE id = ANY(${ids})`,
  )
  return [...new Set([...(person ? [person.name] : []), ...rows.map(({ name }) => name)])].filter((name) => name !== '')
}
