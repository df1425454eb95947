// Whose figures may be pooled without names: teams with enough contributors, and the remaining people once they are enough. Every org then
// consists of whole anonymous groups, so that no difference of two orgs or teams is about fewer people than the minimum, not even for a
// leader, who takes away what they see by name.
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

/**
 * The tree's anonymous groups, people without anything of their own included: what any two figures differ by is made of them. A team that is
 * enough is a group. The people of smaller teams are pooled, further and further up, until they are enough for every reader.
 */
export function anonymousGroups(tree: Tree, has: (id: PersonId) => boolean, minimumPeople: number): readonly (readonly PersonId[])[] {
  const groups: (readonly PersonId[])[] = []
  const together = new Set<PersonId>()
  const add = (ids: readonly PersonId[]): void => {
    groups.push(ids)
    for (const id of ids) together.add(id)
  }
  const leftBelow = new Map<PersonId, Left>()
  const teamOf = new Map(tree.teams.map(({ managerId, ids }) => [managerId, ids]))
  /** Whether everybody left over below `members`, and in `left`, may be pooled: leaders who see almost all of them must leave enough. */
  const mayPool = (members: readonly PersonId[], { contributors }: Left): boolean => {
    if (contributors < minimumPeople) return false
    const open = [...members]
    for (const leader of open) {
      const remaining = contributors - (leftBelow.get(leader)?.contributors ?? 0)
      if (remaining === contributors) continue
      if (!leavesEnough(remaining, has(leader) && !together.has(leader), minimumPeople)) return false
      // Whoever leaves more leaves enough, and so do all leaders below.
      if (remaining <= minimumPeople) for (const below of teamOf.get(leader) ?? []) open.push(below)
    }
    return true
  }
  const pool = (left: Left): Left => {
    const open = [left]
    for (const { below } of open) for (const each of below) open.push(each)
    add(open.flatMap(({ ids }) => ids))
    return nobodyLeft
  }
  const leftOf = (ids: readonly PersonId[], members: readonly PersonId[]): Left => {
    const below = members
      .flatMap((id) => leftBelow.get(id) ?? [])
      .filter(({ contributors, ids: own, below: more }) => contributors > 0 || own.length + more.length > 0)
    return { ids, below, contributors: below.reduce((sum, each) => sum + each.contributors, ids.filter(has).length) }
  }
  for (const { managerId, ids } of tree.teams) {
    // Everybody above a team sees all of it, so it need only be large enough.
    const isGroup = ids.filter(has).length >= minimumPeople
    if (isGroup) add(ids)
    const left = leftOf(isGroup ? [] : ids, ids)
    leftBelow.set(managerId, mayPool(ids, left) ? pool(left) : left)
  }
  const top = leftOf(tree.top, tree.top)
  if (mayPool(tree.top, top)) pool(top)
  return groups
}

/** People below a manager who are in no group yet, as the teams they come from. */
interface Left {
  readonly ids: readonly PersonId[]
  readonly below: readonly Left[]
  /** Of all of them. */
  readonly contributors: number
}

const nobodyLeft: Left = { ids: [], below: [], contributors: 0 }

/** A leader sees everybody below by name, and their own figure; a granted viewer sees the same people without the leader. */
function leavesEnough(remaining: number, leaderIsOneOfThem: boolean, minimumPeople: number): boolean {
  const isEnough = (count: number): boolean => count === 0 || count >= minimumPeople
  return isEnough(remaining) && (!leaderIsOneOfThem || isEnough(remaining - 1))
}
