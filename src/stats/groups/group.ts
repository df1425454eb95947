// A group of people over time: who was in it in each period, who may stand together in a figure, which periods may be shown. By name
// it is who is in it now; without names who was in it when the period ended, so that the same week is always of the same people.
import type { Clock } from '../../clock.ts'
import { groupRuleOf, isOfOtherSetting } from '../../domain/group-settings.ts'
import type { Reader } from '../../domain/onlookers.ts'
import { addDays, type LocalDate, localDateOf, type Period, type Weekday } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Subject } from '../../domain/policy.ts'
import type { TenantFacts } from '../../domain/reads.ts'
import type { OrgChart } from '../../domain/team.ts'
import { isShownWithoutNames } from '../figures/whole-periods.ts'
import type { FilledBy } from '../scorecards/filled-by.ts'
import { anonymousGroups, type Tree, treeOf } from './anonymous-groups.ts'
import { lacksDeletedFigures } from './deleted-figures.ts'
import { type Besides, besidesOf, endedSights, movesOf, nothingBesides } from './known-besides.ts'
import { membersOf } from './subject-people.ts'

export interface Group {
  /** As it is today. */
  readonly chart: OrgChart
  /** People a figure must rest on; 0 where the reader may see everybody by name. */
  readonly minimumPeople: number
  readonly membersIn: (period: Period) => readonly Person[]
  /** The teams it was made of in that period, each a manager's direct reports; none where everybody may be seen by name. */
  readonly teamsIn: (period: Period) => readonly (readonly PersonId[])[]
  /**
   * Of the members in that period, those whose figures may be put together, given who has something in it. `filled`: of a figure of
   * scorecards, who filled whose.
   */
  readonly together: (period: Period, has: (id: PersonId) => boolean, filled?: FilledBy) => ReadonlySet<PersonId>
  /**
   * Whether a figure of these people says nothing about too few of them, to any reader: they are whole teams' and pools', as every figure
   * without names is, so that nobody is left over where another figure is taken away.
   */
  readonly isAnonymous: (period: Period, contributors: readonly PersonId[], filled?: FilledBy) => boolean
  /**
   * Who would stand together if all of them had something: whatever is said beside the figures (that newer ones are held back, records set
   * aside) is said of these, so that it is about nobody who is left over.
   */
  readonly standing: (period: Period) => ReadonlySet<PersonId>
  /** Whether it may be said that nobody has anything: where all of them stand. */
  readonly maySayNone: (period: Period) => boolean
  readonly mayShow: (period: Period, kind: 'median' | 'sum') => boolean
  /** Why not, where it may not be shown. */
  readonly whyWithheld: (period: Period, kind: 'median' | 'sum') => 'not-whole' | 'deleted' | 'other-setting' | 'not-kept' | undefined
  /** Whether the period may have been shown by another rule for groups. */
  readonly isOfOtherSetting: (period: Period) => boolean
  /** What other readers have seen of it besides in that period. */
  readonly besidesOf: (reader: Reader, period: Period) => Besides
  /** Without names: a reader sees some of the members by name, and figures must rest on enough others. */
  readonly seesSome: (period: Period) => boolean
}

/** What groups without names are shown by. */
export interface GroupRule {
  readonly minimumPeople: number
  readonly weekStart: Weekday
  readonly today: LocalDate
  /** Whether the period may have been shown by another rule. */
  readonly isOther: (period: Period) => boolean
  /** Of what began earlier, who was where, who saw whom and what was shown is deleted. */
  readonly keptFrom?: LocalDate | undefined
}

export const groupRule = (
  deps: { readonly minimumGroup: number; readonly minimumCalls: number; readonly weekStart: Weekday; readonly clock: Clock },
  { zone, contract, groupRule: set, keptFrom }: Pick<TenantFacts, 'zone' | 'contract' | 'groupRule' | 'keptFrom'>,
): GroupRule => ({
  minimumPeople: deps.minimumGroup,
  weekStart: deps.weekStart,
  today: localDateOf(deps.clock.now(), zone),
  isOther: (period) => isOfOtherSetting(period, groupRuleOf({ ...deps, zone, contract }), set),
  keptFrom,
})

