// One delivery row on its way: reserve → post → confirm. Every step is written before the next is taken and only while the row's
// lease is ours, so that a crash at any point leaves a row from which the next worker can tell what to do. What a digest says
// and what an owner is told are handed in.
import type { Clock } from '../clock.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import type { Log } from '../log.ts'
import type { DeliveryStore } from '../store/deliveries.ts'
import type { Wake } from '../store/delivery-writes.ts'
import type { SubscriptionStore } from '../store/subscriptions.ts'
import { bodyOf, type DeliveryBody, plainerBody, plainest, type RenderForSlack, readBody, writeBody } from './delivery-body.ts'
import type { Audience, Gate, GateReason } from './gate.ts'
import type { Poster } from './post.ts'
import type { LookTimes, Reconciler } from './reconcile.ts'
import { isLeaseLost, type RowHold, takeRow } from './row-hold.ts'
import type { SlackFailure } from './slack-failure.ts'

/** What a digest's composer answers. */
export type Composed =
  | {
      readonly type: 'ready'
      readonly built: Parameters<typeof bodyOf>[0]
      readonly introduces?: string
      readonly namesDropped?: readonly string[]
    }
  | { readonly type: 'skip'; readonly reason: string }
  /** Somebody has to decide first: the owner lost the right, the subject left. */
  | { readonly type: 'hold'; readonly reason: HoldReason }
  /** Its figures are not there yet. */
  | { readonly type: 'later'; readonly retryAfterMs: number; readonly reason: string }

export type HoldReason = GateReason | 'owner-rights' | 'recipient' | 'subject-left'

/** What the owner of a subscription is told, once per delivery. */
export type OwnerNotice =
  | { readonly type: 'channel-gone'; readonly slackError: string }
  | { readonly type: 'held'; readonly reason: HoldReason; readonly people?: number }
  | { readonly type: 'doubt' }
  | { readonly type: 'names-dropped'; readonly outsiders: readonly string[] }
  | { readonly type: 'given-up'; readonly slackError: string }

export type OnDeliveryEnd = (outcome: 'sent' | 'held' | 'skipped' | 'failed', delaySeconds?: number) => void

export interface DeliverParts {
  readonly deliveries: DeliveryStore
  readonly subscriptions: Pick<SubscriptionStore, 'find' | 'update'>
  readonly poster: Poster
  readonly gate: Gate
  readonly reconciler: Reconciler
  readonly render: RenderForSlack
  readonly clock: Clock
  readonly log: Log
  readonly looks: LookTimes
  /** Default 30 s. */
  readonly leaseMs?: number
  compose(subscription: Subscription, delivery: Delivery, audience: Audience | undefined): Promise<Composed>
  tellOwner(subscription: Subscription, delivery: Delivery, notice: OwnerNotice): Promise<void>
  /** Before a row is marked sent: the access log, the first-contact mark. May happen twice after a crash. */
  beforeSent(subscription: Subscription | undefined, delivery: Delivery, body: DeliveryBody): Promise<void>
  readonly wake: Wake
  /** A row reached an end. `delaySeconds`: from the planned instant to the confirmed post, of digests that were sent. */
  onEnd?: OnDeliveryEnd
  /** Named steps, for tests that stop the process at one of them. */
  step?(name: DeliveryStep): Promise<void> | void
}

/** Every point at which a delivery can be cut off, in order. */
export const deliverySteps = [
  'taken',
  'gated',
  'composed',
  'marked-posting',
  'posted',
  'before-confirm',
  'thread-reserved',
  'confirmed',
  'looked',
  'marked-doubtful',
] as const
export type DeliveryStep = (typeof deliverySteps)[number]

/** After this long a delivery that never got through is given up and its owner told. */
const giveUpAfterMs = 24 * 3_600_000

const backoffSeconds = [5, 15, 45, 120, 300]

/** Until the next attempt after a failure that was Slack's or the network's; ten minutes from the sixth attempt on. */
const backoffMs = (attempts: number): number => (backoffSeconds[attempts - 1] ?? 600) * 1000

