// What the schedule editor holds between two drawings, and how Slack's inputs become a draft. Everything read here is a claim of whoever
// submits; the digest service checks it against them.

import type { DigestDraft, DigestEntry } from '../../digests/service.ts'
import { zones } from '../../domain/known-zone.ts'
import type { LocalDate, Weekday } from '../../domain/period.ts'
import {
  type DateRange,
  daysInAll,
  everyDay,
  isCalendarDate,
  isPlausibleDate,
  mostDays,
  plausibleDatesInWords,
} from '../../domain/plausible-date.ts'
import { type Viewer, viewedOrgs } from '../../domain/policy.ts'
import type { DigestKind } from '../../domain/subscription.ts'
import { leadsLeaders, type OrgChart } from '../../domain/team.ts'

/** Input ids; the prefix routes their redraws and searches to the form. */
export const inputs = {
  kind: 'digest-form:kind',
  about: 'digest-form:about',
  where: 'digest-form:where',
  channel: 'digest-form:channel',
  person: 'digest-form:person',
  weekdays: 'digest-form:weekdays',
  time: 'digest-form:time',
  zone: 'digest-form:zone',
  whenEmpty: 'digest-form:when-empty',
  skipDates: 'digest-form:skip-dates',
  names: 'digest-form:names',
  name: 'digest-form:name',
} as const

export const formId = 'digest-form'

export interface EditorState {
  /** Missing while it is new. */
  readonly subscriptionId?: string | undefined
  /** Its kind as it stands. */
  readonly kindBefore?: DigestKind | undefined
  readonly kind: DigestKind
  readonly subjectId?: string | undefined
  readonly where: 'me' | 'channel' | 'person'
  readonly channelId?: string | undefined
  readonly readerId?: string | undefined
  readonly weekdays: readonly Weekday[]
  readonly time: string
  readonly zone: string
  readonly whenEmpty: 'skip' | 'say'
  /** As typed. */
  readonly skipDates: string
  readonly showNames: boolean
  /** What its owner calls it, as typed. */
  readonly name?: string | undefined
  /** It is somebody else's to name. */
  readonly isNamedByOther?: boolean | undefined
  /** The draft whose duplicate the modal has shown: saved again, it is an extra one. */
  readonly duplicateShown?: string | undefined
  /** The channel whose readers the modal has listed: names need that first. */
  readonly listedFor?: string | undefined
}

/** Kinds this viewer can have: a rep their own, a manager their teams', an admin all. */
function kindsFor(viewer: Viewer, chart: OrgChart, today: LocalDate): DigestKind[] {
  const sees = viewer.isAdmin || viewedOrgs(viewer, today).length > 0
  const leads = sees || leadsSomebody(viewer, chart)
  const leadsTeams = sees || (viewer.person !== undefined && leadsLeaders(viewer.person.id, chart))
  return [
    ...(leads ? (['team', 'manager'] as const) : []),
    ...(leadsTeams ? (['org'] as const) : []),
    'personal',
    ...(viewer.isAdmin ? (['company'] as const) : []),
  ]
}

/** A reader may keep what they could not set up: a digest's own kind is offered too. A reminder is no other. */
export function kindsOffered({ kind, kindBefore }: EditorState, viewer: Viewer, chart: OrgChart, today: LocalDate): DigestKind[] {
  if (kind === 'reminder') return ['reminder']
  const kinds = kindsFor(viewer, chart, today)
  return kindBefore === undefined || kinds.includes(kindBefore) ? kinds : [kindBefore, ...kinds]
}

const leadsSomebody = (viewer: Viewer, chart: OrgChart): boolean => viewer.person !== undefined && chart.team(viewer.person.id).length > 0

/** A new digest as most people want it: Monday 09:00 in their own zone, to themselves. */
export function newState(viewer: Viewer, chart: OrgChart, zone: string, today: LocalDate): EditorState {
  const kind = kindsFor(viewer, chart, today)[0] ?? 'personal'
  const own = viewer.person && (kind === 'personal' || chart.team(viewer.person.id).length > 0) ? viewer.person.id : undefined
  return {
    kind,
    subjectId: own,
    where: 'me',
    weekdays: [1],
    time: '09:00',
    zone,
    whenEmpty: 'say',
    skipDates: '',
    showNames: false,
  }
}

export function stateOf({ subscription, mayName }: Pick<DigestEntry, 'subscription' | 'mayName'>, viewer: Viewer): EditorState {
  const { destination, recurrence } = subscription
  const isMine = destination.type === 'dm' && destination.slackUserId === viewer.slackUserId
  return {
    subscriptionId: subscription.id,
    kindBefore: subscription.kind,
    kind: subscription.kind,
    subjectId: subscription.subjectId,
    where: destination.type === 'channel' ? 'channel' : isMine ? 'me' : 'person',
    channelId: destination.type === 'channel' ? destination.channelId : undefined,
    readerId: destination.type === 'dm' && !isMine ? destination.slackUserId : undefined,
    weekdays: recurrence.weekdays,
    time: recurrence.time,
    zone: recurrence.zone,
    whenEmpty: subscription.whenEmpty,
    skipDates: subscription.skipDates.join(', '),
    showNames: subscription.showNames,
    name: subscription.name,
    ...(!mayName && { isNamedByOther: true }),
  }
}

type Given = Readonly<Record<string, string | readonly string[] | undefined>>

const one = (given: Given, id: string): string | undefined => {
  const value = given[id]
  return typeof value === 'string' ? value : undefined
}
const many = (given: Given, id: string): readonly string[] | undefined => {
  const value = given[id]
  return Array.isArray(value) ? value : undefined
}
const only = (value: string | undefined): readonly string[] | undefined => (value === undefined ? undefined : [value])
const oneOf = <T extends string>(value: string | undefined, allowed: readonly T[], otherwise: T): T =>
  allowed.find((candidate) => candidate === value) ?? otherwise

