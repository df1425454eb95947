// Builds the digest of one delivery: the right period, the right eyes, figures that are settled, and the remarks a reader should
// see. Who may see what is the policy's; what a digest says is the reports'. Knows nothing of Slack calls or rows.
import type { Clock } from '../clock.ts'
import { type LocalDate, localDateOf, type Period, weekBefore } from '../domain/period.ts'
import type { Person, PersonId } from '../domain/person.ts'
import { maySee, type Subject, type Viewer } from '../domain/policy.ts'
import type { Delivery, DigestKind, Subscription } from '../domain/subscription.ts'
import type { OrgChart } from '../domain/team.ts'
import { AskError } from '../errors.ts'
import type { BuildDigest, BuiltDigest, DigestRequest } from '../reports/digest.ts'
import type { ReportContext } from '../reports/section.ts'
import type { Composed } from '../slack/delivery-parts.ts'
import type { Audience } from '../slack/gate.ts'
import type { StatsService } from '../stats/results.ts'
import { type Company, periodOf, settledAt } from './due.ts'
import type { FiguresReady } from './figures-ready.ts'
import { plannedDateOf } from './recurrence.ts'
import { remarksFor } from './remarks.ts'
import { dateOfRun } from './reminder-days.ts'
import type { ReminderRuns } from './reminder-runs.ts'

