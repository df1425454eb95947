// Builds the digest of one delivery from settled figures, once it is clear what may be shown to whom. Knows nothing of Slack calls or rows.

import { dateOfRun } from '../coaching/reminder-days.ts'
import type { Onlookers } from '../domain/onlookers.ts'
import { localDateOf, weekBefore } from '../domain/period.ts'
import { settledAt } from '../domain/planned-run.ts'
import type { Detail, Viewer } from '../domain/policy.ts'
import { type Delivery, isByName, type Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import { readBody } from '../reports/delivery-body.ts'
import type { BuiltDigest } from '../reports/digest.ts'
import { rowsPosted } from '../reports/digests/reminder-rows.ts'
import type { ReminderRows } from '../reports/reminder-facts.ts'
import type { ReportContext } from '../reports/section.ts'
import type { ChannelReaders } from '../slack-ports.ts'
import type { Rebuilt } from './correct-digests.ts'
import type { BuildOutcome } from './delivery/outcomes.ts'
import { membersBehind } from './members-behind.ts'
import { noticingSettings } from './noticing-settings.ts'
import { type BuildDeps, type Prepared, prepare, weekOf, withoutNotMine } from './prepare.ts'
import { reportContext } from './report-context.ts'
import { isOwnReminder, namesPeople, onlyManagersPost } from './rights.ts'
import { directReader, namesFor, type SendingRights, shownAtMost } from './sending-rights.ts'
import { subjectOf } from './subject.ts'
import { whileRightsHold } from './while-rights-hold.ts'

export async function buildForDelivery(
  subscription: Subscription,
  delivery: Delivery,
  readers: ChannelReaders | undefined,
  deps: BuildDeps,
): Promise<BuildOutcome> {
  const period = weekOf(delivery, deps.company)
  // Reading from Gong may bring other people and managers: who may see what is asked after it.
  const ready = await deps.figuresReady(period, settledAt(period, deps.company), delivery.dueAt)
  if (ready.type === 'later') return ready
  const composed = await whileRightsHold(() => compose(subscription, delivery, readers, deps), subscription, readers, deps)
  if (composed === 'changing') return { type: 'later', retryAfterMs: 15_000, reason: 'rights are changing' }
  if (composed.type !== 'composed') return composed
  const { built, prepared } = composed
  const isReminder = subscription.kind === 'reminder'
  const isPlanned = dateOfRun(delivery.occurrence) !== undefined
  if (built.isEmpty && isPlanned && isReminder) {
    return { type: 'skip', reason: prepared.request.reminder?.coacheeIds.length === 0 ? 'nobody-to-coach' : 'goal-met' }
  }
  if (built.isEmpty && isPlanned && subscription.whenEmpty === 'skip') return { type: 'skip', reason: 'nothing happened' }
  // Built before with rows, it forgets those it does not bring now.
  const opens = built.opens ?? (broughtBefore(delivery) ? [] : undefined)
  if (opens) await deps.reminders.opened(delivery, opens)
  const { context, introduces, namesDropped, rights } = prepared
  const readBy = rights.readBy(built.shows)
  const brings = !isReminder && built.opens ? prepared.brings : undefined
  // A reminder is changed by what is answered and by Gong's evidence, not by figures that come late.
  const lacks = isReminder ? [] : ready.lacks
  const members = isReminder ? undefined : membersBehind(context, rights.chart)
  return { type: 'ready', built, detail: context.detail, readBy, members, lacks, introduces, namesDropped, brings }
}

interface Composed {
  readonly type: 'composed'
  readonly built: BuiltDigest
  readonly prepared: Extract<Prepared, { type: 'prepared' }>
}

/** Stores nothing that a second attempt would have to take back. */
async function compose(
  subscription: Subscription,
  delivery: Delivery,
  readers: ChannelReaders | undefined,
  deps: BuildDeps,
): Promise<{ readonly outcome: Composed | Exclude<BuildOutcome, { type: 'ready' }>; readonly builtBy?: SendingRights }> {
  const prepared = await prepare(subscription, delivery, readers, deps)
  if (prepared.type === 'hold') return { outcome: prepared }
  const leftOut = subscription.kind === 'reminder' ? await deps.reminders.leftOut(subscription, delivery) : undefined
  const left = leftOut ?? (await deps.sameHour.leftToAnother(subscription, delivery))
  if (left) return { outcome: left }
  const built = await deps.build(prepared.request, prepared.context)
  return { outcome: { type: 'composed', built, prepared }, builtBy: prepared.rights }
}

const broughtBefore = ({ body }: Delivery): boolean => body !== undefined && readBody(body).brings !== undefined

/**
 * Builds a posted digest again from today's figures, with a further remark; undefined when it may not be shown any more, `later`
 * while rights are changing. `atMost`: the detail that was posted, because a correction never adds names.
 */
export async function rebuildDigest(
  subscription: Subscription,
  delivery: Delivery,
  readers: ChannelReaders | undefined,
  remark: string | undefined,
  atMost: Detail,
  deps: BuildDeps,
): Promise<Omit<Rebuilt, 'readers'> | 'later' | undefined> {
  const rebuilt = await whileRightsHold(
    async () => {
      const prepared = await prepare(subscription, delivery, readers, deps, atMost)
      if (prepared.type === 'hold') return { outcome: undefined }
      const { context, request, rights } = prepared
      const remarks = remark === undefined ? request.remarks : [...request.remarks, remark]
      const postedRows = await rowsPostedIn(delivery, context, deps)
      const { stats, isOfOtherSetting } = noticingSettings(context.stats, context.period)
      const again = { ...request, introduction: undefined, reminder: undefined, postedRows, remarks }
      const built = await deps.build(again, { ...context, stats })
      const members = membersBehind(context, rights.chart)
      const readBy = rights.readBy(built.shows)
      return { outcome: { ...built, detail: context.detail, readBy, members, isOfOtherSetting: isOfOtherSetting() }, builtBy: rights }
    },
    subscription,
    readers,
    deps,
  )
  return rebuilt === 'changing' ? 'later' : rebuilt
}

/** The rows of a reminder that a posted digest brought, of people its reader still coaches. */
async function rowsPostedIn(delivery: Delivery, { audience }: ReportContext, deps: BuildDeps): Promise<ReminderRows | undefined> {
  if (!broughtBefore(delivery) || delivery.body === undefined || audience.type !== 'person') return undefined
  const { coacheeIds } = await deps.reminders.request(audience.viewer, deps.company.zone)
  return rowsPosted(readBody(delivery.body).message, new Set(coacheeIds))
}

/** Builds the last full week's digest: what its readers would get of it, as far as whoever considers sending it may see that, too. */
export type Preview = (
  viewer: Viewer,
  draft: Pick<Subscription, 'kind' | 'subjectId' | 'destination' | 'showNames' | 'recurrence'>,
) => Promise<BuiltDigest>

export async function buildPreview(viewer: Viewer, draft: Parameters<Preview>[1], deps: BuildDeps): Promise<BuiltDigest> {
  if (!isOwnReminder(draft, viewer)) throw new AskError('A reminder is shown to the coach it is for and to nobody else.')
  const now = deps.clock.now()
  const today = localDateOf(now, deps.company.zone)
  const subject = subjectOf(draft)
  const chart = await deps.chart()
  const reader = await directReader(viewer.slackUserId, subject, chart, today, deps, viewer)
  if (!reader) throw new AskError('You may not see these figures any more, so there is nothing to preview.')
  if (isByName(draft.kind) && reader.detail !== 'by-name') throw new AskError(namesPeople(draft.kind))
  const { destination } = draft
  const isDirect = destination.type === 'dm'
  if (!isDirect && reader.detail !== 'by-name') throw new AskError(`${onlyManagersPost} Nothing of it goes there in your name.`)
  const readers = isDirect ? undefined : await deps.readersIn(destination.channelId)
  const onlookers = isDirect ? undefined : alsoReadBy(viewer, await deps.onlookersOf(readers))
  const { shown: names } = await namesFor(draft, readers, subject, chart, today, deps)
  const gets = isDirect ? await directReader(destination.slackUserId, subject, chart, today, deps, viewer) : undefined
  const period = weekBefore(today, deps.company.weekStart)
  const bringsRows = draft.kind === 'reminder' || (await deps.sameHour.wouldBring(draft, viewer))
  const reminder = bringsRows ? await deps.reminders.request(viewer, draft.recurrence.zone) : undefined
  return deps.build(
    { kind: draft.kind, subjectId: draft.subjectId, remarks: [], reminder },
    reportContext(
      {
        subject,
        period,
        names,
        reader: isDirect ? shownAtMost(reader, gets?.detail ?? reader.detail) : undefined,
        onlookers,
        now,
        today,
      },
      { ...deps, stats: await withoutNotMine(isDirect ? viewer : undefined, chart, deps) },
    ),
  )
}

/** Whoever looks at a channel's digest beforehand reads it as its readers will, also where they are none of them. */
const alsoReadBy = (viewer: Viewer, onlookers: Onlookers): Onlookers =>
  onlookers.viewers.some(({ slackUserId }) => slackUserId === viewer.slackUserId)
    ? onlookers
    : { ...onlookers, viewers: [...onlookers.viewers, viewer] }
