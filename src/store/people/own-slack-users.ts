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
  // As `PEOPLE_FILE` says below an admin's link, and as they were linked before or matched: the access log alone remembers those.
  const linked = await rowsOf<{ readonly id: string }>(
    tx,
    sql`SELECT slack_user_id AS id FROM people WHERE id = ${personId} AND slack_user_id IS NOT NULL
      UNION SELECT substring(detail, '^linked to ([UW][A-Z0-9]+)$') FROM access_log
        WHERE person_id = ${personId} AND what = 'link' AND detail LIKE 'linked to %'
      UNION SELECT by_slack_id FROM access_log WHERE person_id = ${personId} AND what = 'link' AND detail LIKE 'matched by %'`,
  )
  const members = await allRows(tx, slackMembers, (member) => member)
  const linkedBefore = linked.flatMap(({ id }) => id ?? [])
  return ownSlackUsers(person, members, linkedBefore, claimsIn(chart.people.values()))
}

/** In Gong and in Slack, now and before. */
export async function namesIn(tx: Database, slackUserIds: readonly string[], person?: Person): Promise<readonly string[]> {
  const ids = sql`${sql.param([...(person ? [person.id] : []), ...slackUserIds])}::text[]`
  const rows = await rowsOf<{ readonly name: string }>(
    tx,
    sql`SELECT name FROM slack_members WHERE slack_user_id = ANY(${ids}) UNION SELECT name FROM former_names WHERE id = ANY(${ids})`,
  )
  return [...new Set([...(person ? [person.name] : []), ...rows.map(({ name }) => name)])].filter((name) => name !== '')
}