export interface ComposeParts {
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
const isTheirs = (of: Pick<Subscription, 'kind' | 'subjectId'>, viewer: Viewer): boolean =>
  of.kind !== 'reminder' || viewer.person?.id === of.subjectId

/** Builds the last full week's digest for the eyes of somebody who considers sending it. */
export type Preview = (viewer: Viewer, draft: Pick<Subscription, 'kind' | 'subjectId' | 'target' | 'showNames'>) => Promise<BuiltDigest>

export function createPreview(parts: ComposeParts): Preview {
  return async (viewer, draft) => {
    const now = parts.clock.now()
    const today = localDateOf(now, parts.company.zone)
    const subject = subjectOf(draft)
    const reader = draft.target.type === 'dm' ? await readerOf(viewer.slackUserId, subject, await parts.chart(), today, parts) : undefined
    const period = weekBefore(today, parts.company.weekStart)
    if (!isTheirs(draft, viewer)) throw new AskError('A reminder is shown to the coach it is for and to nobody else.')
    return parts.build(
      {
        kind: draft.kind,
        ...(draft.subjectId !== undefined && { subjectId: draft.subjectId }),
        remarks: [],
        ...(draft.kind === 'reminder' && { reminder: await parts.reminders.request(viewer) }),
      },
      contextOf({ subject, period, names: draft.showNames, reader: reader === 'refused' ? undefined : reader, now, today }, parts),
    )
  }
}

export type Compose = (subscription: Subscription, delivery: Delivery, audience: Audience | undefined) => Promise<Composed>

export function createCompose(parts: ComposeParts): Compose {
  return async (subscription, delivery, audience) => {
    const prepared = await prepare(subscription, delivery, audience, parts)
    if (prepared.type === 'hold') return prepared
    const isReminder = subscription.kind === 'reminder'
    const leftOut = isReminder ? await parts.reminders.leftOut(subscription, delivery) : undefined
    if (leftOut) return leftOut
    const { period } = prepared.context
    const ready = await parts.figuresReady(period, settledAt(period, parts.company), delivery.dueAt)
    if (ready.type === 'later') return ready

    const built = await parts.build(prepared.request, prepared.context)
    const isAsked = dateOfRun(delivery.occurrence) === undefined
    if (built.isEmpty && !isAsked && isReminder) return { type: 'skip', reason: 'goal-met' }
    if (built.isEmpty && !isAsked && subscription.whenEmpty === 'skip') return { type: 'skip', reason: 'nothing happened' }
    if (built.opens) await parts.reminders.opened(delivery, built.opens)
    return {
      type: 'ready',
      built,
      ...(prepared.introduces !== undefined && { introduces: prepared.introduces }),
      ...(prepared.outsiders.length > 0 && { namesDropped: prepared.outsiders }),
    }
  }
}

/** Builds a posted digest again from today's figures, with a further remark; undefined when it may not be shown any more. */
export type Rebuild = (
  subscription: Subscription,
  delivery: Delivery,
  audience: Audience | undefined,
  remark: string | undefined,
) => Promise<BuiltDigest | undefined>

export function createRebuild(parts: ComposeParts): Rebuild {
  return async (subscription, delivery, audience, remark) => {
    const prepared = await prepare(subscription, delivery, audience, parts)
    if (prepared.type === 'hold') return undefined
    const { introduction: _once, ...request } = prepared.request
    return parts.build({ ...request, remarks: [...request.remarks, ...(remark === undefined ? [] : [remark])] }, prepared.context)
  }
}

type Prepared =
  | Extract<Composed, { type: 'hold' }>
  | {
      readonly type: 'prepared'
      readonly request: DigestRequest
      readonly context: ReportContext
      readonly introduces?: string
      readonly outsiders: readonly string[]
    }

/** Who may see it, for which week, with which remarks. */
async function prepare(
  subscription: Subscription,
  delivery: Delivery,
  audience: Audience | undefined,
  parts: ComposeParts,
): Promise<Prepared> {
  const { company } = parts
  const now = parts.clock.now()
  const chart = await parts.chart()
  const today = localDateOf(now, company.zone)
  if (!stillThere(subscription.kind, subscription.subjectId, chart)) return { type: 'hold', reason: 'subject-left' }

  const subject = subjectOf(subscription)
  const isChannel = subscription.target.type === 'channel'
  const ownerViewer = await parts.viewerOf(subscription.ownerSlackId)
  const owner = maySee(ownerViewer, subject, chart, today)
  // Publishing needs the right to see people by name: being in a team is not enough to post its medians elsewhere.
  if (!owner.allowed || (isChannel && owner.detail !== 'by-name')) return { type: 'hold', reason: 'owner-rights' }

  const reader =
    subscription.target.type === 'dm'
      ? await readerOf(subscription.target.slackUserId, subject, chart, today, parts, ownerViewer)
      : undefined
  if (reader === 'refused' || (reader && !isTheirs(subscription, reader.viewer))) return { type: 'hold', reason: 'recipient' }
  const names = isChannel ? await namesFor(subscription, audience, subject, chart, today, parts) : { shown: false, outsiders: [] }

  const planned = plannedDateOf(delivery.occurrence)
  const builtOn = planned ?? localDateOf(delivery.dueAt, company.zone)
  const introduces = reader && !(await parts.isIntroduced(reader.viewer.slackUserId)) ? reader.viewer.slackUserId : undefined
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
      ...(introduces !== undefined &&
        programmeId !== undefined && {
          introduction: {
            switchedOnBy: (await parts.slackPerson(subscription.ownerSlackId)).name,
            org: await parts.orgOfProgramme(programmeId),
          },
        }),
    },
    context: contextOf({ subject, period: periodOf({ date: builtOn }, company), names: names.shown, reader, now, today }, parts),
    ...(introduces !== undefined && { introduces }),
    outsiders: names.outsiders,
  }
}

/** What a reminder is built from, and what a manager's own digest says of reminders. */
async function coachingFacts(
  { kind, subjectId }: Subscription,
  delivery: Delivery,
  reader: Reader | undefined,
  today: LocalDate,
  parts: ComposeParts,
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

async function readerOf(
  slackUserId: string,
  subject: Subject,
  chart: OrgChart,
  today: string,
  parts: ComposeParts,
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
  audience: Audience | undefined,
  subject: Subject,
  chart: OrgChart,
  today: string,
  parts: ComposeParts,
): Promise<{ readonly shown: boolean; readonly outsiders: readonly string[] }> {
  if (!subscription.showNames || parts.namesInChannels === 'never' || !audience?.isPrivate) return { shown: false, outsiders: [] }
  const outsiders = await outsidersOf(audience, subject, chart, today, parts)
  return { shown: outsiders.length === 0, outsiders }
}

/** Slack ids of readers who neither belong to the team nor may see it by name. */
export async function outsidersOf(
  audience: Audience,
  subject: Subject,
  chart: OrgChart,
  today: string,
  parts: Pick<ComposeParts, 'viewerOf'>,
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

function contextOf(
  of: { subject: Subject; period: Period; names: boolean; reader: Reader | undefined; now: Date; today: string },
  parts: ComposeParts,
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
