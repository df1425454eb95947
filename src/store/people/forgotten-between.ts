// What others saw by name through somebody who is being forgotten: whoever stood above them, viewed their org or was them in Gong saw the people
// below. It becomes sight of those people themselves, before the one between is deleted: what somebody saw they keep, and statistics count it.
import { sql } from 'drizzle-orm'
import type { LocalDate } from '../../domain/period.ts'
import type { PastPlace, Person, PersonId } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import { type Database, inChunks } from '../database/database.ts'

/** Before anything of the person is deleted. Places and sight alone: nobody has a right by it. */
export async function keepSightThrough(tx: Database, personId: PersonId, chart: OrgChart, today: LocalDate): Promise<void> {
  const below = [...chart.people.values()].filter(({ id, pastPlaces = [] }) => {
    if (id === personId) return false
    return chart.managerAbove(id)?.id === personId || pastPlaces.some(({ managerId }) => managerId === personId)
  })
  if (below.length === 0) return
  const ids = below.map(({ id }) => id)
  await tx.execute(sql`DELETE FROM past_places WHERE person_id = ANY(${sql.param(ids)}::text[])`)
  await inChunks(
    below.flatMap((person) => numbered(person.id, placesWithout(personId, person, chart))),
    (json) =>
      tx.execute(sql`INSERT INTO past_places (person_id, until, number, active, manager_id)
        SELECT "personId", until, number, active, "managerId" FROM jsonb_to_recordset(${json}::jsonb)
          AS given("personId" text, until date, number int, active boolean, "managerId" text)`),
  )
  // As if they had been each of these people: who was somebody saw them and everybody below, and has no right by it.
  await tx.execute(sql`INSERT INTO former_standings AS kept (slack_user_id, type, person_id, until)
    SELECT slack_user_id, 'was', below.id, max(until)
    FROM (
      SELECT slack_user_id, least(until, ${today}::date) AS until FROM grants WHERE type = 'viewer' AND subject_id = ${personId}
      UNION ALL SELECT slack_user_id, until FROM former_standings WHERE type = 'was' AND person_id = ${personId}
    ) AS through, unnest(${sql.param(ids)}::text[]) AS below(id)
    GROUP BY slack_user_id, below.id
    ON CONFLICT (slack_user_id, type, person_id) DO UPDATE SET until = greatest(kept.until, excluded.until)`)
}

const numbered = (personId: PersonId, places: readonly PastPlace[]) =>
  places.map((place, at) => ({ personId, ...place, number: at - places.findIndex(({ until }) => until === place.until) }))

/** Past places, with whoever was above the forgotten one at the time in their place; of today's it is kept elsewhere what it was until now. */
function placesWithout(forgotten: PersonId, person: Person, chart: OrgChart): readonly PastPlace[] {
  const theirs = stays(forgotten, chart)
  return stays(person.id, chart).flatMap(({ from, until, active, managerId }) => {
    if (managerId !== forgotten) return until === end ? [] : [{ until, active, ...(managerId !== undefined && { managerId }) }]
    return theirs.flatMap((stay) => {
      const last = stay.until < until ? stay.until : until
      if (last < from || until < stay.from || last === end) return []
      const above = stay.managerId === person.id ? undefined : stay.managerId
      return [{ until: last, active, ...(above !== undefined && { managerId: above }) }]
    })
  })
}

const [start, end] = ['0001-01-01', '9999-12-31']

/** Where somebody has been, one place after the other, and is now. */
function stays(personId: PersonId, chart: OrgChart) {
  const person = chart.people.get(personId)
  const past = person?.pastPlaces ?? []
  const now = { until: end, active: person?.active === true, managerId: chart.managerAbove(personId)?.id }
  return [...past, now].map(({ until, active, managerId }, at) => ({ from: past[at - 1]?.until ?? start, until, active, managerId }))
}