export function groupByName(subject: Subject, chart: OrgChart): Group {
  const members = membersOf(subject, chart)
  const everybody = new Set(members.map(({ id }) => id))
  return {
    chart,
    minimumPeople: 0,
    membersIn: () => members,
    teamsIn: () => [],
    together: () => everybody,
    isAnonymous: () => true,
    standing: () => everybody,
    maySayNone: () => true,
    mayShow: () => true,
    whyWithheld: () => undefined,
    isOfOtherSetting: () => false,
    besidesOf: () => nothingBesides,
    seesSome: () => false,
  }
}

/** `reader`: of a direct answer, or of a channel; without one nobody in particular reads it. */
export function groupWithoutNames(subject: Subject, chart: OrgChart, rule: GroupRule, reader?: Reader): Group {
  const { minimumPeople } = rule
  const besidesIn = reader ? besidesByPeriod(reader, chart, rule) : () => nothingBesides
  const places = new Map<OrgChart, { readonly members: readonly Person[]; readonly ids: readonly PersonId[]; readonly tree: Tree }>()
  const placesIn = ({ to }: Period) => {
    const then = chart.asOf(to)
    const found = places.get(then)
    if (found) return found
    const members = membersOf(subject, then)
    const made = { members, ids: members.map(({ id }) => id), tree: treeOf(subject, then) }
    places.set(then, made)
    return made
  }
  const membersIn = (period: Period): readonly Person[] => placesIn(period).members
  const whyWithheld: Group['whyWithheld'] = (period, kind) => {
    if (!isShownWithoutNames(period, kind, rule)) return 'not-whole'
    if (rule.keptFrom !== undefined && period.from < rule.keptFrom) return 'not-kept'
    if (rule.isOther(period)) return 'other-setting'
    return lacksDeletedFigures(subject, period, membersIn(period), chart) ? 'deleted' : undefined
  }
  const together: Group['together'] = (period, has, filled) => {
    const { ids: members, tree } = placesIn(period)
    const groups = anonymousGroups(tree, has, minimumPeople)
    const besides = besidesIn(period)
    if (!groups.every((ids) => besides.leavesEnough(ids.filter(has), ids, notOneAlone, filled))) return nobody
    const people = groups.flat()
    return besides.leavesEnough(people.filter(has), members, minimumPeople, filled) ? new Set(people) : nobody
  }
  const standing = (period: Period): ReadonlySet<PersonId> => together(period, () => true)
  return {
    chart,
    minimumPeople,
    membersIn,
    teamsIn(period) {
      const { teams, top } = placesIn(period).tree
      return [...teams.map(({ ids }) => ids), top].filter((ids) => ids.length > 0)
    },
    together,
    isAnonymous(period, contributors, filled) {
      const own = new Set(contributors)
      return own.isSubsetOf(together(period, (id) => own.has(id), filled))
    },
    standing,
    maySayNone: (period) => standing(period).size === membersIn(period).length,
    mayShow: (period, kind) => whyWithheld(period, kind) === undefined,
    whyWithheld,
    isOfOtherSetting: rule.isOther,
    besidesOf: (each, period) => besidesByPeriod(each, chart, rule)(period),
    seesSome: (period) => besidesIn(period).seesSome(placesIn(period).ids),
  }
}

/**
 * Whoever lost a role or people since the period began saw its figures by those, and keeps them. Made once for periods with the same of
 * those changes.
 */
function besidesByPeriod(reader: Reader, chart: OrgChart, { minimumPeople, today }: GroupRule): (period: Period) => Besides {
  const changes = [...endedSights(reader, today), ...movesOf(chart)]
  const made = new Map<string, Besides>()
  return ({ from, to }) => {
    // What ended on its first day was seen on that day.
    const [day, lastDay] = [addDays(from, -1), addDays(to, -1)]
    const since = changes.filter((until) => day < until).length
    const key = `${since} ${changes.filter((until) => lastDay <= until).length}`
    const besides = made.get(key) ?? besidesOf(reader, chart, { minimumPeople, day: since > 0 ? day : today, lastDay, today })
    made.set(key, besides)
    return besides
  }
}

const nobody: ReadonlySet<PersonId> = new Set()

/**
 * How many others each team and pool within a figure leaves to every reader. Two figures may differ by one of these, and never is that one
 * person's own. `minimumPeople` here would withhold the company's figure wherever somebody coaches one of a team of five.
 */
const notOneAlone = 2
