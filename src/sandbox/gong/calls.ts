// The calls of one person on one day, made from the seed when they are asked for; the last ones are kept, so that a company of any size
// takes little memory. Everything that happens to a call later (listening, comments, a scorecard) is part of it: figures of any range agree.

import { addDays, daysBetween, type LocalDate, startOfLocalDate, weekdayOf } from '../../domain/period.ts'
import type { Company, SimulatedPerson } from './company.ts'
import { calmSpread, isOverlooked, isScoredByManager, shiftOf } from './news.ts'
import { around, seeded } from './seeded.ts'

export interface Touch {
  readonly actorIndex: number
  readonly kind: 'listened' | 'commented' | 'scored'
  readonly atMs: number
  readonly date: LocalDate
}

export interface Call {
  /** 19 digits. */
  readonly id: string
  readonly hostIndex: number
  readonly attendeeIndexes: readonly number[]
  readonly date: LocalDate
  readonly startMs: number
  readonly durationSeconds: number
  /** When Gong has its figures; up to two days after the call. */
  readonly analyzedMs: number
  /** Live interaction figures count only these. */
  readonly whisper: boolean
  readonly talkShare: number
  readonly longestMonologueSeconds: number
  readonly longestCustomerStorySeconds: number
  readonly interactivity: number
  readonly patienceSeconds: number
  readonly questions: number
  readonly touches: readonly Touch[]
}

export interface CallBook {
  readonly company: Company
  readonly zone: string
  callsOf(person: SimulatedPerson, date: LocalDate): readonly Call[]
}

/** A touch happens at most this many days after its call. */
export const touchedWithinDays = 6

const dayMs = 86_400_000

/** Days of a person whose calls are kept: a company of sixty over most of a year, some 20 MB. */
const mostKept = 15_000

