// What readers of a group without names see of its people besides: whoever leads, coaches or views some of them, or did since the period
// began, takes those figures away. The tree of the period does not say so where people moved since, and no tree knows coaches. A figure is shown where it is safe from
// each single reader. Readers are small numbers, kept for each person once: a figure costs one step a contributor and reader of theirs. Pure.
import type { KnownPeople, Onlookers, Reader } from '../../domain/onlookers.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import {
  isThemself,
  maySee,
  roleEnds,
  selfOf as selfOfViewer,
  shownTo,
  type Viewer,
  wasAdminSince,
  withoutShown,
} from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import type { FilledBy, FilledInFigure } from '../scorecards/filled-by.ts'
import type { Unseen } from './release.ts'
import { findSeers, type Seer } from './seers.ts'

/** What readers see of a group besides its figures. */
export interface Besides {
  /** One of them sees somebody of the members by name, other than themself, and not everybody. */
  seesSome(members: readonly PersonId[]): boolean
  /**
   * Whether a figure of these contributors says nothing about too few of the members: about fewer than `atLeast`, usually `minimumPeople`.
   * Whoever filled all of a contributor's cards in it sees that contributor.
   */
  leavesEnough(contributors: readonly PersonId[], members: readonly PersonId[], atLeast?: number, filled?: FilledBy): boolean
  /** Of each of them who sees some of the members by name or by cards they filled, and not everybody: the others, themself left out. */
  unseenOf(members: readonly PersonId[], filled: FilledInFigure): readonly Unseen[]
  /** The members whom one of them may have seen by name, also as an admin, and sees no more: nobody knows how much of what is held back. */
  lostOf(members: readonly PersonId[]): ReadonlySet<PersonId>
}

/** Nobody in particular reads it. */
export const nothingBesides: Besides = { seesSome: () => false, leavesEnough: () => true, unseenOf: () => [], lostOf: () => new Set() }

interface Rule {
  readonly minimumPeople: number
  /** Today, or a day before: roles and places of that day count, and all since, because by those somebody saw figures. */
  readonly day: LocalDate
  /** Of the period. */
  readonly lastDay: LocalDate
  readonly today: LocalDate
}

/**
 * Each reader takes away those they see by name, and their own. Their own alone is no obstacle: every member knows it. Who sees everybody
 * learns nothing; that the others have nothing is theirs too. That is believed only of who does so by today's rights: whoever did before saw
 * the period as far as it had come.
 *
 * Whom a reader was shown in a channel only takes away: what is safe beside their rights must be safe with those taken away too. Where that
 * leaves nobody, their rights alone decide, because nobody knows which figures of which week they were shown.
 * @example besidesOf(ada, chart, rule).leavesEnough(['a1', 'a2', 'a3', 'a4', 'ada', 'ben'], members) // false: Ada leads a1–a4 now
 */
export function besidesOf(reader: Reader, chart: OrgChart, rule: Rule): Besides {
  const rights = besidesBy(reader, chart, rule, 'rights')
  if (!wereShown(reader)) return rights
  const shown = besidesBy(reader, chart, rule, 'shown too')
  return {
    seesSome: (members) => rights.seesSome(members) || shown.seesSome(members),
    leavesEnough: (...asked) => rights.leavesEnough(...asked) && shown.leavesEnough(...asked),
    unseenOf: (...asked) => [...rights.unseenOf(...asked), ...shown.unseenOf(...asked)],
    lostOf: shown.lostOf,
  }
}

const wereShown = (reader: Reader): boolean => knownTo(reader).length > 0 || viewersOf(reader).some((viewer) => shownTo(viewer).size > 0)

