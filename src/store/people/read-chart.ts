// The tree as it is stored, with corrections laid over it; also inside a transaction that changes it.
import type { Clock } from '../../clock.ts'
import { type LocalDate, localDateOf } from '../../domain/period.ts'
import type { Person } from '../../domain/person.ts'
import { type OrgChart, orgChart } from '../../domain/team.ts'
import { allRows } from '../database/all-rows.ts'
import { type Database, present } from '../database/database.ts'
import { people, personCorrections } from '../schema/people.ts'
import { readForgottenPlaces } from './forgotten-places.ts'
import { readPastPlaces } from './past-places.ts'

/** `version`: of the people, as it was before this. */
export async function readChart(from: Database, version = 0): Promise<OrgChart> {
  const corrections = new Map((await from.select().from(personCorrections)).map((row) => [row.personId, present(row)]))
  const linkedByAdmins = new Set([...corrections.values()].map(({ slackUserId }) => slackUserId))
  const places = await readPastPlaces(from)
  const everybody = await allRows(from, people, ({ slackUserId, ...person }): Person => {
    const { personId: _, ...correction } = corrections.get(person.id) ?? { personId: person.id }
    const pastPlaces = places.get(person.id)
    // Of a Slack user whom an admin linked to somebody else, `PEOPLE_FILE` says nothing.
    const linked = slackUserId === undefined || linkedByAdmins.has(slackUserId) ? {} : { slackUserId }
    return { ...person, ...linked, ...correction, ...(pastPlaces && { pastPlaces }) }
  })
  return orgChart(everybody, await readForgottenPlaces(from), version)
}

/** The latest date anywhere: a change kept a day too long is one place for each week still, and hides no sight. */
export const dayAnywhere = (clock: Clock): LocalDate => localDateOf(clock.now(), 'Pacific/Kiritimati')
