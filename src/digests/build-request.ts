// Who may see a digest now and what it is asked for: the subject, the owner's and the reader's right, names or none, remarks and
// period. Builds nothing and posts nothing.

import type { Clock } from '../clock.ts'
import type { ReminderRuns } from '../coaching/reminder-runs.ts'
import type { Company } from '../domain/company.ts'
import { type LocalDate, localDateOf, type Period } from '../domain/period.ts'
import type { Person, PersonId } from '../domain/person.ts'
import { periodOf } from '../domain/planned-run.ts'
import { maySee, type Subject, type Viewer } from '../domain/policy.ts'
import { plannedDateOf } from '../domain/recurrence.ts'
import type { Delivery, DigestKind, Subscription } from '../domain/subscription.ts'
import type { OrgChart } from '../domain/team.ts'
import type { BuildDigest, DigestRequest } from '../reports/digest.ts'
import type { ReportContext } from '../reports/section.ts'
import type { ChannelReaders } from '../slack-ports.ts'
import type { StatsService } from '../stats/results.ts'
import type { Composed, NamesDropped } from './delivery/deps.ts'
import type { FiguresReady } from './figures-ready.ts'
import { remarksFor } from './remarks.ts'

export interface BuildDeps {
  readonly clock: Clock
  readonly company: Company
  readonly stats: StatsService
  readonly build: BuildDigest
  readonly gongAppUrl: string
  readonly namesInChannels: 'ask' | 'never'
  readonly figuresReady: FiguresReady
  chart(): Promise<OrgChart>
  viewerOf(slackUserId: string): Promise<Viewer>
  /** Name, zone and locale of a Slack user, from the directory. */
  slackPerson(slackUserId: string): Promise<{ readonly name: string; readonly zone?: string; readonly locale?: string }>
  /** Whether this person has had a digest from us before. */
  isIntroduced(slackUserId: string): Promise<boolean>
  /** The org a programme was switched on for, in words. */
  orgOfProgramme(programmeId: string): Promise<string>
  readonly reminders: ReminderRuns
  /** Reports named to this manager two weeks ago or earlier, without an answer since. */
  unansweredBy(managerId: PersonId, today: LocalDate): Promise<readonly Person[]>
}

/** What a digest is about. */
export function subjectOf(of: Pick<Subscription, 'kind' | 'subjectId'>): Subject {
  if (of.kind === 'company' || of.subjectId === undefined) return { type: 'company' }
  return of.kind === 'personal' ? { type: 'person', personId: of.subjectId } : { type: 'team', managerId: of.subjectId }
}

const stillThere = (kind: DigestKind, subjectId: string | undefined, chart: OrgChart): boolean => {
  if (kind === 'company' || subjectId === undefined) return kind === 'company'
  if (!chart.people.get(subjectId)?.active) return false
  // Whom a coach coaches may be granted; a reminder without anybody is empty, not homeless.
  return kind === 'personal' || kind === 'reminder' || chart.team(subjectId).length > 0
}

/** A reminder is between a coach and the bot: whoever else may see the team gets none of it. */
export const isTheirs = (of: Pick<Subscription, 'kind' | 'subjectId'>, viewer: Viewer): boolean =>
  of.kind !== 'reminder' || viewer.person?.id === of.subjectId

/** Whether a digest may go out in the name of this owner today. */
export function ownerMay(owner: Viewer, of: Subscription, chart: OrgChart, today: LocalDate): boolean {
  const isChannel = of.destination.type === 'channel'
  // A programme goes on when whoever switched it on has left: its direct messages rest on their readers' rights.
  if (of.programmeId !== undefined && !isChannel) return true
  const verdict = maySee(owner, subjectOf(of), chart, today)
  // Publishing needs the right to see people by name: being in a team is not enough to post its medians elsewhere.
  return verdict.allowed && (!isChannel || verdict.detail === 'by-name')
}

export type Prepared =
  | Extract<Composed, { type: 'hold' }>
  | {
      readonly type: 'prepared'
      readonly request: DigestRequest
      readonly context: ReportContext
      readonly introduces?: string
      readonly namesDropped?: NamesDropped
    }

