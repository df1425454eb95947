// What can be wrong with a channel and with Slack: what becomes of the row, of the subscription and its owner.
import { describe, expect, it } from 'vitest'
import { delivering, memorySlack, onBothStores, type PostBehavior } from './delivering.ts'

onBothStores((store) => {
  describe('what can be wrong with a channel', () => {
    const cases = [
      {
        name: 'archived',
        fault: { type: 'closed', reason: 'archived', people: 0 },
        status: 'failed',
        paused: true,
        notice: 'channel-gone',
      },
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
      it(`${name}: nothing is posted, the owner is notified once`, async () => {
        const slack = memorySlack()
        slack.gate = fault
        const work = await delivering({ store: store(), slack })
        await work.reserve()
        await work.deliver()
        await work.after(3_600_000)
        expect(slack.posted).toEqual([])
        expect((await work.row())?.status).toBe(status)
        expect((await work.subscription())?.status).toBe(paused ? 'paused' : 'active')
        expect(work.notices.map(({ type }) => type)).toEqual([notice])
      })
    }

    it('pauses when Slack says at the post that the channel is gone', async () => {
      const slack = memorySlack([{ type: 'channel-gone', error: 'is_archived' }])
      const work = await delivering({ store: store(), slack })
      await work.reserve()
      await work.deliver()
      expect(await work.subscription()).toMatchObject({ status: 'paused', pausedWhy: 'is_archived' })
      expect(work.notices).toEqual([{ type: 'channel-gone', slackError: 'is_archived' }])
    })

    it('asks nobody in again when the gate cannot be asked', async () => {
      const slack = memorySlack()
      slack.gate = { type: 'unknown', failure: { type: 'ambiguous', error: 'http_503' } }
      const work = await delivering({ store: store(), slack })
      await work.reserve()
      await work.deliver()
      expect(slack.posted).toEqual([])
      slack.gate = { type: 'open', channelName: 'emea', isPrivate: true, people: [] }
      await work.after(5000)
      expect(slack.posted).toHaveLength(1)
      expect(work.notices).toEqual([])
    })
  })

  describe('what can be wrong with Slack', () => {
    it('stops the batch and pauses nobody when the token is refused', async () => {
      const slack = memorySlack([{ type: 'token-refused', error: 'token_revoked' }])
      const names = ['sub-1', 'sub-2', 'sub-3']
      const work = await delivering({ store: store(), slack, subscriptions: { 'sub-1': {}, 'sub-2': {}, 'sub-3': {} } })
      for (const name of names) await work.reserve(`row-${name}`, name)
      for (const name of names) await work.deliver(`row-${name}`)
      expect(slack.posted).toEqual([])
      for (const name of names) expect((await work.subscription(name))?.status).toBe('active')
      expect(work.notices).toEqual([])
      await work.after(300_000)
      await work.after(20_000)
      expect(slack.posted).toHaveLength(3)
    })

    it('obeys a 429 for 90 s without stalling other channels', async () => {
      const slack = memorySlack([{ type: 'rate-limited', retryAfterMs: 90_000, error: 'ratelimited' }])
      const subscriptions = { 'sub-1': {}, 'sub-2': { destination: { type: 'channel', channelId: 'C2' } } } as const
      const work = await delivering({ store: store(), slack, subscriptions })
      await work.reserve('row-1', 'sub-1')
      await work.reserve('row-2', 'sub-2')
      await work.deliver()
      await work.deliver('row-2')
      expect(slack.posted.map((post) => post.channelId)).toEqual(['C2'])
      await work.after(89_000)
      expect(slack.posted).toHaveLength(1)
      await work.after(1000)
      expect(slack.posted.map((post) => post.channelId)).toEqual(['C2', 'C1'])
    })

    it('delivers once after an hour without Slack, the owner undisturbed', async () => {
      const down: PostBehavior = { type: 'ambiguous', error: 'http_503' }
      const slack = memorySlack([down])
      slack.look = { type: 'failed', failure: { type: 'ambiguous', error: 'http_503' } }
      const work = await delivering({ store: store(), slack })
      await work.reserve()
      await work.deliver()
      for (let minute = 0; minute < 60; minute += 1) await work.after(60_000)
      slack.look = undefined
      for (let minute = 0; minute < 25; minute += 1) await work.after(60_000)
      expect(slack.posted).toHaveLength(1)
      expect(work.notices).toEqual([])
    })

    it('waits longer after each attempt that did not reach Slack: 5, 15, 45, 120, 300, then 600 s', async () => {
      const work = await delivering({
        store: store(),
        slack: memorySlack(Array.from({ length: 50 }, () => ({ type: 'unreached', error: 'ECONNREFUSED' }) as const)),
      })
      await work.reserve()
      await work.deliver()
      const waitsSeconds: number[] = []
      for (let attempt = 1; attempt <= 7; attempt += 1) {
        const { retryAt, postedAttemptAt } = (await work.row()) ?? {}
        const waitMs = (retryAt?.getTime() ?? 0) - (postedAttemptAt?.getTime() ?? 0)
        waitsSeconds.push(waitMs / 1000)
        await work.after(waitMs)
      }
      expect(waitsSeconds).toEqual([5, 15, 45, 120, 300, 600, 600])
    })

    it('tries for a day what was reserved days after it was due, because nothing ran meanwhile', async () => {
      const unreached = { type: 'unreached', error: 'ECONNREFUSED' } as const
      const work = await delivering({ store: store(), slack: memorySlack([unreached, unreached]) })
      await work.reserve('row-1', 'sub-1', 3 * 86_400_000)
      await work.deliver()
      expect((await work.row())?.status).toBe('reserved')
      for (let minute = 0; minute < 2; minute += 1) await work.after(60_000)
      expect(work.postedRows()).toEqual(['row-1'])
      expect(work.notices).toEqual([])
    })

    it('gives up after a day and tells the owner once', async () => {
      const work = await delivering({
        store: store(),
        slack: memorySlack(Array.from({ length: 500 }, () => ({ type: 'unreached', error: 'ECONNREFUSED' }) as const)),
      })
      await work.reserve()
      await work.deliver()
      for (let hour = 0; hour < 30; hour += 1) await work.after(3_600_000)
      expect((await work.row())?.status).toBe('failed')
      // 5, 15, 45, 120 and 300 s, then every hour in which the test looks: 24 of them lie within the day.
      expect(work.notices).toEqual([expect.objectContaining({ type: 'given-up', slackError: 'ECONNREFUSED' })])
    })
  })
})
