// What a digest may show at this moment: whether its owner and its reader still have the right, in which detail, and whether a channel's
// readers may see names. Asked before everything that is posted. Builds nothing and posts nothing.

import type { Clock } from '../clock.ts'
import type { Company } from '../domain/company.ts'
import type { HoldReason } from '../domain/hold-reason.ts'
import type { ChannelOnlookers, ReadBy } from '../domain/onlookers.ts'
import { addDays, type LocalDate, localDateOf } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import { type Detail, lesserOf, maySee, type Subject, type Viewer } from '../domain/policy.ts'
import { isByName, type Subscription } from '../domain/subscription.ts'
import { hasMovedSince, type OrgChart } from '../domain/team.ts'
import { readByOne } from '../people/read-by.ts'
import type { SlackPerson } from '../people/slack-people.ts'
import type { ChannelReaders } from '../slack-ports.ts'
import type { KeyedHash } from '../store/people/forgotten.ts'
import type { NamesDropped } from './delivery/outcomes.ts'
import { isOwnReminder, ownerMay } from './rights.ts'
import { subjectExists, subjectOf } from './subject.ts'

export interface RightsDeps {
  readonly clock: Clock
  readonly company: Company
  readonly namesInChannels: 'ask' | 'never'
  chart(): Promise<OrgChart>
  viewerOf(slackUserId: string): Promise<Viewer>
  slackPerson(slackUserId: string): Promise<SlackPerson>
  /** Of a channel's readers, or of anybody. */
  onlookersOf(readers: ChannelReaders | undefined): Promise<ChannelOnlookers>
  /** The same as long as groups are made by the same settings. */
  groupSettings(): Promise<string>
  readonly keyedHash: KeyedHash
}

/** It is kept with what is posted, longer than somebody who is forgotten: without the key nobody finds out whose ids it was made of. */
const readByUnder =
  (readBy: ReadBy, settings: string, today: LocalDate, { keyedHash }: Pick<RightsDeps, 'keyedHash'>): SendingRights['readBy'] =>
  (shown) =>
    keyedHash(`${readBy({ shown, since: addDays(today, -7) })} ${settings}`).slice(0, 22)

/** A digest says something of eight weeks, and may be a week late. */
const daysSaid = 9 * 7

/** The reader of a direct message. */
export interface DirectReader {
  readonly viewer: Viewer
  readonly detail: Detail
  readonly zone: string
  readonly locale: string
}

export interface SendingRights {
  readonly type: 'may'
  readonly subject: Subject
  readonly chart: OrgChart
  readonly today: LocalDate
  /** Missing for channels. */
  readonly reader: DirectReader | undefined
  /** Whether people are shown by name in the channel; false for direct messages, which show what their reader may see. */
  readonly names: boolean
  readonly namesDropped: NamesDropped | undefined
  /** Of a channel. */
  readonly onlookers: ChannelOnlookers | undefined
  /**
   * Of a message that shows these by name: the same as long as its readers see and know the same people besides, and groups are made by the
   * same settings. A digest is of an ended week: whoever was shown somebody in the last seven days knew them then, and longer is no other.
   */
  readonly readBy: (shown: readonly PersonId[]) => string
}

