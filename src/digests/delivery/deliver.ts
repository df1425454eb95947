// One delivery row on its way: reserve → post → confirm. Every step is written before the next is taken and only while the row's
// lease is ours, so that a crash at any point leaves a row from which the next worker can tell what to do. What a digest says
// and what an owner is told are handed in.

import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { Message } from '../../render/message.ts'
import { bodyOf, type DeliveryBody, madeFor, readBody, writeBody } from '../../reports/delivery-body.ts'
import { type ChannelReaders, plainest } from '../../slack-ports.ts'
import { type DeliverDeps, type DeliveryStep, isDigest } from './deps.ts'
import { acquireLease, isLeaseLost, type Lease } from './lease.ts'
import { createSetbacks, giveUpAfterMs } from './setbacks.ts'

export function createDeliverer(parts: DeliverDeps): { deliver(id: string): Promise<void> } {
  const { deliveries, subscriptions, poster, gate, reconciler, render, clock, log, looks } = parts
  const step = async (name: DeliveryStep): Promise<void> => parts.step?.(name)
  const after = (ms: number): Date => new Date(clock.now().getTime() + ms)
  const { refusedForMs, failed, channelGone, holdBack, giveUp } = createSetbacks(parts)
  const rendered = ({ message, plainer, threadTs }: DeliveryBody) => render(message, plainer, threadTs === undefined ? 'message' : 'thread')

  async function deliver(id: string): Promise<void> {
    const hold = await acquireLease(deliveries, clock, id, parts.leaseMs)
    if (!hold) return
    const { subscriptionId, occurrence, status, attempts } = hold.row
    log.debug({ deliveryId: id, subscriptionId, occurrence, status, attempts }, 'A delivery is worked on')
    await step('taken')
    try {
      const subscription = await subscriptions.find(hold.row.subscriptionId)
      if (!subscription && isDigest(hold.row)) return await hold.release({ status: 'skipped', reason: 'the digest was deleted' })
      await walk(hold, subscription)
    } catch (error) {
      if (isLeaseLost(error)) return log.warn({ deliveryId: id }, 'Another worker took the delivery over')
      log.error({ err: error, deliveryId: id }, 'A delivery failed unexpectedly')
      await hold.release({ retryAt: after(300_000) }).catch(() => undefined)
    } finally {
      hold.end()
    }
  }

  async function walk(hold: Lease, subscription: Subscription | undefined): Promise<void> {
    const refusedFor = refusedForMs()
    if (refusedFor > 0) return hold.release({ retryAt: after(refusedFor) })
    if (hold.row.status !== 'reserved' && !(await settleDoubt(hold, subscription))) return
    const next = await bodyFor(hold, subscription)
    if (next) await post(hold, subscription, next)
  }

  /** Looks for a post that may have landed. True: it did not, post it again. False: dealt with for now. */
  async function settleDoubt(hold: Lease, subscription: Subscription | undefined): Promise<boolean> {
    const { row } = hold
    const attemptedAt = row.postedAttemptAt ?? row.createdAt
    if (row.status === 'posting') await hold.write({ status: 'doubtful', looks: 0 })
    const dueAt = new Date(attemptedAt.getTime() + (row.looks === 0 ? looks.firstMs : looks.secondMs))
    if (clock.now() < dueAt) {
      await hold.release({ retryAt: dueAt })
      return false
    }
    const keptBody = row.body === undefined ? undefined : readBody(row.body)
    const threadTs = keptBody?.threadTs
    const look = await reconciler.look({
      id: row.id,
      channelId: row.channelId ?? '',
      attemptedAt,
      ...(threadTs !== undefined && { threadTs }),
    })
    await step('looked')
    switch (look.type) {
      case 'found':
        log.info({ deliveryId: row.id }, 'A doubtful delivery had arrived')
        await confirm(hold, subscription, look, keptBody && { body: keptBody, thread: rendered(keptBody).thread })
        return false
      case 'absent':
        if (row.looks + 1 >= 2) {
          await hold.write({ looks: row.looks + 1 })
          return true
        }
        await hold.release({ looks: row.looks + 1, retryAt: new Date(attemptedAt.getTime() + looks.secondMs) })
        return false
      case 'blind':
        log.warn({ deliveryId: row.id, slackError: look.error }, 'Cannot look for a doubtful delivery; asking its owner')
        if (subscription) await parts.tellOwner(subscription, row, { type: 'doubt' })
        await hold.release({ status: 'doubtful', reason: 'asked', retryAt: after(giveUpAfterMs) })
        return false
      case 'failed':
        await failed(hold, subscription, look.failure, 'doubtful')
        return false
    }
  }

  /** The body to post: the one already rendered, or a new one once the gate is open. Undefined: dealt with for now. */
  async function bodyFor(hold: Lease, subscription: Subscription | undefined): Promise<NextBody | undefined> {
    const { row } = hold
    if (!isDigest(row) || !subscription) {
      if (row.body !== undefined) return { body: readBody(row.body), isKept: true }
      await hold.release({ status: 'skipped', reason: 'nothing to post' })
      return undefined
    }
    if (subscription.status !== 'active' && !row.occurrence.startsWith('manual:')) {
      await hold.release({ status: 'skipped', reason: 'paused' })
      return undefined
    }
    let audience: ChannelReaders | undefined
    if (subscription.destination.type === 'channel') {
      const verdict = await gate.check(subscription.destination.channelId)
      if (verdict.type === 'unknown') {
        await failed(hold, subscription, verdict.failure, 'reserved')
        return undefined
      }
      if (verdict.type === 'closed' && (verdict.reason === 'archived' || verdict.reason === 'not-member')) {
        await channelGone(hold, subscription, verdict.reason === 'archived' ? 'is_archived' : 'not_in_channel')
        return undefined
      }
      if (verdict.type === 'closed') {
        await holdBack(hold, subscription, verdict.reason, verdict.people)
        return undefined
      }
      audience = verdict
    }
    await step('gated')
    const kept = row.body === undefined ? undefined : readBody(row.body)
    // One that names people is built again for whoever reads the channel now; one for another place or subject is not sent at all.
    const isForAnyReader = subscription.destination.type === 'dm' || (!subscription.showNames && kept?.shows.length === 0)
    if (kept?.madeFor === madeFor(subscription) && isForAnyReader) return { body: kept, isKept: true }

    const composed = await parts.compose(subscription, row, audience)
    switch (composed.type) {
      case 'skip':
        await hold.release({ status: 'skipped', reason: composed.reason })
        parts.onEnd?.('skipped')
        log.info({ deliveryId: row.id, subscriptionId: row.subscriptionId, reason: composed.reason }, 'A delivery was skipped')
        return undefined
      case 'hold':
        await holdBack(hold, subscription, composed.reason)
        return undefined
      case 'later':
        if (clock.now().getTime() - row.dueAt.getTime() > giveUpAfterMs) await giveUp(hold, subscription, composed.reason)
        else await hold.release({ reason: composed.reason, retryAt: after(composed.retryAfterMs) })
        return undefined
      case 'ready': {
        await step('composed')
        if (composed.namesDropped) await parts.tellOwner(subscription, row, { type: 'names-dropped', ...composed.namesDropped })
        const { built, introduces } = composed
        const body = { ...bodyOf(built), madeFor: madeFor(subscription), ...(introduces !== undefined && { introduces }) }
        return { body, isKept: false }
      }
    }
  }

  async function post(hold: Lease, subscription: Subscription | undefined, first: NextBody): Promise<void> {
    for (let { body, isKept } = first; ; body = { ...body, plainer: body.plainer + 1 }, isKept = false) {
      // Before the row is marked: whatever goes wrong here leaves no doubt whether something was posted.
      const { payload, thread } = rendered(body)
      const channelId = targetOf(hold.row, subscription)
      const attempts = hold.row.attempts + 1
      await hold.write({
        status: 'posting',
        ...(!isKept && { body: writeBody(body) }),
        channelId,
        attempts,
        looks: 0,
        postedAttemptAt: clock.now(),
        reason: null,
      })
      await step('marked-posting')
      const outcome = await poster.post({
        channelId,
        payload,
        deliveryId: hold.row.id,
        ...(body.threadTs !== undefined && { threadTs: body.threadTs }),
      })
      await step('posted')
      if (outcome.type === 'posted') return confirm(hold, subscription, outcome, { body, thread })
      if (outcome.type !== 'blocks-refused') return failed(hold, subscription, outcome, 'posting')
      log.warn(
        { deliveryId: hold.row.id, slackError: outcome.error, pointers: outcome.pointers },
        'Slack refused a block; sending it plainer',
      )
      if (body.plainer >= plainest) return giveUp(hold, subscription, outcome.error)
    }
  }

  async function confirm(
    hold: Lease,
    subscription: Subscription | undefined,
    at: { channelId: string; messageTs: string },
    sent: { readonly body: DeliveryBody; readonly thread: Message | undefined } | undefined,
  ): Promise<void> {
    const { row } = hold
    await step('before-confirm')
    if (sent) {
      await parts.beforeSent(subscription, row, sent.body)
      if (sent.thread) await reserveThread(row, sent.thread, at)
      await step('thread-reserved')
    }
    // Not lease-checked: we know that it is there, whoever holds the row.
    await deliveries.update(row.id, {
      status: 'sent',
      channelId: at.channelId,
      messageTs: at.messageTs,
      sentAt: clock.now(),
      leaseUntil: null,
      retryAt: null,
      reason: null,
    })
    hold.end()
    parts.onEnd?.('sent', isDigest(row) ? Math.max(0, (clock.now().getTime() - row.dueAt.getTime()) / 1000) : undefined)
    await step('confirmed')
    const { subscriptionId, occurrence, attempts } = row
    const { channelId, messageTs } = at
    log.info({ deliveryId: row.id, subscriptionId, occurrence, attempts, channelId, messageTs }, 'Delivered')
  }

  /** What did not fit goes into the thread as a delivery of its own, with the same promises. */
  async function reserveThread(row: Delivery, message: Message, at: { channelId: string; messageTs: string }): Promise<void> {
    const reply: DeliveryBody = { ...bodyOf({ message, shows: [], figures: {} }), threadTs: at.messageTs }
    const id = crypto.randomUUID()
    await deliveries.reserve(
      {
        id,
        subscriptionId: row.subscriptionId,
        occurrence: `thread:${row.id}`,
        dueAt: clock.now(),
        channelId: at.channelId,
        body: writeBody(reply),
        createdAt: clock.now(),
      },
      { wake: parts.wake },
    )
  }

  return { deliver }
}

interface NextBody {
  readonly body: DeliveryBody
  /** It lies in the row already. */
  readonly isKept: boolean
}

function targetOf(row: Delivery, subscription: Subscription | undefined): string {
  if (!isDigest(row) || !subscription) return row.channelId ?? ''
  return subscription.destination.type === 'channel' ? subscription.destination.channelId : subscription.destination.slackUserId
}