/** Who may see it, for which week, with which remarks. */
export async function prepare(
  subscription: Subscription,
  delivery: Delivery,
  audience: ChannelReaders | undefined,
  parts: BuildDeps,
): Promise<Prepared> {
  const { company } = parts
  const now = parts.clock.now()
  const chart = await parts.chart()
  const today = localDateOf(now, company.zone)
  if (!stillThere(subscription.kind, subscription.subjectId, chart)) return { type: 'hold', reason: 'subject-left' }

  const subject = subjectOf(subscription)
  const isChannel = subscription.destination.type === 'channel'
  const ownerViewer = await parts.viewerOf(subscription.ownerSlackId)
  if (!ownerMay(ownerViewer, subscription, chart, today)) return { type: 'hold', reason: 'owner-rights' }

  const reader =
    subscription.destination.type === 'dm'
      ? await readerOf(subscription.destination.slackUserId, subject, chart, today, parts, ownerViewer)
      : undefined
  const mustBeByName = subscription.kind === 'manager'
  if (reader === 'refused' || (reader && !isTheirs(subscription, reader.viewer))) return { type: 'hold', reason: 'recipient' }
  if (reader && mustBeByName && reader.detail !== 'by-name') return { type: 'hold', reason: 'recipient' }
  const names = isChannel ? await namesFor(subscription, audience, subject, chart, today, parts) : { shown: false }

  const planned = plannedDateOf(delivery.occurrence)
  const builtOn = planned ?? localDateOf(delivery.dueAt, company.zone)
  // What one set up for oneself needs no introduction; the first that somebody else switched on does.
  const readerId = reader?.viewer.slackUserId
  const isGiven = readerId !== undefined && readerId !== subscription.ownerSlackId && !(await parts.isIntroduced(readerId))
  const introduces = isGiven ? readerId : undefined
  const { programmeId } = subscription
  return {
    type: 'prepared',
    request: {
      kind: subscription.kind,
      ...(subscription.subjectId !== undefined && { subjectId: subscription.subjectId }),
      subscriptionId: subscription.id,
      remarks: await remarksFor(subscription, delivery, delivery.sentAt ?? now, names.shown, parts),
      deliveryId: delivery.id,
      ...(await coachingFacts(subscription, delivery, reader, today, parts)),
      ...(introduces !== undefined && {
        introduction: {
          switchedOnBy: (await parts.slackPerson(subscription.ownerSlackId)).name,
          org: programmeId === undefined ? 'you' : await parts.orgOfProgramme(programmeId),
        },
      }),
    },
    context: contextOf({ subject, period: periodOf({ date: builtOn }, company), names: names.shown, reader, now, today }, parts),
    ...(introduces !== undefined && { introduces }),
    ...(names.dropped && { namesDropped: names.dropped }),
  }
}

/** What a reminder is built from, and what a manager's own digest says of reminders. */
async function coachingFacts(
  { kind, subjectId }: Subscription,
  delivery: Delivery,
  reader: Reader | undefined,
  today: LocalDate,
  parts: BuildDeps,
): Promise<Pick<DigestRequest, 'reminder' | 'unanswered'>> {
  if (!reader || subjectId === undefined || reader.viewer.person?.id !== subjectId) return {}
  if (kind === 'reminder') return { reminder: await parts.reminders.request(reader.viewer, delivery) }
  return kind === 'manager' ? { unanswered: await parts.unansweredBy(subjectId, today) } : {}
}

interface Reader {
  readonly viewer: Viewer
  readonly detail: 'by-name' | 'medians'
  readonly zone: string
  readonly locale: string
}

export async function readerOf(
  slackUserId: string,
  subject: Subject,
  chart: OrgChart,
  today: string,
  parts: BuildDeps,
  /** Who was looked up already: most direct messages are owned by their reader. */
  known?: Viewer,
): Promise<Reader | 'refused'> {
  const viewer = known?.slackUserId === slackUserId ? known : await parts.viewerOf(slackUserId)
  const verdict = maySee(viewer, subject, chart, today)
  if (!verdict.allowed) return 'refused'
  const person = await parts.slackPerson(slackUserId)
  return { viewer, detail: verdict.detail, zone: person.zone ?? parts.company.zone, locale: person.locale ?? 'en-GB' }
}

/** Whether a channel digest may show names now, and who in the channel stands in the way. */
async function namesFor(
  subscription: Subscription,
  audience: ChannelReaders | undefined,
  subject: Subject,
  chart: OrgChart,
  today: string,
  parts: BuildDeps,
): Promise<{ readonly shown: boolean; readonly dropped?: NamesDropped }> {
  if (!subscription.showNames || parts.namesInChannels === 'never' || !audience) return { shown: false }
  if (!audience.isPrivate) return { shown: false, dropped: { outsiders: [], isPublic: true } }
  const outsiders = await outsidersOf(audience, subject, chart, today, parts)
  return outsiders.length === 0 ? { shown: true } : { shown: false, dropped: { outsiders, isPublic: false } }
}

/** Slack ids of readers who neither belong to the team nor may see it by name. */
export async function outsidersOf(
  audience: ChannelReaders,
  subject: Subject,
  chart: OrgChart,
  today: string,
  parts: Pick<BuildDeps, 'viewerOf'>,
): Promise<string[]> {
  const team = new Set(subject.type === 'team' || subject.type === 'org' ? chart.team(subject.managerId).map((person) => person.id) : [])
  const outsiders: string[] = []
  for (const { slackUserId } of audience.people) {
    const viewer = await parts.viewerOf(slackUserId)
    if (viewer.person && team.has(viewer.person.id)) continue
    const verdict = maySee(viewer, subject, chart, today)
    if (!verdict.allowed || verdict.detail !== 'by-name') outsiders.push(slackUserId)
  }
  return outsiders
}

export function contextOf(
  of: { subject: Subject; period: Period; names: boolean; reader: Reader | undefined; now: Date; today: string },
  parts: BuildDeps,
): ReportContext {
  const common = {
    subject: of.subject,
    period: of.period,
    stats: parts.stats,
    today: of.today,
    now: of.now,
    gongAppUrl: parts.gongAppUrl,
    weekStart: parts.company.weekStart,
  }
  if (of.reader) {
    const { viewer, detail, zone, locale } = of.reader
    return { ...common, audience: { type: 'person', viewer }, detail, zone, locale }
  }
  return {
    ...common,
    audience: { type: 'group', byName: of.names },
    detail: of.names ? 'by-name' : 'medians',
    zone: parts.company.zone,
    locale: 'en-GB',
  }
}