/** `lateShare`: how many of the calls are analyzed late, 0–1. */
export function createCallBook(company: Company, zone: string, lateShare: number): CallBook {
  const starts = new Map<LocalDate, number>()
  const startOf = (date: LocalDate): number => {
    const known = starts.get(date)
    if (known !== undefined) return known
    const start = startOfLocalDate(date, zone).getTime()
    if (starts.size > 2000) starts.clear()
    starts.set(date, start)
    return start
  }

  /** By the person's index: a list of every call of a range asks for everybody's of one day after the other. */
  const kept = new Map<LocalDate, (readonly Call[])[]>()
  let keptCount = 0
  const keptOf = (date: LocalDate): (readonly Call[])[] => {
    const known = kept.get(date)
    if (known) return known
    const day: (readonly Call[])[] = []
    kept.set(date, day)
    return day
  }

  return {
    company,
    zone,
    callsOf(person, date) {
      const known = keptOf(date)[person.index]
      if (known) return known
      const calls = makeCalls(person, date)
      if (keptCount >= mostKept) {
        kept.clear()
        keptCount = 0
      }
      keptCount += 1
      keptOf(date)[person.index] = calls
      return calls
    },
  }

  function makeCalls(person: SimulatedPerson, date: LocalDate): readonly Call[] {
    const share = worksOn(company, person, date) ? volume(company, person, date) : 0
    if (share === 0) return []
    const day = daysBetween('2000-01-01', date)
    const next = seeded(company.seed, 2, person.index, day)
    const expected = person.usual.callsPerDay * share
    const count = Math.min(9, Math.floor(expected + next() * 1.6))
    return Array.from({ length: count }, (_, nth) => makeCall(person, date, day, nth))
  }

  function makeCall(person: SimulatedPerson, date: LocalDate, day: number, nth: number): Call {
    const next = seeded(company.seed, 3, person.index, day, nth)
    const { usual } = person
    const bad = isBad(company, person, date)
    const startMs = startOf(date) + (8 * 60 + Math.floor(next() * 600)) * 60_000
    const durationSeconds = Math.round(900 + next() * 2400)
    const late = next() < lateShare
    const shift = shiftOf(company, person, date)
    const monologue = usual.longestMonologueSeconds - improvement(company, person, date) + shift.longestMonologueSeconds
    const spread = company.dates.news === undefined ? 0.06 : calmSpread
    return {
      id: `7${pad(person.index, 6)}${pad(day, 5)}${pad(nth, 2)}${pad(Math.floor(next() * 100_000), 5)}`,
      hostIndex: person.index,
      attendeeIndexes: attendees(person, next),
      date,
      startMs,
      durationSeconds,
      analyzedMs: startMs + durationSeconds * 1000 + (late ? next() * 2 * dayMs : 600_000 + next() * 5_400_000),
      whisper: next() < 0.95,
      talkShare: within(around(next, usual.talkShare + (bad ? 0.09 : 0) + shift.talkShare, spread), 0.08, 0.95),
      longestMonologueSeconds: Math.round(within(around(next, monologue + (bad ? 40 : 0), 18), 20, 600)),
      longestCustomerStorySeconds: Math.round(within(around(next, 60, 20), 5, 300)),
      interactivity: within(around(next, usual.interactivity - (bad ? 1.2 : 0), 0.7), 0, 10),
      patienceSeconds: within(around(next, usual.patienceSeconds, 0.2), 0.05, 5),
      questions: Math.round(within(around(next, usual.questions - (bad ? 2 : 0) + shift.questions, 3), 0, 40)),
      touches: touches(person, date, nth, next),
    }
  }

  function attendees(person: SimulatedPerson, next: () => number): readonly number[] {
    if (person.managerIndex === undefined) return []
    const draw = next()
    if (draw < 0.08) return [person.managerIndex]
    if (draw > 0.22) return []
    const team = company.reportsOf.get(person.managerIndex) ?? []
    const mate = team[Math.floor(next() * team.length)]
    return mate && mate.index !== person.index ? [mate.index] : []
  }

  function touches(person: SimulatedPerson, date: LocalDate, nth: number, next: () => number): readonly Touch[] {
    const made: Touch[] = []
    const touch = (actorIndex: number, kind: Touch['kind'], daysLater: number) => {
      const on = workday(addDays(date, daysLater))
      made.push({ actorIndex, kind, date: on, atMs: startOf(on) + (9 * 60 + Math.floor(next() * 500)) * 60_000 })
    }
    if (next() < 0.25) touch(person.index, 'listened', 1)
    const manager = person.managerIndex === undefined ? undefined : company.people[person.managerIndex]
    if (manager && isScoredByManager(company, person, date, nth))
      for (const kind of ['listened', 'scored'] as const) touch(manager.index, kind, 1)
    for (const coach of [manager, company.personas.enablement]) {
      if (!coach || coach.index === person.index) continue
      if (coach === manager && isOverlooked(company, person, date)) continue
      const eager = person.story === 'coached' && date >= company.dates.coachedFrom ? 0.5 : coach.coaches
      if (coach.coaches === 0 || next() >= eager) continue
      touch(coach.index, 'listened', 1)
      if (next() < 0.5) touch(coach.index, 'commented', 1)
      // Commented again on another day: still one call in a range that holds both.
      if (next() < 0.2) touch(coach.index, 'commented', 2)
      if (next() < 0.3) touch(coach.index, 'scored', 1)
    }
    if (manager && next() < 0.06) {
      const team = company.reportsOf.get(manager.index) ?? []
      const mate = team[Math.floor(next() * team.length)]
      if (mate && mate.index !== person.index) touch(mate.index, 'listened', 2)
    }
    return made
  }
}

function worksOn({ dates }: Company, person: SimulatedPerson, date: LocalDate): boolean {
  if (date < person.joinedOn || weekdayOf(date) > 5 || person.index === 1) return false
  return !(person.story === 'on-leave' && date >= dates.leave.from && date < dates.leave.to)
}

/** How much of the usual work there is that day, 0–1. */
function volume(company: Company, person: SimulatedPerson, date: LocalDate): number {
  const { holiday, news } = company.dates
  if (date >= holiday.from && date < holiday.to) return 0
  // A story that may be opened on any date has no Christmas: last week is to be news.
  if (news === undefined && date.slice(5) >= '12-24' && date.slice(5) <= '12-31') return 0
  if (person.story === 'new-hire') return Math.min(1, Math.max(0, daysBetween(person.joinedOn, date) / 35))
  return isBad(company, person, date) ? 0.6 : 1
}

const isBad = ({ dates }: Company, { story }: SimulatedPerson, date: LocalDate): boolean => story === 'bad-quarter' && date >= dates.badFrom

/** Seconds the coached person's longest monologue has lost since the coaching began: 110 after four weeks. */
function improvement({ dates }: Company, { story }: SimulatedPerson, date: LocalDate): number {
  return story === 'coached' ? 110 * within(daysBetween(dates.coachedFrom, date) / 28, 0, 1) : 0
}

const workday = (date: LocalDate): LocalDate => (weekdayOf(date) > 5 ? addDays(date, 8 - weekdayOf(date)) : date)
const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
const pad = (value: number, width: number): string => String(value).padStart(width, '0')
