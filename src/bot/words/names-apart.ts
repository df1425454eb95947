// What each of several people is called on buttons and in lists: the name, and where two share it, what tells them apart.
import type { Person, PersonId } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import { plainName } from './plain-name.ts'

type Apart = Pick<Person, 'id' | 'name' | 'title' | 'emails'>

/** `Luca Ivanov`; of two of that name `Luca Ivanov, Account Executive`, else by manager, address, or the end of Gong's id. */
export function namesApart(people: readonly Apart[], chart: Pick<OrgChart, 'managerAbove'>): (person: Apart) => string {
  const ofName = Map.groupBy(people, ({ name }) => plainName(name))
  const called = new Map<PersonId, string>()
  for (const same of ofName.values()) {
    const apart = same.length > 1 ? whatDiffers(same, chart) : undefined
    for (const person of same) called.set(person.id, [person.name.trim() || person.id, apart?.(person)].filter(Boolean).join(', '))
  }
  return (person) => called.get(person.id) ?? person.name
}

/** The first thing that is another one for each of them. */
function whatDiffers(same: readonly Apart[], chart: Pick<OrgChart, 'managerAbove'>): (person: Apart) => string | undefined {
  const title = (person: Apart) => person.title?.trim()
  const team = (person: Apart) => {
    const manager = chart.managerAbove(person.id)?.name.trim()
    return manager && `${manager}'s team`
  }
  const both = (person: Apart) => [title(person), team(person)].filter(Boolean).join(', ')
  const address = (person: Apart) => person.emails[0]?.split('@')[0]
  const differing = [title, team, both, address].find((each) => new Set(same.map(each)).size === same.length)
  return differing ?? ((person) => `Gong …${person.id.slice(-6)}`)
}
