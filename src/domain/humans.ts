// People in Gong who may be one human: whoever shares an address or a link. Pure.
import type { PersonId } from './person.ts'
import { claimsIn } from './slack-claims.ts'
import type { OrgChart } from './team.ts'

const made = new WeakMap<OrgChart, ReadonlyMap<PersonId, PersonId>>()

/** One id for each human: of several the one who leads somebody, else the first. */
export function humansIn(chart: OrgChart): (id: PersonId) => PersonId {
  const firsts = made.get(chart) ?? firstsIn(chart)
  made.set(chart, firsts)
  return (id) => firsts.get(id) ?? id
}

function firstsIn(chart: OrgChart): ReadonlyMap<PersonId, PersonId> {
  const groups = new Map<PersonId, readonly PersonId[]>()
  for (const ids of claimsIn(chart.people.values()).shared.values()) {
    const joined = [...new Set(ids.flatMap((id) => groups.get(id) ?? [id]))]
    for (const id of joined) groups.set(id, joined)
  }
  const leaders = new Set(chart.managers.map(({ id }) => id))
  return new Map([...groups].map(([id, ids]) => [id, ids.toSorted().find((each) => leaders.has(each)) ?? ids.toSorted()[0] ?? id]))
}