/** `rights`: whom they were shown in channels is left out. */
function besidesBy(reader: Reader, chart: OrgChart, { minimumPeople, day, lastDay, today }: Rule, by: 'rights' | 'shown too'): Besides {
  const { seersOf, selfOf, whoIs, knowsUntil } = findSeers(
    by === 'rights' ? rightsOf(onlookersIn(reader)) : onlookersIn(reader),
    chart,
    day,
  )
  const counted = new WeakMap<readonly PersonId[], ReadonlyMap<Seer, number>>()
  const counts: number[] = []
  /** How many of these people each seer sees; of none: left out. */
  const countSeen = (ids: readonly PersonId[], filled?: FilledBy): [Seer, number][] => {
    const seers: Seer[] = []
    for (const id of ids)
      for (const seer of seersOf(id, filled)) {
        const before = counts[seer] ?? 0
        if (before === 0) seers.push(seer)
        counts[seer] = before + 1
      }
    return seers.map((seer) => {
      const count = counts[seer] ?? 0
      counts[seer] = 0
      return [seer, count]
    })
  }
  /** Once for members, whatever is asked of them. */
  const seenOf = (members: readonly PersonId[]): ReadonlyMap<Seer, number> => {
    const found = counted.get(members) ?? new Map(countSeen(members))
    counted.set(members, found)
    return found
  }
  const isOneOf = (seer: Seer, ids: readonly PersonId[]): boolean => ids.some((id) => id === selfOf[seer])
  const mayNow = (seer: Viewer | PersonId, personId: PersonId): boolean =>
    typeof seer === 'string'
      ? chart.above(personId).some(({ id }) => id === seer)
      : isThemself(selfOfViewer(seer), personId) || maySee(seer, { type: 'person', personId }, chart, today).allowed
  const isLost = (seer: Seer, personId: PersonId): boolean => !mayNow(whoIs(seer), personId) && (knowsUntil(seer, personId) ?? '') < lastDay
  const wasAdmin = viewersOf(reader).some((viewer) => wasAdminSince(viewer, day))
  const allSeen = new WeakMap<readonly PersonId[], Map<Seer, boolean>>()
  const seesAll = (seer: Seer, members: readonly PersonId[]): boolean => {
    const unseen = members.length - (seenOf(members).get(seer) ?? 0)
    if (unseen > 1 || (unseen === 1 && !isOneOf(seer, members))) return false
    const asked = allSeen.get(members) ?? new Map<Seer, boolean>()
    allSeen.set(members, asked)
    const found = asked.get(seer) ?? (by === 'shown too' || members.every((id) => id === selfOf[seer] || mayNow(whoIs(seer), id)))
    asked.set(seer, found)
    return found
  }
  return {
    seesSome: (members) => [...seenOf(members).keys()].some((seer) => !seesAll(seer, members)),
    leavesEnough: (contributors, members, atLeast = minimumPeople, filled) =>
      countSeen(contributors, filled).every(([seer, count]) => {
        const left = contributors.length - count
        if (left > atLeast || (left === atLeast && !isOneOf(seer, contributors))) return true
        return seesAll(seer, members)
      }),
    unseenOf(members, { all, changed }) {
      const seers = new Set([...countSeen(members, all), ...countSeen(members, changed)].map(([seer]) => seer))
      return [...seers].flatMap((seer) => {
        const others = members.filter((id) => id !== selfOf[seer] && !seersOf(id, all).includes(seer))
        const unknown = others.filter((id) => !seersOf(id, changed).includes(seer))
        return others.length > 0 ? [{ others: new Set(others), unknown: new Set(unknown) }] : []
      })
    },
    lostOf: (members) => new Set(wasAdmin ? members : members.filter((id) => seersOf(id).some((seer) => isLost(seer, id)))),
  }
}

/** The days on which a role of these readers ended, or until which they were shown somebody. */
export const endedSights = (reader: Reader, today: LocalDate): readonly LocalDate[] => [
  ...viewersOf(reader).flatMap((viewer) => roleEnds(viewer, today)),
  ...knownTo(reader).flatMap((people) => [...new Set(people.values())].filter((until) => until <= today)),
]

const onlookersIn = (reader: Reader): Onlookers => ('viewers' in reader ? reader : { viewers: [reader], everyLeader: false })

const rightsOf = (onlookers: Onlookers): Onlookers => ({ ...onlookers, viewers: onlookers.viewers.map(withoutShown), known: undefined })

const knownTo = (reader: Reader): readonly KnownPeople[] => ('viewers' in reader ? (reader.known ?? []) : [])

const viewersOf = (reader: Reader): readonly Viewer[] => onlookersIn(reader).viewers

const movesIn = new WeakMap<OrgChart, readonly LocalDate[]>()

/** The days by which somebody had moved. */
export function movesOf(chart: OrgChart): readonly LocalDate[] {
  const found = movesIn.get(chart) ?? [...chart.people.values()].flatMap(({ pastPlaces = [] }) => pastPlaces.map(({ until }) => until))
  movesIn.set(chart, found)
  return found
}
