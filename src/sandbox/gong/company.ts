// A made-up sales company of any size: who works there, who leads whom, and the story its figures tell. The same seed, size and
// start date give the same company. Knows no calls and no contract.
import { addDays, type LocalDate, weekOf } from '../../domain/period.ts'
import { addressOf, firstNames, lastNames, teamName } from './names.ts'
import { around, seeded } from './seeded.ts'

export type Story = 'coached' | 'on-leave' | 'new-hire' | 'bad-quarter'

export interface SimulatedPerson {
  readonly index: number
  /** Digits, 19 or 20 of them. */
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly title: string
  readonly managerIndex: number | undefined
  readonly team: string | undefined
  readonly active: boolean
  readonly joinedOn: LocalDate
  readonly story: Story | undefined
  /** Usual values of this person's calls. */
  readonly usual: {
    readonly callsPerDay: number
    readonly talkShare: number
    readonly longestMonologueSeconds: number
    readonly interactivity: number
    readonly patienceSeconds: number
    readonly questions: number
  }
  /** Share of a report's calls this person listens to; 0 for nobody's manager and for the one who never coaches. */
  readonly coaches: number
}

export interface Personas {
  /** Leads EMEA Mid-Market with eight reports. */
  readonly manager: SimulatedPerson
  /** A report of the manager. */
  readonly rep: SimulatedPerson
  readonly salesLeader: SimulatedPerson
  /** Coaches across teams without being anybody's manager. */
  readonly enablement: SimulatedPerson
  readonly coached: SimulatedPerson
  readonly onLeave: SimulatedPerson
  readonly newHire: SimulatedPerson
  readonly neverCoaches: SimulatedPerson
  /** Leads the team with the bad quarter. */
  readonly badQuarterManager: SimulatedPerson
}

export interface Company {
  readonly seed: number
  readonly people: readonly SimulatedPerson[]
  readonly byId: ReadonlyMap<string, SimulatedPerson>
  readonly reportsOf: ReadonlyMap<number, readonly SimulatedPerson[]>
  readonly personas: Personas
  /** Indexes of reports whom the manager has not coached for long by the week of the news; empty without news. */
  readonly overlooked: readonly number[]
  /** Indexes of people whom Slack knows by another address; empty without news. */
  readonly unmatched: readonly number[]
  /** Dates of the story, counted back from the week in which the simulation began. */
  readonly dates: {
    readonly coachedFrom: LocalDate
    readonly leave: { readonly from: LocalDate; readonly to: LocalDate }
    readonly holiday: { readonly from: LocalDate; readonly to: LocalDate }
    readonly badFrom: LocalDate
    /** The week in which something happens (news.ts); missing where every week is like the others. */
    readonly news?: LocalDate
  }
}

/** Below this many people the story has no room; the company is made this large. */
const smallestCompany = 14

