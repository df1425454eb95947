// The steps of a delivery: what Slack may do, and what becomes of the row, the subscription and its owner.
import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { readBody } from '../../src/slack/delivery-body.ts'
import { deliverySteps } from '../../src/slack/delivery-parts.ts'
import { delivering, memoryDeliveries, memorySlack, type PostBehaviour, subscription } from './delivery-fakes.ts'

describe('a delivery', () => {
  it('posts once and is marked sent with its message', async () => {
    const slack = memorySlack()
    const work = delivering({ slack })
    await work.reserve()
    await work.deliver('row-1')
    await work.deliver('row-1')
    expect(slack.posted).toHaveLength(1)
    expect(slack.posted[0]).toMatchObject({ channelId: 'C1', deliveryId: 'row-1' })
    expect(work.deliveries.rows.get('row-1')).toMatchObject({ status: 'sent', messageTs: 'ts-1', attempts: 1 })
  })

  it('looks twice, no sooner than 30 s after the attempt, before it posts again', async () => {
    const slack = memorySlack(['post-late'])
    const looks: number[] = []
    const work = delivering({ slack })
    const start = work.clock.now().getTime()
    work.parts.reconciler.look = async ({ id }) => {
      looks.push(work.clock.now().getTime() - start)
      return slack.find(id)
    }
    await work.reserve()
    await work.deliver('row-1')
    expect(work.deliveries.rows.get('row-1')?.status).toBe('doubtful')
    await work.after(29_000)
    expect(looks).toEqual([])
    await work.after(1000)
    await work.after(29_000)
    await work.after(1000)
    expect(looks).toEqual([30_000, 60_000])
    expect(slack.posted).toHaveLength(1)
  })

  it('finds a post that landed late and does not repeat it', async () => {
    const slack = memorySlack(['post-late'])
    const work = delivering({ slack })
    await work.reserve()
    await work.deliver('row-1')
    await work.after(30_000)
    slack.settle()
    await work.after(30_000)
    expect(slack.posted).toHaveLength(1)
    expect(work.deliveries.rows.get('row-1')?.status).toBe('sent')
  })

  it('retries a fault with the same rendered body', async () => {
    const slack = memorySlack([{ type: 'unreached', error: 'ECONNREFUSED' }])
    let composed = 0
    const work = delivering({
      slack,
      parts: {
        compose: async () => {
          composed += 1
          return { type: 'ready', built: { message: { summary: `version ${composed}`, parts: [] }, shows: [], figures: {} } }
        },
      },
    })
    await work.reserve()
    await work.deliver('row-1')
    await work.after(5000)
    expect(slack.posted.map((post) => post.payload.text)).toEqual(['version 1'])
  })

  it.each([
    ['goes to another channel now', { target: { type: 'channel', channelId: 'C2' } }, 'C2'],
    ['goes to one reader now', { target: { type: 'dm', slackUserId: 'U1' } }, 'U1'],
    ['is about another team now', { subjectId: 'another' }, 'C1'],
  ] as const)('builds anew what was not posted yet when the digest %s', async (_what, change, channelId) => {
    const slack = memorySlack([{ type: 'unreached', error: 'ECONNREFUSED' }])
    let composed = 0
    const work = delivering({
      slack,
      parts: {
        compose: async () => {
          composed += 1
          return { type: 'ready', built: { message: { summary: `version ${composed}`, parts: [] }, shows: [], figures: {} } }
        },
      },
    })
    await work.reserve()
    await work.deliver('row-1')
    work.subscriptions.set('sub-1', { ...subscription(), ...change })
    await work.after(5000)
    expect(slack.posted.map((post) => [post.channelId, post.payload.text])).toEqual([[channelId, 'version 2']])
  })

  it('says the same plainer when Slack refuses a block', async () => {
    const refused: PostBehaviour = { type: 'blocks-refused', error: 'invalid_blocks', pointers: ['/blocks/2'] }
    const slack = memorySlack([refused, refused])
    const work = delivering({ slack })
    await work.reserve()
    await work.deliver('row-1')
    expect(slack.posted[0]?.payload).toEqual({ text: 'EMEA: talk ratio 51 %', blocks: [] })
    expect(readBody(work.deliveries.rows.get('row-1')?.body ?? '').plainer).toBe(2)
  })

  it('posts what did not fit into the thread, once', async () => {
    const slack = memorySlack()
    const work = delivering({
      slack,
      parts: {
        compose: async () => ({ type: 'ready', built: { message: { summary: 'short', parts: [], thread: [] }, shows: [], figures: {} } }),
      },
    })
    await work.reserve()
    await work.deliver('row-1')
    await work.after(0)
    await work.after(60_000)
    expect(slack.posted.map((post) => [post.payload.text, post.threadTs])).toEqual([
      ['short', undefined],
      ['the rest', 'ts-1'],
    ])
  })

  it('asks the owner, once, when it may not read the channel', async () => {
    const slack = memorySlack(['post-and-lose-answer'])
    slack.look = { type: 'blind', error: 'missing_scope' }
    const work = delivering({ slack })
    await work.reserve()
    await work.deliver('row-1')
    await work.after(30_000)
    await work.after(60_000)
    expect(work.told).toEqual([{ type: 'doubt' }])
    expect(slack.posted).toHaveLength(1)
  })
})

