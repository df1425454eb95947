// The true figures of any range, computed from the calls: means over a person's calls, and counts that take a call once per range.
// What has not happened or is not analyzed by `nowMs` is not in them. Both contracts are written from these.
import { addDays, type LocalDate, localDateOf } from '../../domain/period.ts'
import { type Call, type CallBook, touchedWithinDays } from './calls.ts'
import { cardOf, isScoredAutomatically, type SimulatedCard } from './cards.ts'
import type { SimulatedPerson } from './company.ts'

export interface Range {
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

export interface Asked extends Range {
  readonly nowMs: number
  /** Missing = everybody. */
  readonly personIds?: ReadonlySet<string> | undefined
}

export interface TrueInteraction {
  calls: number
  /** Sums over the calls; the mean is sum ÷ calls. */
  talkShare: number
  longestMonologueSeconds: number
  /** The single longest. */
  longestOfAllSeconds: number
  longestCustomerStorySeconds: number
  interactivity: number
  patienceSeconds: number
  questions: number
}

export interface TrueActivity {
  hosted: number
  attended: number
  gaveComments: number
  receivedComments: number
  accessed: number
  scored: number
  ownListened: number
  othersListened: number
  requestedFeedback: number
  receivedFeedback: number
  gaveFeedback: number
}

export interface TrueDay {
  readonly hosted: string[]
  readonly attended: string[]
  readonly commented: string[]
  readonly accessed: string[]
}

export interface TrueCoaching {
  readonly listened: string[]
  readonly commented: string[]
  comments: number
  readonly scored: string[]
  readonly attended: string[]
}

/** Interaction figures by person; only people with analyzed calls. `whisperOnly`: as the live service counts. */
export function interactionOf(book: CallBook, asked: Asked, whisperOnly: boolean): Map<number, TrueInteraction> {
  const sums = new Map<number, TrueInteraction>()
  for (const person of wantedPeople(book, asked)) {
    eachCall(book, [person], asked, 0, (call) => {
      if (!happened(call, asked) || call.analyzedMs > asked.nowMs || (whisperOnly && !call.whisper)) return
      const sum = found(sums, person.index, noInteraction)
      sum.calls += 1
      sum.talkShare += call.talkShare
      sum.longestMonologueSeconds += call.longestMonologueSeconds
      sum.longestOfAllSeconds = Math.max(sum.longestOfAllSeconds, call.longestMonologueSeconds)
      sum.longestCustomerStorySeconds += call.longestCustomerStorySeconds
      sum.interactivity += call.interactivity
      sum.patienceSeconds += call.patienceSeconds
      sum.questions += call.questions
    })
  }
  return sums
}

/** Activity counters by person; only people with any. */
export function activityOf(book: CallBook, asked: Asked): Map<number, TrueActivity> {
  const counts = new Map<number, TrueActivity>()
  const of = (index: number) => found(counts, index, noActivity)
  eachCall(book, related(book, asked), asked, touchedWithinDays, (call) => {
    if (happened(call, asked)) {
      of(call.hostIndex).hosted += 1
      if (asksForFeedback(call)) of(call.hostIndex).requestedFeedback += 1
      for (const index of call.attendeeIndexes) of(index).attended += 1
    }
    const touches = call.touches.filter(({ atMs }) => inRange(atMs, asked))
    let isWithFeedback = false
    for (const index of new Set(touches.map(({ actorIndex }) => actorIndex))) {
      const kinds = new Set(touches.filter(({ actorIndex }) => actorIndex === index).map(({ kind }) => kind))
      const actor = of(index)
      if (kinds.has('listened')) actor[index === call.hostIndex ? 'ownListened' : 'othersListened'] += 1
      if (kinds.has('listened') || kinds.has('commented')) actor.accessed += 1
      if (kinds.has('commented')) actor.gaveComments += 1
      if (kinds.has('scored')) actor.scored += 1
      if (index !== call.hostIndex && (kinds.has('commented') || kinds.has('scored'))) {
        actor.gaveFeedback += 1
        isWithFeedback = true
      }
    }
    if (isWithFeedback) of(call.hostIndex).receivedFeedback += 1
    if (touches.some(({ kind }) => kind === 'commented')) of(call.hostIndex).receivedComments += 1
  })
  return onlyWanted(book, counts, asked)
}

/** Ids of calls by person and local date. */
export function daysOf(book: CallBook, asked: Asked): Map<number, Map<LocalDate, TrueDay>> {
  const days = new Map<number, Map<LocalDate, TrueDay>>()
  const of = (index: number, date: LocalDate) =>
    found(
      found(days, index, () => new Map()),
      date,
      noDay,
    )
  eachCall(book, related(book, asked), asked, touchedWithinDays, (call) => {
    if (happened(call, asked)) {
      of(call.hostIndex, call.date).hosted.push(call.id)
      for (const index of call.attendeeIndexes) of(index, call.date).attended.push(call.id)
    }
    for (const { actorIndex, kind, atMs, date } of call.touches) {
      if (!inRange(atMs, asked) || kind === 'scored') continue
      const day = of(actorIndex, date)
      if (kind === 'commented' && !day.commented.includes(call.id)) day.commented.push(call.id)
      if (!day.accessed.includes(call.id)) day.accessed.push(call.id)
    }
  })
  return onlyWanted(book, days, asked)
}

/** Cards answered in the range, by time; `personIds` are the reviewed. */
export function cardsOf(book: CallBook, asked: Asked, added: readonly SimulatedCard[], automatic: boolean): SimulatedCard[] {
  const cards: SimulatedCard[] = []
  eachCall(book, wantedPeople(book, asked), asked, touchedWithinDays, (call) => {
    for (const touch of call.touches)
      if (touch.kind === 'scored' && inRange(touch.atMs, asked)) cards.push(cardOf(book.company, call, touch))
    if (automatic && inRange(call.analyzedMs, asked) && isScoredAutomatically(call)) cards.push(cardOf(book.company, call, 'automatic'))
  })
  for (const card of added) if (inRange(card.answeredMs, asked) && (asked.personIds?.has(card.reviewedId) ?? true)) cards.push(card)
  return cards.toSorted((a, b) => a.answeredMs - b.answeredMs || (a.id < b.id ? -1 : 1))
}

/** What a manager did for each report in the range; reports without anything are in it with nothing. */
export function coachingOf(
  book: CallBook,
  asked: Range & { readonly nowMs: number },
  manager: SimulatedPerson,
  added: readonly SimulatedCard[],
): Map<number, TrueCoaching> {
  const reports = book.company.reportsOf.get(manager.index) ?? []
  const done = new Map<number, TrueCoaching>(reports.map(({ index }) => [index, noCoaching()]))
  eachCall(book, reports, asked, touchedWithinDays, (call) => {
    const row = done.get(call.hostIndex)
    if (!row) return
    if (happened(call, asked) && call.attendeeIndexes.includes(manager.index)) row.attended.push(call.id)
    for (const { actorIndex, kind, atMs } of call.touches) {
      if (actorIndex !== manager.index || !inRange(atMs, asked)) continue
      if (kind === 'commented') row.comments += 1
      if (!row[kind].includes(call.id)) row[kind].push(call.id)
    }
  })
  for (const card of added) {
    const row = done.get(book.company.byId.get(card.reviewedId)?.index ?? -1)
    if (row && card.reviewerId === manager.id && inRange(card.answeredMs, asked) && !row.scored.includes(card.callId))
      row.scored.push(card.callId)
  }
  return done
}

/** Every twelfth or so, by the call's own number. */
const asksForFeedback = ({ id }: Call): boolean => Number(id.slice(-3)) % 12 === 0

function eachCall(
  book: CallBook,
  people: readonly SimulatedPerson[],
  { fromMs, toMs }: Range,
  daysBefore: number,
  visit: (call: Call) => void,
): void {
  const last = localDateOf(new Date(toMs - 1), book.zone)
  for (let date = addDays(localDateOf(new Date(fromMs), book.zone), -daysBefore); date <= last; date = addDays(date, 1))
    for (const person of people) for (const call of book.callsOf(person, date)) visit(call)
}

const happened = (call: Call, asked: Asked): boolean =>
  call.startMs >= asked.fromMs && call.startMs < asked.toMs && call.startMs + call.durationSeconds * 1000 <= asked.nowMs

const inRange = (atMs: number, { fromMs, toMs, nowMs }: Asked): boolean => atMs >= fromMs && atMs < toMs && atMs <= nowMs

const wantedPeople = ({ company }: CallBook, { personIds }: Asked): readonly SimulatedPerson[] =>
  personIds ? company.people.filter(({ id }) => personIds.has(id)) : company.people

/** Whose calls the wanted people may have touched: their own, their team's, their reports'. */
function related(book: CallBook, asked: Asked): readonly SimulatedPerson[] {
  const { company } = book
  if (!asked.personIds) return company.people
  const wanted = wantedPeople(book, asked)
  if (wanted.includes(company.personas.enablement)) return company.people
  const managers = new Set(wanted.flatMap(({ index, managerIndex }) => [index, managerIndex ?? index]))
  return company.people.filter(({ index, managerIndex }) => managers.has(index) || managers.has(managerIndex ?? -1))
}

function onlyWanted<T>({ company }: CallBook, rows: Map<number, T>, { personIds }: Asked): Map<number, T> {
  const wanted = [...rows].filter(([index]) => personIds?.has(company.people[index]?.id ?? '') ?? true)
  return new Map(wanted.toSorted(([a], [b]) => a - b))
}

function found<K, T>(map: Map<K, T>, key: K, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

const noInteraction = (): TrueInteraction => ({
  calls: 0,
  talkShare: 0,
  longestMonologueSeconds: 0,
  longestOfAllSeconds: 0,
  longestCustomerStorySeconds: 0,
  interactivity: 0,
  patienceSeconds: 0,
  questions: 0,
})
const noActivity = (): TrueActivity => ({
  hosted: 0,
  attended: 0,
  gaveComments: 0,
  receivedComments: 0,
  accessed: 0,
  scored: 0,
  ownListened: 0,
  othersListened: 0,
  requestedFeedback: 0,
  receivedFeedback: 0,
  gaveFeedback: 0,
})
const noDay = (): TrueDay => ({ hosted: [], attended: [], commented: [], accessed: [] })
const noCoaching = (): TrueCoaching => ({ listened: [], commented: [], comments: 0, scored: [], attended: [] })