/** Digests about a person, and those that name people, go to one reader. */
export const mayGoToChannel = (kind: DigestKind): boolean => kind === 'team' || kind === 'company'

/** The state before with Slack's inputs laid over it; inputs that are not drawn keep what they were. */
export function withInputs(before: EditorState, given: Given): EditorState {
  const kind = oneOf<DigestKind>(one(given, inputs.kind), ['team', 'personal', 'manager', 'org', 'company'], before.kind)
  const subjectId = kind === 'company' ? undefined : (one(given, inputs.about) ?? before.subjectId)
  const channelId = one(given, inputs.channel) ?? before.channelId
  const readerId = one(given, inputs.person) ?? before.readerId
  const names = many(given, inputs.names)
  const where = oneOf(one(given, inputs.where), ['me', 'channel', 'person'], before.where)
  return {
    ...before,
    kind,
    subjectId,
    where: where === 'channel' && !mayGoToChannel(kind) ? 'me' : where,
    channelId,
    readerId,
    weekdays: weekdaysIn(many(given, inputs.weekdays) ?? only(one(given, inputs.weekdays))) ?? before.weekdays,
    time: one(given, inputs.time) ?? before.time,
    zone: zones.find((zone) => zone === one(given, inputs.zone)) ?? before.zone,
    whenEmpty: oneOf(one(given, inputs.whenEmpty), ['skip', 'say'], before.whenEmpty),
    name: inputs.name in given ? one(given, inputs.name) : before.name,
    skipDates: inputs.skipDates in given ? (one(given, inputs.skipDates) ?? '') : before.skipDates,
    // A tick was made for the channel drawn then, and for no other.
    showNames: (names === undefined ? before.showNames : names.includes('show')) && [channelId, undefined].includes(before.channelId),
  }
}

export function weekdaysIn(values: readonly string[] | undefined): Weekday[] | undefined {
  if (values === undefined) return undefined
  const all: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]
  return all.filter((day) => values.includes(String(day)))
}

export const longestName = 60

/** Two drafts of one key say the same to the same readers in the same hour. */
export const duplicateKey = ({ kind, subjectId, destination, recurrence }: DigestDraft): string =>
  JSON.stringify([kind, subjectId, Object.values(destination), recurrence.weekdays, recurrence.time, recurrence.zone])

/** What Slack lets people type into the field. */
export const longestSkipDates = 1000

/** Typed days to skip: `2026-12-24, 2026-12-28..2026-12-31`; or a sentence that says what is wrong with them. */
export function skipDatesIn(typed: string, today: LocalDate): readonly LocalDate[] | { readonly why: string } {
  if (typed.length > longestSkipDates) return { why: `Write at most ${longestSkipDates} characters.` }
  const ranges = typed
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(rangeIn)
  if (!ranges.every((range) => range !== undefined)) return { why: 'Write dates such as 2026-12-24, or 2026-12-24..2026-12-31.' }
  if (!ranges.every(({ first, last }) => isPlausibleDate(first, today) && isPlausibleDate(last, today)))
    return { why: `Write dates ${plausibleDatesInWords(today)}.` }
  const days = daysInAll(ranges)
  if (days > mostDays) return { why: `These are ${days} days in all; at most ${mostDays} can be skipped.` }
  return everyDay(ranges)
}

function rangeIn(word: string): DateRange | undefined {
  const [first, last = first, ...more] = word.split(/\.\.|–/)
  return more.length === 0 && isCalendarDate(first) && isCalendarDate(last) && first <= last ? { first, last } : undefined
}

/** A wall time as Slack sends it: `09:00`. */
export const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** The draft the state stands for, or which input is at fault. */
export function draftOf(
  state: EditorState,
  viewer: Viewer,
  today: LocalDate,
): DigestDraft | { readonly errors: Readonly<Record<string, string>> } {
  const skipDates = skipDatesIn(state.skipDates, today)
  const errors: Record<string, string> = {}
  if (state.weekdays.length === 0) errors[inputs.weekdays] = 'Choose at least one weekday.'
  if ((state.name?.length ?? 0) > longestName) errors[inputs.name] = `Write at most ${longestName} characters.`
  if ('why' in skipDates) errors[inputs.skipDates] = skipDates.why
  if (!isTime(state.time)) errors[inputs.time] = 'Choose a time such as 09:00.'
  if (state.where === 'channel' && state.channelId === undefined) errors[inputs.channel] = 'Choose a channel.'
  if (state.where === 'person' && state.readerId === undefined) errors[inputs.person] = 'Choose a person.'
  if (state.kind !== 'company' && state.subjectId === undefined) errors[inputs.about] = 'Choose whom it is about.'
  if (Object.keys(errors).length > 0 || 'why' in skipDates) return { errors }
  const name = state.name?.trim()
  return {
    kind: state.kind,
    ...(name && { name }),
    ...(state.subjectId !== undefined && state.kind !== 'company' && { subjectId: state.subjectId }),
    destination:
      state.where === 'channel'
        ? { type: 'channel', channelId: state.channelId ?? '' }
        : { type: 'dm', slackUserId: state.where === 'person' ? (state.readerId ?? '') : viewer.slackUserId },
    recurrence: { weekdays: state.weekdays, time: state.time, zone: state.zone },
    whenEmpty: state.whenEmpty,
    skipDates,
    showNames: state.where === 'channel' && state.showNames,
  }
}

/** The state travels in the modal's private metadata; what inputs show overrides it. */
export const writeState = (state: EditorState): string => JSON.stringify(state)