export function createDeliverer(parts: DeliverParts): { deliver(id: string): Promise<void> } {
  const { deliveries, subscriptions, poster, gate, reconciler, render, clock, log, looks } = parts
  const step = async (name: DeliveryStep): Promise<void> => parts.step?.(name)
  const after = (ms: number): Date => new Date(clock.now().getTime() + ms)
  /** While Slack refuses the token nobody can be reached; one row after another would only repeat it. */
  let refusedUntil: Date | undefined

  async function deliver(id: string): Promise<void> {
    const hold = await takeRow(deliveries, clock, id, parts.leaseMs)
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

  async function walk(hold: RowHold, subscription: Subscription | undefined): Promise<void> {
    const refusedFor = refusedUntil ? refusedUntil.getTime() - clock.now().getTime() : 0
    if (refusedFor > 0) return hold.release({ retryAt: after(refusedFor) })
    if (hold.row.status !== 'reserved' && !(await settleDoubt(hold, subscription))) return
    const next = await bodyFor(hold, subscription)
    if (next) await post(hold, subscription, next)
  }

  /** Looks for a post that may have landed. True: it did not, post it again. False: dealt with for now. */
  async function settleDoubt(hold: RowHold, subscription: Subscription | undefined): Promise<boolean> {
    const { row } = hold
    const attemptedAt = row.postedAttemptAt ?? row.createdAt
    if (row.status === 'posting') await hold.write({ status: 'doubtful', looks: 0 })
    const dueAt = new Date(attemptedAt.getTime() + (row.looks === 0 ? looks.firstMs : looks.secondMs))
    if (clock.now() < dueAt) {
      await hold.release({ retryAt: dueAt })
      return false
    }
    const threadTs = row.body === undefined ? undefined : readBody(row.body).threadTs
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
        await confirm(hold, subscription, look, row.body === undefined ? undefined : readBody(row.body))
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
  async function bodyFor(hold: RowHold, subscription: Subscription | undefined): Promise<NextBody | undefined> {
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
    let audience: Audience | undefined
    if (subscription.target.type === 'channel') {
      const verdict = await gate.check(subscription.target.channelId)
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
    if (row.body !== undefined && !subscription.showNames) return { body: readBody(row.body), isKept: true }

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
        if (composed.namesDropped) await parts.tellOwner(subscription, row, { type: 'names-dropped', outsiders: composed.namesDropped })
        const body = { ...bodyOf(composed.built, render), ...(composed.introduces !== undefined && { introduces: composed.introduces }) }
        return { body, isKept: false }
      }
    }
  }

  async function post(hold: RowHold, subscription: Subscription | undefined, first: NextBody): Promise<void> {
    for (let { body, isKept } = first; ; body = plainerBody(body, render), isKept = false) {
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
        payload: body.payload,
        deliveryId: hold.row.id,
        ...(body.threadTs !== undefined && { threadTs: body.threadTs }),
      })
      await step('posted')
      if (outcome.type === 'posted') return confirm(hold, subscription, outcome, body)
      if (outcome.type !== 'blocks-refused') return failed(hold, subscription, outcome, 'posting')
      log.warn(
        { deliveryId: hold.row.id, slackError: outcome.error, pointers: outcome.pointers },
        'Slack refused a block; sending it plainer',
      )
      if (body.plainer >= plainest) return giveUp(hold, subscription, outcome.error)
    }
  }

  async function confirm(
    hold: RowHold,
    subscription: Subscription | undefined,
    at: { channelId: string; messageTs: string },
    body: DeliveryBody | undefined,
  ): Promise<void> {
    const { row } = hold
    await step('before-confirm')
    if (body) {
      await parts.beforeSent(subscription, row, body)
      if (body.thread) await reserveThread(row, body, at)
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
  async function reserveThread(row: Delivery, body: DeliveryBody, at: { channelId: string; messageTs: string }): Promise<void> {
    if (!body.thread) return
    const reply: DeliveryBody = {
      message: { summary: body.thread.text, parts: body.message.thread ?? [] },
      payload: body.thread,
      plainer: 0,
      threadTs: at.messageTs,
      shows: [],
      figures: {},
    }
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

  /** Sorts a failure of a post (`posting`) or of a question asked before it (`reserved`, `doubtful`: the status to go back to). */
  async function failed(
    hold: RowHold,
    subscription: Subscription | undefined,
    failure: SlackFailure,
    during: 'reserved' | 'posting' | 'doubtful',
  ): Promise<void> {
    const { row } = hold
    const back = during === 'posting' ? 'reserved' : during
    log.warn({ deliveryId: row.id, failure: failure.type, slackError: failure.error, during }, 'Slack did not take a delivery')
    switch (failure.type) {
      case 'rate-limited':
        return hold.release({ status: back, retryAt: after(failure.retryAfterMs) })
      case 'token-refused':
        refusedUntil = after(300_000)
        log.error({ slackError: failure.error, needed: failure.needed }, 'Slack refuses the bot; deliveries wait')
        return hold.release({ status: back, retryAt: refusedUntil, reason: failure.error })
      case 'channel-gone':
        return channelGone(hold, subscription, failure.error)
      case 'ambiguous':
        if (during === 'posting') {
          await hold.release({ status: 'doubtful', looks: 0, retryAt: after(looks.firstMs), reason: failure.error })
          return step('marked-doubtful')
        }
        return later(hold, subscription, failure.error, during)
      case 'unreached':
        return later(hold, subscription, failure.error, during)
      case 'refused':
      case 'blocks-refused':
        return giveUp(hold, subscription, failure.error)
    }
  }

  async function later(
    hold: RowHold,
    subscription: Subscription | undefined,
    error: string,
    during: 'reserved' | 'posting' | 'doubtful',
  ): Promise<void> {
    if (clock.now().getTime() - hold.row.dueAt.getTime() > giveUpAfterMs) return giveUp(hold, subscription, error)
    // A post was counted when it was marked; a question that failed before it counts now.
    const attempts = hold.row.attempts + (during === 'posting' ? 0 : 1)
    const status = during === 'posting' ? 'reserved' : during
    return hold.release({ status, attempts, reason: error, retryAt: after(backoffMs(attempts)) })
  }

  async function channelGone(hold: RowHold, subscription: Subscription | undefined, slackError: string): Promise<void> {
    if (subscription && isDigest(hold.row)) {
      await subscriptions.update(subscription.id, { status: 'paused', pausedWhy: slackError, nextAt: null })
      await parts.tellOwner(subscription, hold.row, { type: 'channel-gone', slackError })
    }
    await hold.release({ status: 'failed', reason: slackError })
    parts.onEnd?.('failed')
  }

  async function holdBack(hold: RowHold, subscription: Subscription, reason: HoldReason, people?: number): Promise<void> {
    log.warn({ deliveryId: hold.row.id, reason }, 'A delivery was held back')
    await parts.tellOwner(subscription, hold.row, { type: 'held', reason, ...(people !== undefined && { people }) })
    await hold.release({ status: 'held', reason })
    parts.onEnd?.('held')
  }

  async function giveUp(hold: RowHold, subscription: Subscription | undefined, error: string): Promise<void> {
    log.error({ deliveryId: hold.row.id, slackError: error }, 'A delivery was given up')
    if (subscription && isDigest(hold.row)) await parts.tellOwner(subscription, hold.row, { type: 'given-up', slackError: error })
    await hold.release({ status: 'failed', reason: error })
    parts.onEnd?.('failed')
  }

  return { deliver }
}

interface NextBody {
  readonly body: DeliveryBody
  /** It lies in the row already. */
  readonly isKept: boolean
}

/** A digest, planned or manual; not a notice or a thread reply. */
export const isDigest = (row: Pick<Delivery, 'occurrence'>): boolean => !/^(notice|thread):/.test(row.occurrence)

function targetOf(row: Delivery, subscription: Subscription | undefined): string {
  if (!isDigest(row) || !subscription) return row.channelId ?? ''
  return subscription.target.type === 'channel' ? subscription.target.channelId : subscription.target.slackUserId
}
