// Builds the digest of one delivery: figures that are settled, seen by the right eyes, and nothing where there is nothing to say. Who
// may see what is digest-request.ts's; what a digest says is the reports'. Knows nothing of Slack calls or rows.

import { dateOfRun } from '../coaching/reminder-days.ts'
import { localDateOf, weekBefore } from '../domain/period.ts'
import { settledAt } from '../domain/planned-run.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import type { BuiltDigest } from '../reports/digest.ts'
import type { ChannelReaders } from '../slack-ports.ts'
import { type BuildDeps, contextOf, isTheirs, prepare, readerOf, subjectOf } from './build-request.ts'
import type { Composed } from './delivery/deps.ts'

/** Builds the last full week's digest for the eyes of somebody who considers sending it. */
export type Preview = (
  viewer: Viewer,
  draft: Pick<Subscription, 'kind' | 'subjectId' | 'destination' | 'showNames'>,
) => Promise<BuiltDigest>

export function createPreview(parts: BuildDeps): Preview {
  return async (viewer, draft) => {
    const now = parts.clock.now()
    const today = localDateOf(now, parts.company.zone)
    const subject = subjectOf(draft)
    const reader =
      draft.destination.type === 'dm' ? await readerOf(viewer.slackUserId, subject, await parts.chart(), today, parts) : undefined
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

export type Compose = (subscription: Subscription, delivery: Delivery, audience: ChannelReaders | undefined) => Promise<Composed>

export function createBuild(parts: BuildDeps): Compose {
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
    if (built.isEmpty && !isAsked && isReminder) {
      return { type: 'skip', reason: prepared.request.reminder?.coacheeIds.length === 0 ? 'nobody-to-coach' : 'goal-met' }
    }
    if (built.isEmpty && !isAsked && subscription.whenEmpty === 'skip') return { type: 'skip', reason: 'nothing happened' }
    if (built.opens) await parts.reminders.opened(delivery, built.opens)
    return {
      type: 'ready',
      built,
      ...(prepared.introduces !== undefined && { introduces: prepared.introduces }),
      ...(prepared.namesDropped && { namesDropped: prepared.namesDropped }),
    }
  }
}

/** Builds a posted digest again from today's figures, with a further remark; undefined when it may not be shown any more. */
export type Rebuild = (
  subscription: Subscription,
  delivery: Delivery,
  audience: ChannelReaders | undefined,
  remark: string | undefined,
) => Promise<BuiltDigest | undefined>

export function createRebuild(parts: BuildDeps): Rebuild {
  return async (subscription, delivery, audience, remark) => {
    const prepared = await prepare(subscription, delivery, audience, parts)
    if (prepared.type === 'hold') return undefined
    const { introduction: _once, ...request } = prepared.request
    return parts.build({ ...request, remarks: [...request.remarks, ...(remark === undefined ? [] : [remark])] }, prepared.context)
  }
}
