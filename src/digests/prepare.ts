// Prepares a digest of one delivery for building: what may be shown, to whom, for which week and with which remarks.

import { dateOfRun } from '../coaching/reminder-days.ts'
import type { ReminderRuns } from '../coaching/reminder-runs.ts'
import type { Company } from '../domain/company.ts'
import type { HoldReason } from '../domain/hold-reason.ts'
import { type LocalDate, localDateOf, type Period } from '../domain/period.ts'
import type { Person, PersonId } from '../domain/person.ts'
import { periodOf } from '../domain/planned-run.ts'
import type { Detail, Viewer } from '../domain/policy.ts'
import { type Delivery, isByName, type Subscription } from '../domain/subscription.ts'
import type { OrgChart } from '../domain/team.ts'
import type { BuildDigest, DigestRequest } from '../reports/digest.ts'
import type { ReportContext } from '../reports/section.ts'
import type { ChannelReaders } from '../slack-ports.ts'
import type { StatsService } from '../stats/results.ts'
import type { NamesDropped } from './delivery/outcomes.ts'
import type { FiguresReady } from './figures-ready.ts'
import { remarksFor } from './remarks.ts'
import { type ContextDeps, reportContext } from './report-context.ts'
import type { SameHour } from './same-hour.ts'
import { type DirectReader, type RightsDeps, type SendingRights, sendingRights, shownAtMost } from './sending-rights.ts'

export interface BuildDeps extends RightsDeps, ContextDeps {
  readonly build: BuildDigest
  readonly figuresReady: FiguresReady
  /** Undefined where the gate is closed, or Slack could not be asked. */
  readersIn(channelId: string): Promise<ChannelReaders | undefined>
  /** Whether this person has had a digest from us before. */
  isIntroduced(slackUserId: string): Promise<boolean>
  /** The org a programme was switched on for, in words, and whose it is; that of the whole company is nobody's. */
  orgOfProgramme(programmeId: string): Promise<{ readonly words: string; readonly headId?: PersonId | undefined }>
  readonly reminders: ReminderRuns
  readonly sameHour: SameHour
  /** People this coach marked *Not mine*: no message to the coach names them for coaching. */
  notMineOf(coachId: PersonId): Promise<ReadonlySet<PersonId>>
  /** People this viewer coaches who were named to them two weeks ago or earlier, without an answer since. */
  unansweredBy(viewer: Viewer, today: LocalDate): Promise<readonly Person[]>
}

export type Prepared =
  | { readonly type: 'hold'; readonly reason: HoldReason }
  | {
      readonly type: 'prepared'
      /** It is prepared by these. */
      readonly rights: SendingRights
      readonly request: DigestRequest
      readonly context: ReportContext
      readonly introduces: string | undefined
      readonly namesDropped: NamesDropped | undefined
      /** The delivery of the reminder that this digest brings. */
      readonly brings: string | undefined
    }

/** `atMost`: names are left out even where they may be shown. */
export async function prepare(
  subscription: Subscription,
  delivery: Delivery,
  readers: ChannelReaders | undefined,
  deps: BuildDeps,
  atMost: Detail = 'by-name',
): Promise<Prepared> {
  const rights = await sendingRights(subscription, readers, deps)
  if (rights.type === 'hold') return rights
  const { subject, today } = rights
  const names = rights.names && atMost === 'by-name'
  const reader = rights.reader && shownAtMost(rights.reader, atMost)
  const now = deps.clock.now()
  const period = weekOf(delivery, deps.company)
  const introduces = await toIntroduce(subscription, reader, deps)
  const introduced = introduces === undefined ? undefined : await introductionOf(subscription, deps)
  const { remarks, mentions } = await remarksFor(subscription, delivery, delivery.sentAt ?? now, names, deps)
  const { brings, ...coaching } = await coachingFacts(subscription, delivery, reader, today, deps)
  return {
    type: 'prepared',
    rights,
    request: {
      kind: subscription.kind,
      subjectId: subscription.subjectId,
      subscriptionId: subscription.id,
      remarks,
      mentions: [...mentions, ...(introduced?.mentions ?? [])],
      deliveryId: delivery.id,
      ...coaching,
      introduction: introduced?.introduction,
    },
    context: reportContext(
      { subject, period, names, reader, onlookers: rights.onlookers, now, today },
      { ...deps, stats: await withoutNotMine(rights.reader?.viewer, rights.chart, deps) },
    ),
    introduces,
    namesDropped: rights.namesDropped,
    brings,
  }
}

/** The week a delivery is about. */
export const weekOf = ({ occurrence, dueAt }: Pick<Delivery, 'occurrence' | 'dueAt'>, company: Company): Period =>
  periodOf({ date: dateOfRun(occurrence) ?? localDateOf(dueAt, company.zone) }, company)

/** Statistics whose coaching leaves out whom the reader, as the coach it is about, marked *Not mine*. */
export async function withoutNotMine(
  reader: Viewer | undefined,
  chart: OrgChart,
  { stats, notMineOf }: Pick<BuildDeps, 'stats' | 'notMineOf'>,
): Promise<StatsService> {
  const coachId = reader?.person?.id
  const notMine = coachId === undefined ? new Set<PersonId>() : await notMineOf(coachId)
  if (coachId === undefined || notMine.size === 0) return stats
  const team = chart.team(coachId).map(({ id }) => id)
  return {
    ...stats,
    coaching: (managerId, period, viewer, reportIds) =>
      stats.coaching(managerId, period, viewer, managerId === coachId ? (reportIds ?? team).filter((id) => !notMine.has(id)) : reportIds),
  }
}

/** A reader who gets their first digest, and did not set it up themselves. */
async function toIntroduce(
  { ownerSlackId }: Subscription,
  reader: DirectReader | undefined,
  deps: Pick<BuildDeps, 'isIntroduced'>,
): Promise<string | undefined> {
  const readerId = reader?.viewer.slackUserId
  const isGiven = readerId !== undefined && readerId !== ownerSlackId && !(await deps.isIntroduced(readerId))
  return isGiven ? readerId : undefined
}

async function introductionOf(
  { ownerSlackId, programmeId }: Subscription,
  deps: Pick<BuildDeps, 'slackPerson' | 'orgOfProgramme'>,
): Promise<Required<Pick<DigestRequest, 'introduction' | 'mentions'>>> {
  const { words: org, headId } = programmeId === undefined ? { words: 'you' } : await deps.orgOfProgramme(programmeId)
  return {
    introduction: { switchedOnBy: (await deps.slackPerson(ownerSlackId)).name, org },
    mentions: [ownerSlackId, ...(headId === undefined ? [] : [headId])],
  }
}

/** What a reminder is built from, and what a manager's own digest says of reminders or brings of one. */
async function coachingFacts(
  subscription: Subscription,
  delivery: Delivery,
  reader: DirectReader | undefined,
  today: LocalDate,
  deps: BuildDeps,
): Promise<Pick<DigestRequest, 'reminder' | 'unanswered'> & { readonly brings?: string }> {
  const { kind, subjectId } = subscription
  if (!reader || subjectId === undefined || reader.viewer.person?.id !== subjectId) return {}
  if (kind === 'reminder') return { reminder: await deps.reminders.request(reader.viewer, subscription.recurrence.zone, delivery) }
  if (!isByName(kind)) return {}
  const unanswered = await deps.unansweredBy(reader.viewer, today)
  const brought = await deps.sameHour.brought(subscription, delivery, reader.viewer)
  return brought ? { unanswered, reminder: brought.reminder, brings: brought.reminderRow } : { unanswered }
}
