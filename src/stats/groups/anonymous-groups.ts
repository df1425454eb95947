// Whose figures may be pooled without names: teams with enough contributors, and the remaining people once they are enough. Every org then
// consists of whole anonymous groups, so that no difference of two orgs or teams is about fewer people than the minimum.
import type { PersonId } from '../../domain/person.ts'
import type { Subject } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'

/** A subject's teams, those further down first, each with its manager; `top`: people of no team in it. */
export interface Tree {
  readonly teams: readonly { readonly managerId: PersonId; readonly ids: readonly PersonId[] }[]
  readonly top: readonly PersonId[]
}

/** A team is itself, an org its manager's team and all below, the company everything; a person is no group. */
export function treeOf(subject: Subject, chart: OrgChart): Tree {
  const idsOf = (managerId: PersonId): PersonId[] => chart.team(managerId).map(({ id }) => id)
  switch (subject.type) {
    case 'person':
      return { teams: [], top: [] }
    case 'team':
      return { teams: [{ managerId: subject.managerId, ids: idsOf(subject.managerId) }], top: [] }
    case 'org':
      return { teams: teamsFrom([subject.managerId], idsOf), top: [] }
    case 'company': {
      const top = chart.active.filter(({ id }) => chart.above(id).length === 0).map(({ id }) => id)
      return { teams: teamsFrom(top, idsOf), top }
    }
  }
}

function teamsFrom(managers: readonly PersonId[], idsOf: (managerId: PersonId) => readonly PersonId[]): Tree['teams'] {
  const open = [...managers]
  const teams: { managerId: PersonId; ids: readonly PersonId[] }[] = []
  // The list grows while it is walked: everybody below follows.
  for (const managerId of open) {
    const ids = idsOf(managerId)
    if (ids.length === 0) continue
    teams.push({ managerId, ids })
    for (const id of ids) open.push(id)
  }
  return teams.toReversed()
}

/** The people of the tree's blocks, those without anything of their own included; empty when there is no block. */
export function blocksOf(tree: Tree, has: (id: PersonId) => boolean, minimumPeople: number): ReadonlySet<PersonId> {
  const together = new Set<PersonId>()
  const leftBelow = new Map<PersonId, readonly PersonId[]>()
  /** Joins them when they are enough; gives back who is left over. */
  const join = (ids: readonly PersonId[]): readonly PersonId[] => {
    if (ids.filter(has).length < minimumPeople) return ids
    for (const id of ids) together.add(id)
    return []
  }
  for (const { managerId, ids } of tree.teams) {
    const left = join(ids)
    const below = ids.flatMap((id) => leftBelow.get(id) ?? [])
    leftBelow.set(managerId, below.length === 0 ? left : join([...left, ...below]))
  }
  join([...tree.top, ...tree.top.flatMap((id) => leftBelow.get(id) ?? [])])
  return together
}
