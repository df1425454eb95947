// A Slack in memory that can fail in every way Slack does, and a deliverer between it and a real delivery table: the steps of a delivery
// are the same on both databases.

import { afterAll, beforeAll, describe } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { createDeliverer } from '../../../src/digests/delivery/deliver.ts'
import type { DeliverDeps } from '../../../src/digests/delivery/deps.ts'
import type { OwnerNotice } from '../../../src/digests/delivery/outcomes.ts'
import type { SendingRights } from '../../../src/digests/sending-rights.ts'
import type { Delivery, Subscription } from '../../../src/domain/subscription.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { createLog } from '../../../src/log.ts'
import type { GateVerdict, Look, Post, Posted, SlackFailure } from '../../../src/slack-ports.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { openOn, reusedMemoryStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'
import { onPostgres } from '../../store/backends.ts'

/** Runs the suite on the embedded database and on Postgres, each with one store for all of its tests. */
export function onBothStores(suite: (store: () => OpenedStore) => void): void {
  const opening = (open: () => Promise<OpenedStore>): void => {
    let store: OpenedStore | undefined
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store?.close())
    suite(() => {
      if (!store) throw new Error('the store is not open yet')
      return store
    })
  }
  describe('embedded', () => opening(() => reusedMemoryStore({ realTime })))
  onPostgres((database) => opening(async () => openOn(await database(), { realTime })))
}

/** By which leases run out: it goes on through all tests, whose own clocks begin anew, and has nothing to do with those. */
const realTime = movableClock(new Date('2001-01-01T00:00:00Z'))

const quiet = createLog('silent' as 'info', { write: () => undefined })

const may: SendingRights = {
  type: 'may',
  subject: { type: 'team', managerId: '100' },
  chart: orgChart([]),
  today: '2026-11-23',
  reader: undefined,
  names: false,
  namesDropped: undefined,
  onlookers: undefined,
  readBy: () => 'nobody',
}

export type PostBehavior = 'post' | 'post-and-lose-answer' | 'post-late' | SlackFailure

/** A Slack that keeps what was posted and fails as it is given, one behavior per post; afterwards it posts. */
export function memorySlack(behaviors: PostBehavior[] = []) {
  const posted: Post[] = []
  const late: Post[] = []
  return {
    posted,
    /** Posts that were accepted and show up only now. */
    settle: () => void posted.push(...late.splice(0)),
    gate: { type: 'open', channelName: 'emea', isPrivate: true, people: [] } as GateVerdict,
    look: undefined as Look | undefined,
    async post(post: Post): Promise<Posted | SlackFailure> {
      if (post.right.leftMs() <= 0) return { type: 'unreached', error: 'lease_ended' }
      const behavior = behaviors.shift() ?? 'post'
      if (typeof behavior !== 'string') return behavior
      if (behavior === 'post-late') late.push(post)
      else posted.push(post)
      if (behavior !== 'post') return { type: 'ambiguous', error: 'TimeoutError' }
      return { type: 'posted', channelId: post.channelId, messageTs: `ts-${posted.length}` }
    },
    async find(id: string): Promise<Look> {
      if (this.look) return this.look
      const index = posted.findIndex((post) => post.deliveryId === id)
      return index < 0 ? { type: 'absent' } : { type: 'found', channelId: posted[index]?.channelId ?? '', messageTs: `ts-${index + 1}` }
    },
  }
}

/** 09:00 in Berlin. */
const monday = new Date('2026-11-23T08:00:00Z')

