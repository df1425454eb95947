// Chooses what a delivery posts: the body kept from an earlier attempt, or a newly built one. The gate, the readers, the owner's and the
// reader's rights and the names are asked before every row that goes out, also when its body was kept.

import { isDeepStrictEqual } from 'node:util'
import { dateOfRun } from '../../coaching/reminder-days.ts'
import type { FigureKind } from '../../domain/figure-gap.ts'
import { localDateOf } from '../../domain/period.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import { bodyOf, type DeliveryBody, madeFor, readBody } from '../../reports/delivery-body.ts'
import type { ChannelReaders } from '../../slack-ports.ts'
import { mustBeAsRead } from './as-read.ts'
import { inMs, type StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'
import { gatheredKindOf, mergeBodies } from './notice-list.ts'
import { placeOfRest, restAt } from './place-of-rest.ts'
import { restAgain } from './rest-again.ts'
import { isDigest, isManual, threadParentOf } from './row-kind.ts'
import { channelGone, dropRest, giveUp, giveUpAfterMs, handleFailure, holdBack, skip, triedForMs } from './setbacks.ts'
import { isStillAllowed } from './still-allowed.ts'

export interface ChosenBody {
  readonly body: DeliveryBody
  /** The row holds it already. */
  readonly isKept: boolean
  /** Of a body that was just built: kinds of figures that it goes without. */
  readonly lacks?: readonly FigureKind[] | undefined
  /** Who reads it, as the gate answered a moment ago; missing for direct messages. */
  readonly readers?: ChannelReaders | undefined
}

/** Undefined when there is nothing to post for now; the row then says why. */
export async function chooseBody(
  lease: Lease,
  subscription: Subscription | undefined,
  deps: StepDeps,
  isSecondTime = false,
): Promise<ChosenBody | undefined> {
  const { row } = lease
  const kept = row.body === undefined ? undefined : readBody(row.body)
  const parentId = threadParentOf(row)
  if (parentId !== undefined) return restOf(parentId, lease, subscription, kept, deps)
  if (!isDigest(row)) return noticeOf(lease, kept, deps)
  if (!subscription) return skip(lease, 'the digest was deleted', deps)
  if (subscription.status === 'stopped') return skip(lease, 'stopped', deps)
  if (!isManual(row) && isPausedFor(subscription, row)) return skip(lease, 'paused', deps)
  const passed = await passGate(lease, subscription, deps)
  if (!passed) return undefined
  await deps.step?.('gated')
  const { readers } = passed
  const askedAt = deps.clock.now()
  if (kept && kept.madeFor === madeFor(subscription)) {
    const rights = await deps.rights(subscription, readers)
    if (rights.type === 'hold') return holdBack(lease, subscription, rights.reason, undefined, deps)
    // One that names people in a channel is built again, so that it says who may be named there now.
    const isForAnyReader = !readers || (!subscription.showNames && kept.shows.length === 0)
    if (isForAnyReader && kept.detail !== undefined && isStillAllowed(kept, rights)) return { body: kept, isKept: true, readers }
  }
  const built = await buildBody(lease, subscription, readers, kept?.recordedFor, deps)
  // A build that waited for Gong took long enough for the channel to change: all is asked once more, now that the figures are there.
  const tookLong = deps.clock.now().getTime() - askedAt.getTime() > answersHoldMs
  return built && tookLong && !isSecondTime ? chooseBody(lease, subscription, deps, true) : built
}

/** A run of before the day until which it is paused does not come later either: it was waiting when somebody paused it. */
function isPausedFor({ status, pausedUntil, recurrence }: Subscription, { occurrence, dueAt }: Delivery): boolean {
  if (status !== 'active') return true
  return pausedUntil !== undefined && (dateOfRun(occurrence) ?? localDateOf(dueAt, recurrence.zone)) < pausedUntil
}

/** How long an answer of the gate is good for; rights are asked anew after every build. */
const answersHoldMs = 10_000

/** A notice carries no figures; its reader must still be somebody the bot may write to. */
async function noticeOf(lease: Lease, kept: DeliveryBody | undefined, deps: StepDeps): Promise<ChosenBody | undefined> {
  if (!kept) return skip(lease, 'nothing to post', deps)
  if (!(await deps.mayReadNotice(lease.row))) return skip(lease, 'recipient', deps)
  const kind = gatheredKindOf(lease.row.occurrence)
  if (kind === undefined || kept.items === undefined || lease.row.status !== 'reserved') return { body: kept, isKept: true }
  const body = await deps.deliveries.gather(lease.row, kind, mergeBodies)
  // Taken into another notice, whose worker ended this row.
  return body === undefined ? undefined : { body: readBody(body), isKept: true }
}

/** What did not fit into a digest. It shows what the message above shows, so it must pass everything that a digest must pass. */
async function restOf(
  parentId: string,
  lease: Lease,
  subscription: Subscription | undefined,
  kept: DeliveryBody | undefined,
  deps: StepDeps,
): Promise<ChosenBody | undefined> {
  const parent = await deps.deliveries.find(parentId)
  if (!parent) return skip(lease, 'nothing to post', deps)
  if (!subscription) return skip(lease, 'the digest was deleted', deps)
  if (subscription.status === 'stopped') return skip(lease, 'stopped', deps)
  // Of a message that showed somebody who was forgotten nothing is kept.
  if (!parent.body) return dropRest(lease, subscription, 'names', undefined, deps)
  const above = readBody(parent.body)
  // Changed since to another subject or place, the digest says nothing about who may read this message.
  if (above.madeFor !== undefined && above.madeFor !== madeFor(subscription)) return skip(lease, 'the digest was changed', deps)
  const passed = await passGate(lease, subscription, deps)
  if (!passed) return undefined
  await deps.step?.('gated')
  const rights = await deps.rights(subscription, passed.readers)
  if (rights.type === 'hold') return dropRest(lease, subscription, rights.reason, undefined, deps)
  const place = await placeOfRest(parent, kept, lease, subscription, deps)
  if (!place) return undefined
  // Below a message that was corrected since, the one that was kept says what is not so any more.
  const belongs = kept && isDeepStrictEqual(kept.figures, above.figures)
  if (belongs && isStillAllowed(kept, rights)) {
    const body = restAt(kept, place)
    return { body, isKept: body === kept, readers: passed.readers }
  }
  const again = await restAgain(parent, above, subscription, place.threadTs, deps)
  if (again === undefined) return dropRest(lease, subscription, 'names', undefined, deps)
  if (again !== 'later') return { ...again, body: restAt(again.body, place), isKept: false }
  const reason = 'what may be shown is not known'
  if (triedForMs(lease.row, deps.clock) > giveUpAfterMs) return giveUp(lease, subscription, reason, deps)
  await lease.release({ reason, retryAt: inMs(deps.clock, restAgainMs) })
  return undefined
}

const restAgainMs = 15_000

/** Undefined when the channel's gate is closed or unknown. `readers`: missing for direct messages. */
async function passGate(
  lease: Lease,
  subscription: Subscription,
  deps: StepDeps,
): Promise<{ readonly readers: ChannelReaders | undefined } | undefined> {
  const { destination } = subscription
  if (destination.type !== 'channel') return { readers: undefined }
  const verdict = await deps.gate.check(destination.channelId)
  if (verdict.type === 'open') return { readers: verdict }
  if (verdict.type === 'unknown') await handleFailure(lease, subscription, verdict.failure, 'reserved', deps)
  else if (!isDigest(lease.row)) await dropRest(lease, subscription, verdict.reason, verdict.people, deps)
  else if (verdict.reason === 'archived') await channelGone(lease, subscription, 'is_archived', deps)
  else if (verdict.reason === 'not-member') await channelGone(lease, subscription, 'not_in_channel', deps)
  else await holdBack(lease, subscription, verdict.reason, verdict.people, deps)
  return undefined
}

async function buildBody(
  lease: Lease,
  subscription: Subscription,
  readers: ChannelReaders | undefined,
  recordedFor: string | undefined,
  deps: StepDeps,
): Promise<ChosenBody | undefined> {
  const { clock } = deps
  const row: Delivery = lease.row
  const outcome = await deps.build(subscription, row, readers)
  switch (outcome.type) {
    case 'skip':
      await mustBeAsRead(row, subscription, deps)
      deps.log.info({ deliveryId: row.id, subscriptionId: row.subscriptionId, reason: outcome.reason }, 'A delivery was skipped')
      return skip(lease, outcome.reason, deps)
    case 'hold':
      return holdBack(lease, subscription, outcome.reason, undefined, deps)
    case 'later':
      if (triedForMs(row, clock) > giveUpAfterMs) return giveUp(lease, subscription, outcome.reason, deps)
      await lease.release({ reason: outcome.reason, retryAt: inMs(clock, outcome.retryAfterMs) })
      return undefined
    case 'ready': {
      await deps.step?.('composed')
      if (outcome.namesDropped) await deps.notifyOwner(subscription, row, { type: 'names-dropped', ...outcome.namesDropped })
      const { built, introduces, detail, readBy, members, brings, lacks } = outcome
      return {
        body: { ...bodyOf(built), madeFor: madeFor(subscription), detail, readBy, members, introduces, brings, recordedFor },
        isKept: false,
        lacks,
        readers,
      }
    }
  }
}
