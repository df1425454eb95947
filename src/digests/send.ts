// What people do to the runs of a digest: an extra one, none for a while, not the next one, and the word of the owner about a delivery that
// was in doubt or held back.

import { localDateOf } from '../domain/period.ts'
import { rowOf } from '../domain/planned-run.ts'
import type { Viewer } from '../domain/policy.ts'
import { nextRun, runsBetween } from '../domain/recurrence.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import { ownerMay } from './build-request.ts'
import { isDigest } from './delivery/deps.ts'
import { type DigestServiceDeps, type DigestSteps, stopStands } from './digest-steps.ts'
import { isReader, noSuchDigest } from './rights.ts'
import type { DigestService } from './service.ts'

export type DigestSends = Pick<DigestService, 'sendNow' | 'pause' | 'resume' | 'skipNext' | 'arrived' | 'postAgain' | 'takeOver'>

export function createDigestSends(
  parts: Pick<DigestServiceDeps, 'store' | 'clock' | 'company' | 'wake' | 'nudge' | 'viewerOf'>,
  steps: DigestSteps,
): DigestSends {
  const { store, company } = parts
  const { subscriptions, deliveries } = store
  const now = (): Date => parts.clock.now()

  /** One that still goes out. @throws AskError when its reader has stopped it */
  async function running(viewer: Viewer, id: string): Promise<Subscription> {
    const subscription = await steps.changeable(viewer, id)
    if (subscription.status === 'stopped') throw new AskError(stopStands)
    return subscription
  }

  /** A delivery the viewer may decide about: of a digest they may change. */
  async function decidable(viewer: Viewer, deliveryId: string): Promise<{ row: Delivery; subscription: Subscription }> {
    const row = await deliveries.find(deliveryId)
    if (!row || !isDigest(row)) throw noSuchDigest()
    if (await deliveries.isHeld(deliveryId)) throw new AskError('It is being posted right now. Look again in a minute.')
    return { row, subscription: await steps.changeable(viewer, row.subscriptionId) }
  }

  async function postNow(deliveryId: string): Promise<void> {
    await deliveries.update(deliveryId, { status: 'reserved', retryAt: null, looks: 0, reason: null })
    await parts.wake(store.queue, [deliveryId])
    parts.nudge()
  }

  return {
    async sendNow(viewer, id, triggerId) {
      const subscription = await running(viewer, id)
      await steps.mustPassAgain(viewer, subscription)
      const occurrence = `manual:${triggerId}`
      const row = { id: crypto.randomUUID(), subscriptionId: id, occurrence, dueAt: now(), createdAt: now(), sentBy: viewer.slackUserId }
      const isNew = await deliveries.reserve(row, { wake: parts.wake })
      if (isNew) await steps.record(viewer, `digest ${subscription.kind} sent by hand`, subscription.subjectId)
      parts.nudge()
    },
    async pause(viewer, id, until) {
      const subscription = await running(viewer, id)
      // Until a date, it stays active and its next run lies there: nothing has to wake it up again.
      await subscriptions.update(
        id,
        until === undefined
          ? { status: 'paused', nextAt: null, pausedUntil: null, pausedWhy: null }
          : {
              status: 'active',
              nextAt: await steps.nextAt(subscription.recurrence, { id, from: until }),
              pausedUntil: until,
              pausedWhy: null,
            },
      )
      await steps.record(viewer, `digest ${subscription.kind} paused`, subscription.subjectId)
      return steps.entry(viewer, id)
    },
    async resume(viewer, id) {
      const subscription = await steps.changeable(viewer, id)
      if (subscription.status === 'stopped') {
        if (!isReader(viewer, subscription)) throw new AskError(stopStands)
        await subscriptions.optIn(viewer.slackUserId, subscription.kind)
      }
      await steps.mustPassAgain(viewer, subscription)
      await subscriptions.update(id, {
        status: 'active',
        nextAt: await steps.nextAt(subscription.recurrence, { id }),
        pausedUntil: null,
        pausedWhy: null,
      })
      await steps.record(viewer, `digest ${subscription.kind} resumed`, subscription.subjectId)
      return steps.entry(viewer, id)
    },
    async skipNext(viewer, id) {
      const subscription = await running(viewer, id)
      if (!subscription.nextAt) throw new AskError('It is paused; there is no next run to leave out.')
      const [run] = runsBetween(subscription.recurrence, new Date(subscription.nextAt.getTime() - 1), subscription.nextAt)
      const next = nextRun(subscription.recurrence, subscription.nextAt).at
      if (run) await deliveries.reserve(rowOf(subscription, run, now(), company, 'skipped-by-hand'), { nextAt: next })
      await steps.record(viewer, `digest ${subscription.kind}: next run left out`, subscription.subjectId)
      return steps.entry(viewer, id)
    },
    async arrived(viewer, deliveryId) {
      const { row } = await decidable(viewer, deliveryId)
      if (row.status !== 'doubtful') return
      await deliveries.update(row.id, {
        status: 'sent',
        sentAt: row.postedAttemptAt ?? now(),
        reason: 'the owner says it arrived',
        retryAt: null,
      })
    },
    async postAgain(viewer, deliveryId) {
      const { row, subscription } = await decidable(viewer, deliveryId)
      if (row.status === 'sent' || row.status === 'reserved') return
      if (subscription.status === 'stopped') throw new AskError(stopStands)
      await steps.mustPassAgain(viewer, subscription)
      if (subscription.status === 'paused') {
        const nextAt = await steps.nextAt(subscription.recurrence, subscription)
        await subscriptions.update(subscription.id, { status: 'active', nextAt, pausedWhy: null })
      }
      await postNow(row.id)
    },
    async takeOver(viewer, deliveryId) {
      const row = await deliveries.find(deliveryId)
      const subscription = row && isDigest(row) ? await subscriptions.find(row.subscriptionId) : undefined
      if (!row || !subscription || subscription.status === 'stopped') throw noSuchDigest()
      // Only what lies fallow, and only by somebody who could set up the same.
      const owner = await parts.viewerOf(subscription.ownerSlackId)
      if (ownerMay(owner, subscription, await store.people.chart(), localDateOf(now(), company.zone))) throw noSuchDigest()
      await steps.mustPassAgain(viewer, subscription)
      await subscriptions.update(subscription.id, { ownerSlackId: viewer.slackUserId })
      await steps.record(viewer, `digest ${subscription.kind} taken over`, subscription.subjectId)
      if (row.status === 'held') await postNow(row.id)
      return steps.entry(viewer, subscription.id)
    },
  }
}