describe('what can be wrong with a channel', () => {
  const cases = [
    { name: 'archived', fault: { type: 'closed', reason: 'archived', people: 0 }, status: 'failed', paused: true, notice: 'channel-gone' },
    {
      name: 'the bot was removed',
      fault: { type: 'closed', reason: 'not-member', people: 0 },
      status: 'failed',
      paused: true,
      notice: 'channel-gone',
    },
    {
      name: 'shared with another company',
      fault: { type: 'closed', reason: 'shared', people: 0 },
      status: 'held',
      paused: false,
      notice: 'held',
    },
    {
      name: 'people of another company',
      fault: { type: 'closed', reason: 'outsiders', people: 2 },
      status: 'held',
      paused: false,
      notice: 'held',
    },
    { name: 'guests', fault: { type: 'closed', reason: 'guests', people: 1 }, status: 'held', paused: false, notice: 'held' },
  ] as const
  for (const { name, fault, status, paused, notice } of cases) {
    it(`${name}: nothing is posted, the owner is told once`, async () => {
      const slack = memorySlack()
      slack.gate = fault
      const work = delivering({ slack })
      await work.reserve()
      await work.deliver('row-1')
      await work.after(3_600_000)
      expect(slack.posted).toEqual([])
      expect(work.deliveries.rows.get('row-1')?.status).toBe(status)
      expect(work.subscriptions.get('sub-1')?.status).toBe(paused ? 'paused' : 'active')
      expect(work.told.map(({ type }) => type)).toEqual([notice])
    })
  }

  it('pauses when Slack says at the post that the channel is gone', async () => {
    const slack = memorySlack([{ type: 'channel-gone', error: 'is_archived' }])
    const work = delivering({ slack })
    await work.reserve()
    await work.deliver('row-1')
    expect(work.subscriptions.get('sub-1')).toMatchObject({ status: 'paused', pausedWhy: 'is_archived' })
    expect(work.told).toEqual([{ type: 'channel-gone', slackError: 'is_archived' }])
  })

  it('asks nobody in again when the gate cannot be asked', async () => {
    const slack = memorySlack()
    slack.gate = { type: 'unknown', failure: { type: 'ambiguous', error: 'http_503' } }
    const work = delivering({ slack })
    await work.reserve()
    await work.deliver('row-1')
    expect(slack.posted).toEqual([])
    slack.gate = { type: 'open', channelName: 'emea', isPrivate: true, people: [] }
    await work.after(5000)
    expect(slack.posted).toHaveLength(1)
    expect(work.told).toEqual([])
  })
})

