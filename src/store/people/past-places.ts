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
 * Keeps where everybody was whose place is another in `after`. Of whoever was deleted between the two nothing is kept: a place below them was
 * one below whoever was above. Somebody new to the list who has left was in nobody's team and had no figures.
 */
export async function keepPastPlaces(db: Database, before: OrgChart, after: OrgChart, until: LocalDate): Promise<void> {
  const changed = [...after.people.keys()].flatMap((personId) => {
    const was = placeIn(before, personId, (id) => after.people.has(id))
    const is = placeIn(after, personId)
    if (was.active === is.active && was.managerId === is.managerId) return []
    return before.people.has(personId) || is.active ? [{ personId, ...was }] : []
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

/** Whoever is not active is in nobody's team, and was seen by who is above all the same. Above is the nearest manager who `is` still there. */
function placeIn(chart: OrgChart, personId: PersonId, is: (id: PersonId) => boolean = () => true): Omit<PastPlace, 'until'> {
  const manager = chart.above(personId).find(({ id }) => is(id))
  return { active: chart.people.get(personId)?.active === true, ...(manager && { managerId: manager.id }) }
}
