// A delivery table and a Slack in memory, for the steps of a delivery: narrow, by the contracts, and able to fail in every way
// Slack does. The real tables are tested in test/schedule on both databases.
import { movableClock } from '../../src/clock.ts'
import type { Delivery, Subscription } from '../../src/domain/subscription.ts'
import { createLog } from '../../src/log.ts'
import { createDeliverer } from '../../src/slack/deliver.ts'
import type { DeliverParts, OwnerNotice } from '../../src/slack/delivery-parts.ts'
import type { GateVerdict } from '../../src/slack/gate.ts'
import type { Post, Posted } from '../../src/slack/post.ts'
import type { Look } from '../../src/slack/reconcile.ts'
import type { SlackFailure } from '../../src/slack/slack-failure.ts'
import type { DeliveryChange, DeliveryStore } from '../../src/store/deliveries.ts'

export const quiet = createLog('silent' as 'info', { write: () => undefined })

export const subscription = (change: Partial<Subscription> = {}): Subscription => ({
  id: 'sub-1',
  kind: 'team',
  subjectId: '100',
  target: { type: 'channel', channelId: 'C1' },
  recurrence: { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' },
  whenEmpty: 'say',
  skipDates: [],
  showNames: false,
  ownerSlackId: 'UOWNER',
  status: 'active',
  nextAt: new Date('2026-11-30T08:00:00Z'),
  createdAt: new Date('2026-11-01T00:00:00Z'),
  ...change,
})

/** The delivery table by its contract. */
export function memoryDeliveries(): DeliveryStore & { readonly rows: Map<string, Delivery> } {
  const rows = new Map<string, Delivery>()
  const open = new Set<Delivery['status']>(['reserved', 'posting', 'doubtful'])
  const free = (row: Delivery, now: Date) =>
    open.has(row.status) &&
    row.dueAt <= now &&
    (row.leaseUntil === undefined || row.leaseUntil <= now) &&
    (row.retryAt === undefined || row.retryAt <= now)
  const lay = (id: string, change: DeliveryChange) => {
    const row = rows.get(id)
    if (!row) return
    const entries = Object.entries({ ...row, ...change }).filter(([, value]) => value !== null && value !== undefined)
    rows.set(id, Object.fromEntries(entries) as unknown as Delivery)
  }
  return {
    rows,
    async reserve(row, then) {
      const taken = [...rows.values()].some((other) => other.subscriptionId === row.subscriptionId && other.occurrence === row.occurrence)
      if (taken) return false
      rows.set(row.id, { attempts: 0, looks: 0, ...row, status: row.status ?? 'reserved' })
      await then.wake?.({ executeSql: async () => ({ rows: [] }) }, [row.id])
      return true
    },
    find: async (id) => rows.get(id),
    async take(id, { now, leaseUntil }) {
      const row = rows.get(id)
      if (!row || !free(row, now)) return undefined
      lay(id, { leaseUntil })
      return rows.get(id)
    },
    update: async (id, change) => lay(id, change),
    async updateHeld(id, leaseUntil, change) {
      if (rows.get(id)?.leaseUntil?.getTime() !== leaseUntil.getTime()) return false
      lay(id, change)
      return true
    },
    wakeable: async (now) => [...rows.values()].filter((row) => free(row, now)),
    async waiting(now) {
      const due = [...rows.values()].filter((row) => open.has(row.status) && row.dueAt <= now).map(({ dueAt }) => dueAt)
      const [oldestDueAt] = due.toSorted((a, b) => a.getTime() - b.getTime())
      return { count: due.length, ...(oldestDueAt && { oldestDueAt }) }
    },
    nextWakeAfter: async () => undefined,
    history: async (subscriptionId) => [...rows.values()].filter((row) => row.subscriptionId === subscriptionId),
    sentSince: async (since) =>
      [...rows.values()].filter((row) => row.status === 'sent' && row.sentAt !== undefined && row.sentAt >= since),
    byStatus: async (status) => [...rows.values()].filter((row) => row.status === status),
    voidLeases: async () => {
      for (const id of rows.keys()) lay(id, { leaseUntil: null })
    },
  }
}

export type PostBehaviour = 'post' | 'post-and-lose-answer' | 'post-late' | SlackFailure

/** A Slack that keeps what was posted and fails as told, one behaviour per post; afterwards it posts. */
export function memorySlack(behaviours: PostBehaviour[] = []) {
  const posted: Post[] = []
  const late: Post[] = []
  return {
    posted,
    /** Posts that were accepted and show up only now. */
    settle: () => void posted.push(...late.splice(0)),
    gate: { type: 'open', channelName: 'emea', isPrivate: true, people: [] } as GateVerdict,
    look: undefined as Look | undefined,
    async post(post: Post): Promise<Posted | SlackFailure> {
      const behaviour = behaviours.shift() ?? 'post'
      if (typeof behaviour !== 'string') return behaviour
      if (behaviour === 'post-late') late.push(post)
      else posted.push(post)
      if (behaviour !== 'post') return { type: 'ambiguous', error: 'TimeoutError' }
      return { type: 'posted', channelId: post.channelId, messageTs: `ts-${posted.length}` }
    },
    async find(id: string): Promise<Look> {
      if (this.look) return this.look
      const index = posted.findIndex((post) => post.deliveryId === id)
      return index < 0 ? { type: 'absent' } : { type: 'found', channelId: posted[index]?.channelId ?? '', messageTs: `ts-${index + 1}` }
    },
  }
}

/** A deliverer over the memory table and Slack, with everything it told the owner. */
export function delivering(options: {
  readonly slack: ReturnType<typeof memorySlack>
  readonly deliveries?: ReturnType<typeof memoryDeliveries>
  readonly subscriptions?: Map<string, Subscription>
  readonly clock?: ReturnType<typeof movableClock>
  readonly parts?: Partial<DeliverParts>
}) {
  const { slack } = options
  const clock = options.clock ?? movableClock(new Date('2026-11-23T08:00:00Z'))
  const deliveries = options.deliveries ?? memoryDeliveries()
  const subscriptions = options.subscriptions ?? new Map([['sub-1', subscription()]])
  const told: OwnerNotice[] = []
  const parts: DeliverParts = {
    deliveries,
    subscriptions: {
      find: async (id) => subscriptions.get(id),
      async update(id, change) {
        const one = subscriptions.get(id)
        const entries = Object.entries({ ...one, ...change }).filter(([, value]) => value !== null && value !== undefined)
        subscriptions.set(id, Object.fromEntries(entries) as unknown as Subscription)
      },
    },
    poster: { post: (post) => slack.post(post), update: async () => ({ type: 'refused', error: 'unused' }) },
    gate: { check: async () => slack.gate },
    reconciler: { look: ({ id }) => slack.find(id) },
    render: (message, plainer) => ({
      payload: { text: message.summary, blocks: plainer < 2 ? [{ plainer }] : [] },
      ...(message.thread && { thread: { text: 'the rest', blocks: [] } }),
    }),
    clock,
    log: quiet,
    looks: { firstMs: 30_000, secondMs: 60_000 },
    compose: async () => ({ type: 'ready', built: { message: { summary: 'EMEA: talk ratio 51 %', parts: [] }, shows: [], figures: {} } }),
    tellOwner: async (_subscription, _delivery, notice) => void told.push(notice),
    beforeSent: async () => undefined,
    wake: async () => undefined,
    ...options.parts,
  }
  const { deliver } = createDeliverer(parts)
  return {
    clock,
    deliveries,
    subscriptions,
    told,
    deliver,
    parts,
    /** Reserves Monday's run of a subscription. */
    reserve: (id = 'row-1', subscriptionId = 'sub-1', occurrence = '2026-11-23T09:00[Europe/Berlin]') =>
      deliveries.reserve({ id, subscriptionId, occurrence, dueAt: clock.now(), createdAt: clock.now() }, {}),
    /** Moves the clock and delivers whatever wants attention. */
    async after(ms: number) {
      clock.moveTo(new Date(clock.now().getTime() + ms))
      for (const row of await deliveries.wakeable(clock.now(), 100)) await deliver(row.id)
    },
  }
}