describe('what can be wrong with Slack', () => {
  it('stops the batch and pauses nobody when the token is refused', async () => {
    const slack = memorySlack([{ type: 'token-refused', error: 'token_revoked' }])
    const subscriptions = new Map(['sub-1', 'sub-2', 'sub-3'].map((id) => [id, subscription({ id })]))
    const work = delivering({ slack, subscriptions })
    for (const id of subscriptions.keys()) await work.reserve(`row-${id}`, id)
    for (const id of subscriptions.keys()) await work.deliver(`row-${id}`)
    expect(slack.posted).toEqual([])
    expect([...subscriptions.values()].map(({ status }) => status)).toEqual(['active', 'active', 'active'])
    expect(work.told).toEqual([])
    await work.after(300_000)
    expect(slack.posted).toHaveLength(3)
  })

  it('obeys a 429 for 90 s without stalling other channels', async () => {
    const slack = memorySlack([{ type: 'rate-limited', retryAfterMs: 90_000, error: 'ratelimited' }])
    const subscriptions = new Map([
      ['sub-1', subscription()],
      ['sub-2', subscription({ id: 'sub-2', target: { type: 'channel', channelId: 'C2' } })],
    ])
    const work = delivering({ slack, subscriptions })
    await work.reserve('row-1', 'sub-1')
    await work.reserve('row-2', 'sub-2')
    await work.deliver('row-1')
    await work.deliver('row-2')
    expect(slack.posted.map((post) => post.channelId)).toEqual(['C2'])
    await work.after(89_000)
    expect(slack.posted).toHaveLength(1)
    await work.after(1000)
    expect(slack.posted.map((post) => post.channelId)).toEqual(['C2', 'C1'])
  })

  it('delivers once after an hour without Slack, the owner undisturbed', async () => {
    const down: PostBehaviour = { type: 'ambiguous', error: 'http_503' }
    const slack = memorySlack([down])
    slack.look = { type: 'failed', failure: { type: 'ambiguous', error: 'http_503' } }
    const work = delivering({ slack })
    await work.reserve()
    await work.deliver('row-1')
    for (let minute = 0; minute < 60; minute += 1) await work.after(60_000)
    slack.look = undefined
    for (let minute = 0; minute < 25; minute += 1) await work.after(60_000)
    expect(slack.posted).toHaveLength(1)
    expect(work.told).toEqual([])
  })

  it('waits longer after each attempt that did not reach Slack: 5, 15, 45, 120, 300, then 600 s', async () => {
    const work = delivering({
      slack: memorySlack(Array.from({ length: 50 }, () => ({ type: 'unreached', error: 'ECONNREFUSED' }) as const)),
    })
    await work.reserve()
    await work.deliver('row-1')
    const waitsSeconds: number[] = []
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const { retryAt, postedAttemptAt } = work.deliveries.rows.get('row-1') ?? {}
      const waitMs = (retryAt?.getTime() ?? 0) - (postedAttemptAt?.getTime() ?? 0)
      waitsSeconds.push(waitMs / 1000)
      await work.after(waitMs)
    }
    expect(waitsSeconds).toEqual([5, 15, 45, 120, 300, 600, 600])
  })

  it('gives up after a day and tells the owner once', async () => {
    const work = delivering({
      slack: memorySlack(Array.from({ length: 500 }, () => ({ type: 'unreached', error: 'ECONNREFUSED' }) as const)),
    })
    await work.reserve()
    await work.deliver('row-1')
    for (let hour = 0; hour < 30; hour += 1) await work.after(3_600_000)
    expect(work.deliveries.rows.get('row-1')?.status).toBe('failed')
    expect(work.told).toEqual([{ type: 'given-up', slackError: 'ECONNREFUSED' }])
  })
})

describe('a process that dies in the middle', () => {
  const behaviours: readonly PostBehaviour[] = ['post', 'post-and-lose-answer', 'post-late', { type: 'unreached', error: 'ECONNREFUSED' }]
  for (const step of deliverySteps) {
    for (const behaviour of behaviours) {
      const name = typeof behaviour === 'string' ? behaviour : behaviour.type
      it(`at "${step}" while Slack does "${name}": the digest arrives exactly once`, async () => {
        const slack = memorySlack([behaviour])
        const deliveries = memoryDeliveries()
        const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
        const compose = async () => ({
          type: 'ready' as const,
          built: { message: { summary: 'short', parts: [], thread: [] }, shows: [], figures: {} },
        })
        let died = false
        const dying = delivering({
          slack,
          deliveries,
          clock,
          parts: {
            compose,
            // The process stops here: nothing after this line ever runs in it.
            step: (at) => {
              if (at !== step || died) return
              died = true
              return new Promise<void>(() => undefined)
            },
          },
        })
        await dying.reserve()
        void dying.deliver('row-1')
        await new Promise((resolve) => setImmediate(resolve))
        const heir = delivering({ slack, deliveries, clock, parts: { compose } })
        for (let seconds = 0; seconds < 300; seconds += 10) {
          if (seconds === 40) slack.settle()
          await heir.after(10_000)
        }
        expect(slack.posted.filter((post) => post.threadTs === undefined).map((post) => post.deliveryId)).toEqual(['row-1'])
        expect(slack.posted.filter((post) => post.threadTs !== undefined)).toHaveLength(1)
      })
    }
  }
})

describe('two workers', () => {
  it('do not both post when the first wakes up after its lease ran out', async () => {
    const slack = memorySlack()
    const deliveries = memoryDeliveries()
    const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
    let wakeUp: () => void = () => undefined
    const asleep = new Promise<void>((resolve) => {
      wakeUp = resolve
    })
    const first = delivering({ slack, deliveries, clock, parts: { step: (at) => (at === 'composed' ? asleep : undefined) } })
    const second = delivering({ slack, deliveries, clock })
    await first.reserve()
    const sleeping = first.deliver('row-1')
    await new Promise((resolve) => setImmediate(resolve))
    await second.after(31_000)
    wakeUp()
    await sleeping
    expect(slack.posted).toHaveLength(1)
  })
})