/** Deliveries of some digests, their rows named within the test; the store may hold those of other tests. */
export async function delivering(options: {
  readonly store: OpenedStore
  readonly slack: ReturnType<typeof memorySlack>
  /** By name; one called `sub-1` unless given. */
  readonly subscriptions?: Readonly<Record<string, Partial<Subscription>>>
  readonly parts?: Partial<DeliverDeps>
  /** When its clock begins; the same Monday unless given. */
  readonly beginsAt?: Date
}) {
  const { store, slack, subscriptions: wanted = { 'sub-1': {} }, beginsAt = monday } = options
  const mark = crypto.randomUUID()
  const idOf = (name: string): string => `${name}/${mark}`
  const nameOf = (id: string): string => id.split('/')[0] ?? id
  const clock = movableClock(beginsAt)
  for (const [name, change] of Object.entries(wanted))
    await store.subscriptions.insert(teamDigest({ id: idOf(name), nextAt: new Date('2026-11-30T08:00:00Z'), ...change }))
  const notices: OwnerNotice[] = []
  const outages: { readonly key: string; readonly words: string }[] = []
  const ended: string[] = []
  const parts: DeliverDeps = {
    deliveries: store.deliveries,
    subscriptions: store.subscriptions,
    poster: {
      slackNow: () => undefined,
      post: (post) => slack.post(post),
      update: async () => ({ type: 'refused', error: 'unused' }),
    },
    gate: { check: async () => slack.gate },
    reconciler: { look: ({ id }) => slack.find(id) },
    render: (message, plainer) => ({
      payload: { text: message.summary, blocks: plainer < 2 ? [{ plainer }] : [] },
      ...(message.thread && { thread: { summary: 'the rest', parts: [] } }),
    }),
    clock,
    log: quiet,
    retriesInRealTime: true,
    lostRows: async () => undefined,
    keyedHash: store.keyedHash,
    lookTimes: { sendMs: 10_000, firstMs: 30_000, secondMs: 60_000 },
    build: async () => ({
      type: 'ready',
      readBy: 'nobody',
      detail: 'medians',
      built: { message: { summary: 'EMEA: talk ratio 51 %', parts: [] }, shows: [], mentions: [], figures: {} },
    }),
    rebuild: async () => undefined,
    notifyOwner: async (_subscription, _delivery, notice) => void notices.push(notice),
    // Whoever may see nothing is tested with the rights themselves; here everybody may see the medians.
    rights: async () => may,
    mayReadNotice: async () => true,
    recordSent: async () => undefined,
    recordIntroduced: async () => undefined,
    outages: {
      begin: async (key, words) => {
        if (!outages.some((each) => each.key === key)) outages.push({ key, words })
      },
      end: async (key) => void (outages.some((each) => each.key === key) && outages.splice(0) && ended.push(key)),
      open: async () => [],
    },
    ...options.parts,
  }
  /** Another process on the same table, Slack and clock. */
  const worker = (more: Partial<DeliverDeps> = {}) => {
    const { deliver } = createDeliverer({ ...parts, ...more })
    return {
      deliver: (name = 'row-1') => deliver(idOf(name)),
      /** Moves the clock and real time, and delivers whatever of this test wants attention. */
      async after(ms: number): Promise<void> {
        for (const moving of [clock, realTime]) moving.moveTo(new Date(moving.now().getTime() + ms))
        const rows = await store.deliveries.wakeable(clock.now(), 1000)
        for (const row of rows) if (row.subscriptionId.endsWith(mark)) await deliver(row.id)
      },
    }
  }
  return {
    clock,
    notices,
    /** Episodes in which Slack refuses everything: those open, and the keys of those that ended. */
    outages,
    ended,
    parts,
    /** Of a row or subscription, by its name. */
    idOf,
    worker,
    ...worker(),
    /** What was posted into conversations, not threads, by the names of the rows. */
    postedRows: () => slack.posted.filter(({ threadTs }) => threadTs === undefined).map(({ deliveryId }) => nameOf(deliveryId)),
    row: (name = 'row-1'): Promise<Delivery | undefined> => store.deliveries.find(idOf(name)),
    subscription: (name = 'sub-1') => store.subscriptions.find(idOf(name)),
    change: (change: Parameters<typeof store.subscriptions.update>[1], name = 'sub-1') => store.subscriptions.update(idOf(name), change),
    /** Reserves Monday's run of a subscription, which has been due for a while. */
    reserve: (name = 'row-1', subscriptionName = 'sub-1', dueForMs = 0) =>
      store.deliveries.reserve(
        {
          id: idOf(name),
          subscriptionId: idOf(subscriptionName),
          occurrence: '2026-11-23T09:00[Europe/Berlin]',
          dueAt: new Date(clock.now().getTime() - dueForMs),
          createdAt: clock.now(),
        },
        {},
      ),
  }
}