export function createCompany(given: {
  readonly people: number
  readonly seed: number
  readonly today: LocalDate
  /** Whether the week of `today` is news, as in the demo. */
  readonly news?: boolean
}): Company {
  const { seed, today } = given
  const size = Math.max(smallestCompany, given.people)
  const teams = Math.max(1, Math.round(size / (size <= 60 ? 8.5 : 10)))
  const directors = teams > 12 ? Math.ceil(teams / 10) : 0
  const firstLead = 2 + directors
  const firstMember = firstLead + teams
  const week = weekOf(today).from
  const ago = (weeks: number): LocalDate => addDays(week, -7 * weeks)
  const used = new Map<string, number>()

  const people = Array.from({ length: size }, (_, index): SimulatedPerson => {
    const next = seeded(seed, 1, index)
    const firstName = firstNames[Math.floor(next() * firstNames.length)] ?? firstNames[0]
    const lastName = lastNames[Math.floor(next() * lastNames.length)] ?? lastNames[0]
    const plainAddress = addressOf(firstName, lastName, 0)
    const nth = used.get(plainAddress) ?? 0
    used.set(plainAddress, nth + 1)
    const place = placeOf(index)
    const leads = place.role !== 'member' && place.role !== 'enablement'
    const story = storyOf(index)
    return {
      index,
      id: `${1 + Math.floor(next() * 8)}${digits(next, 9)}${digits(next, 9)}${index % 9 === 4 ? '7' : ''}`,
      firstName,
      lastName,
      email: addressOf(firstName, lastName, nth),
      title: place.title,
      managerIndex: place.managerIndex,
      team: place.team,
      active: true,
      joinedOn: story === 'new-hire' ? addDays(ago(7), 1) : addDays(today, -400 - Math.floor(next() * 1200)),
      story,
      usual: {
        callsPerDay: place.role === 'member' ? 1.2 + next() * 1.8 : place.role === 'lead' ? 0.4 : 0.1,
        talkShare:
          given.news && place.managerIndex === firstLead ? steadyShare(index) : Math.min(0.68, Math.max(0.32, around(next, 0.49, 0.07))),
        longestMonologueSeconds: story === 'coached' ? 205 : 75 + next() * 85,
        interactivity: 4 + next() * 4,
        patienceSeconds: 0.5 + next() * 1.1,
        questions: 8 + next() * 9,
      },
      coaches: leads && index !== neverCoaches() ? 0.1 + next() * 0.25 : place.role === 'enablement' ? 0.04 : 0,
    }
  })

  const reportsOf = new Map<number, SimulatedPerson[]>()
  for (const person of people) {
    if (person.managerIndex === undefined) continue
    const reports = reportsOf.get(person.managerIndex)
    if (reports) reports.push(person)
    else reportsOf.set(person.managerIndex, [person])
  }
  const at = (index: number): SimulatedPerson => people[index] as SimulatedPerson
  return {
    seed,
    people,
    byId: new Map(people.map((person) => [person.id, person])),
    reportsOf,
    overlooked: given.news ? lastReports(2) : [],
    // Of the last team and of the one before it.
    unmatched: given.news && teams > 2 ? [firstMember + teams - 1, firstMember + 2 * teams - 2] : [],
    personas: {
      manager: at(firstLead),
      rep: at(member(3)),
      salesLeader: at(0),
      enablement: at(1),
      coached: at(member(0)),
      onLeave: at(member(1)),
      newHire: at(member(2)),
      neverCoaches: at(neverCoaches()),
      badQuarterManager: at(badLead()),
    },
    dates: {
      coachedFrom: ago(5),
      leave: { from: ago(3), to: ago(1) },
      holiday: { from: ago(7), to: ago(6) },
      badFrom: ago(9),
      ...(given.news && { news: week }),
    },
  }

  /** Evenly apart: the median stays where it is while somebody is away. */
  function steadyShare(index: number): number {
    const shares = [0.555, 0.515, 0.52, 0.505, 0.53, 0.545, 0.535, 0.525]
    return shares[Math.floor((index - firstMember) / teams) % shares.length] ?? 0.53
  }
  /** So many of the manager's reports, from the end: nobody else's story is theirs. */
  function lastReports(count: number): readonly number[] {
    return (reportsOf.get(firstLead) ?? [])
      .slice(4)
      .slice(-count)
      .map(({ index }) => index)
  }
  /** The nth report of the first lead. */
  function member(nth: number): number {
    return firstMember + nth * teams
  }
  function neverCoaches(): number {
    return firstLead + Math.min(2, teams - 1)
  }
  function badLead(): number {
    return firstLead + Math.min(1, teams - 1)
  }
  function placeOf(index: number) {
    if (index === 0) return { role: 'leader', title: 'Chief Revenue Officer', managerIndex: undefined, team: undefined } as const
    if (index === 1) return { role: 'enablement', title: 'Sales Enablement Lead', managerIndex: 0, team: undefined } as const
    if (index < firstLead) return { role: 'director', title: 'Sales Director', managerIndex: 0, team: undefined } as const
    if (index < firstMember) {
      const team = index - firstLead
      const managerIndex = directors > 0 ? 2 + (team % directors) : 0
      return { role: 'lead', title: `Manager, ${teamName(team)}`, managerIndex, team: teamName(team) } as const
    }
    const team = (index - firstMember) % teams
    return { role: 'member', title: 'Account Executive', managerIndex: firstLead + team, team: teamName(team) } as const
  }
  function storyOf(index: number): Story | undefined {
    if (index === member(0)) return 'coached'
    if (index === member(1)) return 'on-leave'
    if (index === member(2)) return 'new-hire'
    if (teams > 1 && index >= firstMember && (index - firstMember) % teams === 1) return 'bad-quarter'
    return undefined
  }
}

const digits = (next: () => number, count: number): string => String(Math.floor(next() * 10 ** count)).padStart(count, '0')