export async function sendingRights(
  subscription: Subscription,
  readers: ChannelReaders | undefined,
  deps: RightsDeps,
): Promise<SendingRights | { readonly type: 'hold'; readonly reason: HoldReason }> {
  // Asked together they are one statement.
  const [chart, owner, settings] = await Promise.all([deps.chart(), deps.viewerOf(subscription.ownerSlackId), deps.groupSettings()])
  const today = localDateOf(deps.clock.now(), deps.company.zone)
  if (!subjectExists(subscription, chart)) return { type: 'hold', reason: 'subject-left' }
  if (!ownerMay(owner, subscription, chart, today)) return { type: 'hold', reason: 'owner-rights' }

  const subject = subjectOf(subscription)
  const { destination } = subscription
  if (destination.type === 'channel') {
    const { shown, dropped } = await namesFor(subscription, readers, subject, chart, today, deps)
    const onlookers = await deps.onlookersOf(readers)
    const readBy = readByUnder(onlookers.readBy, settings, today, deps)
    return { type: 'may', subject, chart, today, reader: undefined, names: shown, namesDropped: dropped, onlookers, readBy }
  }
  const reader = await directReader(destination.slackUserId, subject, chart, today, deps, owner)
  const mustBeByName = isByName(subscription.kind)
  if (!reader || !isOwnReminder(subscription, reader.viewer) || (mustBeByName && reader.detail !== 'by-name'))
    return { type: 'hold', reason: 'recipient' }
  const readBy = readByUnder(readByOne(reader.viewer, chart), settings, today, deps)
  return { type: 'may', subject, chart, today, reader, names: false, namesDropped: undefined, onlookers: undefined, readBy }
}

/** Undefined when the person may not see the subject. `known`: a viewer looked up already; most direct messages are owned by their reader. */
export async function directReader(
  slackUserId: string,
  subject: Subject,
  chart: OrgChart,
  today: LocalDate,
  deps: RightsDeps,
  known?: Viewer,
): Promise<DirectReader | undefined> {
  const viewer = known?.slackUserId === slackUserId ? known : await deps.viewerOf(slackUserId)
  const verdict = maySee(viewer, subject, chart, today)
  if (!verdict.allowed) return undefined
  const person = await deps.slackPerson(slackUserId)
  return { viewer, detail: verdict.detail, zone: person.zone ?? deps.company.zone, locale: person.locale ?? 'en-GB' }
}

/** The reader as they are shown it with no more detail than this: nobody reads in a detail that is not theirs. */
export const shownAtMost = (reader: DirectReader, detail: Detail): DirectReader => ({ ...reader, detail: lesserOf(reader.detail, detail) })

/** Whether a channel digest may show names now, and who or what stands in the way. */
export async function namesFor(
  subscription: Pick<Subscription, 'showNames'>,
  readers: ChannelReaders | undefined,
  subject: Subject,
  chart: OrgChart,
  today: LocalDate,
  deps: Pick<RightsDeps, 'viewerOf' | 'namesInChannels'>,
): Promise<{ readonly shown: boolean; readonly dropped?: NamesDropped }> {
  if (!subscription.showNames || deps.namesInChannels === 'never' || !readers) return { shown: false }
  if (!readers.isPrivate) return { shown: false, dropped: { outsiders: [], isPublic: true } }
  const outsiders = await outsidersOf(readers, subject, chart, today, deps)
  if (outsiders.length > 0) return { shown: false, dropped: { outsiders, isPublic: false } }
  // By name a team is who is in it now, without names who was in it then: whoever may read both would know those who are in one of them.
  const hasMoved = subject.type === 'team' && hasMovedSince(addDays(today, -daysSaid), subject.managerId, chart)
  return hasMoved ? { shown: false, dropped: { outsiders, isPublic: false, hasMoved } } : { shown: true }
}

/** Slack ids of channel readers who neither belong to the team nor may see it by name. */
export async function outsidersOf(
  readers: ChannelReaders,
  subject: Subject,
  chart: OrgChart,
  today: LocalDate,
  deps: Pick<RightsDeps, 'viewerOf'>,
): Promise<string[]> {
  const team = new Set(subject.type === 'team' || subject.type === 'org' ? chart.team(subject.managerId).map((person) => person.id) : [])
  // Asked together they are one statement.
  const viewers = await Promise.all(readers.people.map(({ slackUserId }) => deps.viewerOf(slackUserId)))
  const isOutsider = (viewer: Viewer): boolean => {
    if (viewer.person && team.has(viewer.person.id)) return false
    const verdict = maySee(viewer, subject, chart, today)
    return !verdict.allowed || verdict.detail !== 'by-name'
  }
  return viewers.filter(isOutsider).map(({ slackUserId }) => slackUserId)
}
