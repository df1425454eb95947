// Where people were in the tree before they moved, left or came, and so who saw their figures by name until then. Each change is recorded,
// also several of one day. Only the change is kept, not the tree.
import { type SQL, sql } from 'drizzle-orm'
import type { LocalDate } from '../../domain/period.ts'
import type { PastPlace, PersonId } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import { type Database, inChunks, present } from '../database/database.ts'
import { pastPlaces } from '../schema/people.ts'

/** By person, `until` ascending; of one day the first one first. */
export async function readPastPlaces(db: Database): Promise<ReadonlyMap<PersonId, readonly PastPlace[]>> {
  const rows = await db.select().from(pastPlaces).orderBy(pastPlaces.personId, pastPlaces.until, pastPlaces.number)
  const places = Map.groupBy(rows, (row) => row.personId)
  return new Map([...places].map(([id, of]) => [id, of.map(({ personId: _, number: _number, ...place }): PastPlace => present(place))]))
}

/**
 * Keeps where everybody was whose place is another in `after`. Of `forgotten`, who was deleted between the two, nothing is kept: a place
 * below was one below whoever was above.
 */
export async function keepPastPlaces(
  db: Database,
  before: OrgChart,
  after: OrgChart,
  until: LocalDate,
  forgotten?: PersonId,
): Promise<void> {
  const aboveForgotten = forgotten === undefined ? undefined : before.managerAbove(forgotten)?.id
  const changed = [...new Set([...before.people.keys(), ...after.people.keys()])].flatMap((personId) => {
    if (personId === forgotten) return []
    const place = placeIn(before, personId)
    const above = place.managerId === forgotten ? aboveForgotten : place.managerId
    const was = { active: place.active, ...(above !== undefined && above !== personId && { managerId: above }) }
    const is = placeIn(after, personId)
    return was.active === is.active && was.managerId === is.managerId ? [] : [{ personId, ...was }]
  })
  await inChunks(changed, (json) => db.execute(insertion(json, until)))
}

/** Whoever goes to and fro on one day has each place once. */
const insertion = (json: string, until: LocalDate): SQL =>
  sql`INSERT INTO past_places (person_id, until, number, active, manager_id)
    SELECT given."personId", ends.until, 1 + coalesce((SELECT max(number) FROM past_places AS known WHERE known.person_id = given."personId" AND known.until = ends.until), -1),
      given.active, given."managerId"
    FROM jsonb_to_recordset(${json}::jsonb) AS given("personId" text, active boolean, "managerId" text),
      LATERAL (SELECT greatest(${until}::date, max(known.until)) AS until FROM past_places AS known WHERE known.person_id = given."personId") AS ends
    WHERE NOT EXISTS (SELECT 1 FROM past_places AS known WHERE known.person_id = given."personId" AND known.until = ends.until
      AND known.active = given.active AND known.manager_id IS NOT DISTINCT FROM given."managerId")`

/** Whoever is not active is in nobody's team, and was seen by who is above all the same. */
function placeIn(chart: OrgChart, personId: PersonId): Omit<PastPlace, 'until'> {
  const managerId = chart.managerAbove(personId)?.id
  return { active: chart.people.get(personId)?.active === true, ...(managerId !== undefined && { managerId }) }
}
