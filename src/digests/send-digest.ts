// Sends a digest by hand, and carries out what somebody decides about a delivery that is in doubt or held back.

import { isBeingSettled, mayHaveArrived } from '../domain/delivery-doubt.ts'
import { deliveryIdOf } from '../domain/delivery-id.ts'
import { localDateOf } from '../domain/period.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import { readBody } from '../reports/delivery-body.ts'
import { mustPassAgain, stopStands } from './check-draft.ts'
import { isDigest, manualOccurrence, threadParentOf } from './delivery/row-kind.ts'
import { sentMessage, threadRowOf } from './delivery/thread-row.ts'
import type { DigestServiceDeps } from './deps.ts'
import { changeableDigest, findEntry } from './find-digest.ts'
import { nextFreeRun } from './next-free-run.ts'
import { runningDigest } from './pause-digest.ts'
import { changeBy } from './record-change.ts'
import { isReader, noSuchDigest, ownerMay } from './rights.ts'
import type { TakenOver } from './service.ts'
import { updateRunning } from './update-running.ts'

/** An extra delivery of the last full week; the same trigger sends once. */
export async function sendDigestNow(viewer: Viewer, id: string, triggerId: string, deps: DigestServiceDeps): Promise<void> {
  const subscription = await runningDigest(viewer, id, deps)
  await mustPassAgain(viewer, subscription, deps)
  const now = deps.clock.now()
  const row = { subscriptionId: id, occurrence: manualOccurrence(triggerId) }
  const record = changeBy(viewer, `digest ${subscription.kind} sent by hand`, subscription.subjectId, deps)
  const outcome = await deps.store.recorded(
    ({ deliveries }) =>
      deliveries.reserveIfFew(
        { id: deliveryIdOf(row), ...row, dueAt: now, createdAt: now, sentBy: viewer.slackUserId },
        { wake: deps.wake },
        { prefix: manualOccurrence(''), since: new Date(now.getTime() - byHandWithinMs), atMost: byHandAtMost },
      ),
    (reserved) => (reserved === 'reserved' ? [record] : []),
  )
  if (outcome === 'too-many')
    throw new AskError(`This digest was sent by hand ${byHandAtMost} times within the last hour. Wait an hour, then send it again.`)
  deps.nudge()
}

/** Its readers would get each. */
const byHandAtMost = 5
const byHandWithinMs = 3_600_000

/** After doubt: the owner says it arrived. What belongs below it follows. */
export async function confirmArrival(viewer: Viewer, deliveryId: string, deps: DigestServiceDeps): Promise<void> {
  const { row } = await decidable(viewer, deliveryId, deps)
  if (!mayHaveArrived(row)) return
  const sentAt = row.postedAttemptAt ?? deps.clock.now()
  const change = { status: 'sent', sentAt, reason: 'the owner says it arrived', retryAt: null } as const
  const sent = row.body === undefined ? undefined : sentMessage(readBody(row.body), deps.render)
  if (sent) await deps.recordIntroduced(sent.body)
  const thread = sent && threadRowOf(row, sent, row, deps.clock.now())
  if (!(await deps.store.deliveries.decide(row, change, thread && { row: thread, wake: deps.wake }))) throw new AskError(decidedMeanwhile)
  if (thread) deps.nudge()
}

/** After doubt or a hold. */
export async function postAgain(viewer: Viewer, deliveryId: string, deps: DigestServiceDeps): Promise<void> {
  const { row, subscription } = await decidable(viewer, deliveryId, deps)
  if (row.status === 'sent') throw new AskError('It was sent already, so it is not posted again.')
  if (row.status === 'reserved') return
  if (subscription.status === 'stopped') throw new AskError(stopStands)
  await mustPassAgain(viewer, subscription, deps)
  // Posting one ends the pause, also one until a day: the run was planned before that day. What belongs below a posted one is no run.
  const isPaused = subscription.status === 'paused' || subscription.pausedUntil !== undefined
  if (isPaused && isDigest(row)) {
    const nextAt = await nextFreeRun(subscription.recurrence, { id: subscription.id }, deps)
    await updateRunning(subscription.id, { status: 'active', nextAt, pausedUntil: null, pausedWhy: null }, deps)
  }
  if (!(await reopen(row, deps))) throw new AskError(decidedMeanwhile)
}

/** Makes the viewer the owner of a digest whose owner may not see its figures any more or is gone, and posts what was held back. */
export async function takeOverDigest(viewer: Viewer, deliveryId: string, deps: DigestServiceDeps): Promise<TakenOver> {
  const { store, clock, company } = deps
  const row = await store.deliveries.find(deliveryId)
  const subscription = row && isDigest(row) ? await store.subscriptions.find(row.subscriptionId) : undefined
  if (!row || !subscription || subscription.status === 'stopped') throw noSuchDigest()
  const chart = await store.people.chart()
  const today = localDateOf(clock.now(), company.zone)
  // Only a digest whose owner lost the right or cannot be reached, and only by somebody who could set up the same.
  const owner = await deps.viewerOf(subscription.ownerSlackId)
  const isOwnerGone = isReader(owner, subscription) && subscription.status === 'paused' && row.status === 'failed'
  if (!isOwnerGone && ownerMay(owner, subscription, chart, today)) throw noSuchDigest()
  // One that is paused because its channel or reader is gone could not be set up as it is: it is taken over to be moved or deleted.
  if (subscription.status !== 'paused') await mustPassAgain(viewer, subscription, deps)
  else if (viewer.standing !== 'member' || !ownerMay(viewer, subscription, chart, today)) throw noSuchDigest()
  const isPauseOver = subscription.pausedUntil !== undefined && subscription.pausedUntil <= today
  const change = { ownerSlackId: viewer.slackUserId, ...takenOver, ...(isPauseOver && { pausedUntil: null }) }
  const record = changeBy(viewer, `digest ${subscription.kind} taken over`, subscription.subjectId, deps)
  await updateRunning(subscription.id, change, deps, record)
  if (row.status === 'held') await reopen(row, deps)
  return { ...(await findEntry(viewer, subscription.id, deps)), namesOff: subscription.showNames }
}

/** Whoever takes it over has neither seen who would read of people by name, nor given it the name that its owner alone reads. */
const takenOver = { showNames: false, name: null } as const

/** A delivery of a digest the viewer may change, or the rest of one. @throws AskError while it is being posted or looked for */
async function decidable(
  viewer: Viewer,
  deliveryId: string,
  deps: DigestServiceDeps,
): Promise<{ readonly row: Delivery; readonly subscription: Subscription }> {
  const row = await deps.store.deliveries.find(deliveryId)
  if (!row || (!isDigest(row) && threadParentOf(row) === undefined)) throw noSuchDigest()
  if (await deps.store.deliveries.isHeld(deliveryId)) throw new AskError('It is being posted right now. Look again in a minute.')
  if (isBeingSettled(row)) throw new AskError('I am looking whether it arrived, and post it if it did not. Look again in two minutes.')
  return { row, subscription: await changeableDigest(viewer, row.subscriptionId, deps) }
}

const decidedMeanwhile = 'Meanwhile it was sent, or is being posted, or somebody else decided about it. Look again in a minute.'

/** False where the row is no more what it was when it was read: Slack may have been asked since. */
async function reopen(row: Delivery, { store, wake, nudge }: DigestServiceDeps): Promise<boolean> {
  if (!(await store.deliveries.decide(row, { status: 'reserved', retryAt: null, looks: 0, reason: null }))) return false
  await wake(store.queue, [row.id])
  nudge()
  return true
}
