// Where people were in the tree before they moved, left or came. Each change is recorded, so that the group figures of a past week stay
// those of the same people. Only the change is kept, not the tree.
import { sql } from 'drizzle-orm'
import type { LocalDate } from '../../domain/period.ts'
import type { PastPlace, PersonId } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import { type Database, inChunks, present } from '../database/database.ts'
import { pastPlaces } from '../schema/people.ts'

/** By person, `until` ascending. */
export async function readPastPlaces(db: Database): Promise<ReadonlyMap<PersonId, readonly PastPlace[]>> {
  const rows = await db.select().from(pastPlaces).orderBy(pastPlaces.personId, pastPlaces.until)
  const places = Map.groupBy(rows, (row) => row.personId)
  return new Map([...places].map(([id, of]) => [id, of.map(({ personId: _, ...place }): PastPlace => present(place))]))
}

/**
 * Keeps where everybody was whose place is another in `after`. Of two changes on one day the first place counts: it is what a
 * week that had ended by then was shown with. Of `forgotten`, who was deleted between the two, nothing is kept, and nobody's place below.
 */
export async function keepPastPlaces(
  db: Database,
  before: OrgChart,
  after: OrgChart,
  until: LocalDate,
  forgotten?: PersonId,
): Promise<void> {
  const changed = [...new Set([...before.people.keys(), ...after.people.keys()])].flatMap((personId) => {
    if (personId === forgotten) return []
    const place = placeIn(before, personId)
    const was = place.managerId === forgotten ? { active: place.active } : place
    const is = placeIn(after, personId)
    return was.active === is.active && was.managerId === is.managerId ? [] : [{ personId, ...was }]
  })
  await inChunks(changed, (json) =>
    db.execute(sql`INSERT INTO past_places (person_id, until, active, manager_id)
      SELECT given."personId", greatest(${until}::date, (SELECT max(known.until) FROM past_places AS known WHERE known.person_id = given."personId")),
        given.active, given."managerId"
      FROM jsonb_to_recordset(${json}::jsonb) AS given("personId" text, active boolean, "managerId" text)
      ON CONFLICT DO NOTHING`),
  )
}

/** Whoever is not active is in nobody's team. */
function placeIn(chart: OrgChart, personId: PersonId): Omit<PastPlace, 'until'> {
  if (chart.people.get(personId)?.active !== true) return { active: false }
  const managerId = chart.managerAbove(personId)?.id
  return { active: true, ...(managerId !== undefined && { managerId }) }
}
