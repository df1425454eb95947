// Builds the digest of one delivery: the right period, the right eyes, figures that are settled, and the remarks a reader should
// see. Who may see what is the policy's; what a digest says is the reports'. Knows nothing of Slack calls or rows.
import type { Clock } from '../clock.ts'
import { localDateOf, type Period, weekBefore } from '../domain/period.ts'
import { maySee, type Subject, type Viewer } from '../domain/policy.ts'
import type { Delivery, DigestKind, Subscription } from '../domain/subscription.ts'
import type { OrgChart } from '../domain/team.ts'
import type { BuildDigest, DigestRequest } from '../reports/digest.ts'
import type { ReportContext } from '../reports/section.ts'
import type { Composed } from '../slack/deliver.ts'
import type { Audience } from '../slack/gate.ts'
import type { StatsService } from '../stats/results.ts'
import { type Company, periodOf, settledAt } from './due.ts'
import type { FiguresReady } from './figures-ready.ts'
import { plannedDateOf } from './recurrence.ts'

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
}

/** What a digest is about. */
export function subjectOf(of: Pick<Subscription, 'kind' | 'subjectId'>): Subject {
  if (of.kind === 'company' || of.subjectId === undefined) return { type: 'company' }
  return of.kind === 'personal' ? { type: 'person', personId: of.subjectId } : { type: 'team', managerId: of.subjectId }
}

const stillThere = (kind: DigestKind, subjectId: string | undefined, chart: OrgChart): boolean => {
  if (kind === 'company' || subjectId === undefined) return kind === 'company'
  if (!chart.people.get(subjectId)?.active) return false
  return kind === 'personal' || chart.team(subjectId).length > 0
}

export type Compose = (subscription: Subscription, delivery: Delivery, audience: Audience | undefined) => Promise<Composed>

export function createCompose(parts: ComposeParts): Compose {
  return async (subscription, delivery, audience) => {
    const { company } = parts
    const now = parts.clock.now()
    const chart = await parts.chart()
    const today = localDateOf(now, company.zone)
    if (!stillThere(subscription.kind, subscription.subjectId, chart)) return { type: 'hold', reason: 'subject-left' }

    const subject = subjectOf(subscription)
    const owner = maySee(await parts.viewerOf(subscription.ownerSlackId), subject, chart, today)
    if (!owner.allowed) return { type: 'hold', reason: 'owner-rights' }
    const isChannel = subscription.target.type === 'channel'
    // Publishing needs the right to see people by name: being in a team is not enough to post its medians elsewhere.
    if (isChannel && owner.detail !== 'by-name') return { type: 'hold', reason: 'owner-rights' }

    const planned = plannedDateOf(delivery.occurrence)
    const period = planned === undefined ? weekBefore(today, company.weekStart) : periodOf({ date: planned }, company)
    const ready = await parts.figuresReady(period, settledAt(period, company), delivery.dueAt)
    if (ready.type === 'later') return ready

    const names = isChannel ? await namesFor(subscription, audience, subject, chart, today, parts) : undefined
    const reader =
      subscription.target.type === 'dm' ? await readerOf(subscription.target.slackUserId, subject, chart, today, parts) : undefined
    if (reader === 'refused') return { type: 'hold', reason: 'recipient' }

    const introduces = reader && !(await parts.isIntroduced(reader.viewer.slackUserId)) ? reader.viewer.slackUserId : undefined
    const introduction = introduces !== undefined && subscription.programmeId !== undefined
    const request: DigestRequest = {
      kind: subscription.kind,
      ...(subscription.subjectId !== undefined && { subjectId: subscription.subjectId }),
      subscriptionId: subscription.id,
      remarks: await remarksFor(subscription, delivery, now, names?.shown === true, parts),
      ...(introduction && {
        introduction: {
          switchedOnBy: (await parts.slackPerson(subscription.ownerSlackId)).name,
          org: await parts.orgOfProgramme(subscription.programmeId ?? ''),
        },
      }),
    }
    const built = await parts.build(request, contextOf({ subject, period, names: names?.shown === true, reader, now, today }, parts))
    if (built.isEmpty && subscription.whenEmpty === 'skip' && planned !== undefined) return { type: 'skip', reason: 'nothing happened' }
    return {
      type: 'ready',
      built,
      ...(introduces !== undefined && { introduces }),
      ...(names && names.outsiders.length > 0 && { namesDropped: names.outsiders }),
    }
  }
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
): Promise<Reader | 'refused'> {
  const viewer = await parts.viewerOf(slackUserId)
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
  const common = { subject: of.subject, period: of.period, stats: parts.stats, today: of.today, now: of.now, gongAppUrl: parts.gongAppUrl }
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

const lateAfterMs = 30 * 60_000

async function remarksFor(
  subscription: Subscription,
  delivery: Delivery,
  now: Date,
  names: boolean,
  parts: ComposeParts,
): Promise<string[]> {
  const remarks: string[] = []
  const lateMs = now.getTime() - delivery.dueAt.getTime()
  if (lateMs > lateAfterMs) remarks.push(`late by ${inWords(lateMs)}`)
  if (delivery.sentBy !== undefined) remarks.push(`sent by ${(await parts.slackPerson(delivery.sentBy)).name}`)
  if (names) remarks.push(`names shown: switched on by ${(await parts.slackPerson(subscription.ownerSlackId)).name}`)
  return remarks
}

/** `45 min`, `3 h`, `2 days`. */
export function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}
