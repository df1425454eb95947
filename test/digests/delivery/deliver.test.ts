// The steps of a delivery: what Slack may do to it on its way, and what becomes of the row.

import { describe, expect, it } from 'vitest'
import { readBody } from '../../../src/reports/delivery-body.ts'
import { delivering, memorySlack, onBothStores, type PostBehavior } from './delivering.ts'

/** A digest with a rest for its thread. */
const twoPosts = async () => ({
  type: 'ready' as const,
  readBy: 'nobody',
  detail: 'medians' as const,
  built: { message: { summary: 'short', parts: [], thread: [] }, shows: [], mentions: [], figures: {} },
})

onBothStores((store) => {
  describe('a delivery', () => {
    it('posts once and is marked sent with its message', async () => {
      const slack = memorySlack()
      const work = await delivering({ store: store(), slack })
      await work.reserve()
      await work.deliver()
      await work.deliver()
      expect(slack.posted).toHaveLength(1)
      expect(slack.posted[0]?.channelId).toBe('C1')
      expect(work.postedRows()).toEqual(['row-1'])
      expect(await work.row()).toMatchObject({ status: 'sent', messageTs: 'ts-1', attempts: 1 })
    })

    it('looks twice, no sooner than 30 s after the attempt, before it posts again', async () => {
      const slack = memorySlack(['post-late'])
      const looks: number[] = []
      const work = await delivering({ store: store(), slack })
      const start = work.clock.now().getTime()
      work.parts.reconciler.look = async ({ id }) => {
        looks.push(work.clock.now().getTime() - start)
        return slack.find(id)
      }
      await work.reserve()
      await work.deliver()
      expect((await work.row())?.status).toBe('doubtful')
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
      const work = await delivering({ store: store(), slack })
      await work.reserve()
      await work.deliver()
      await work.after(30_000)
      slack.settle()
      await work.after(30_000)
      expect(slack.posted).toHaveLength(1)
      expect((await work.row())?.status).toBe('sent')
    })

    it('retries a fault with the same rendered body', async () => {
      const slack = memorySlack([{ type: 'unreached', error: 'ECONNREFUSED' }])
      let composed = 0
      const work = await delivering({
        store: store(),
        slack,
        parts: {
          build: async () => {
            composed += 1
            return {
              type: 'ready',
              readBy: 'nobody',
              detail: 'medians',
              built: { message: { summary: `version ${composed}`, parts: [] }, shows: [], mentions: [], figures: {} },
            }
          },
        },
      })
      await work.reserve()
      await work.deliver()
      await work.after(5000)
      expect(slack.posted.map((post) => post.payload.text)).toEqual(['version 1'])
    })

    it.each([
      ['goes to another channel now', { destination: { type: 'channel', channelId: 'C2' } }, 'C2'],
      ['goes to one reader now', { destination: { type: 'dm', slackUserId: 'U1' } }, 'U1'],
      ['is about another team now', { subjectId: 'another' }, 'C1'],
    ] as const)('builds anew what was not posted yet when the digest %s', async (_what, change, channelId) => {
      const slack = memorySlack([{ type: 'unreached', error: 'ECONNREFUSED' }])
      let composed = 0
      const work = await delivering({
        store: store(),
        slack,
        parts: {
          build: async () => {
            composed += 1
            return {
              type: 'ready',
              readBy: 'nobody',
              detail: 'medians',
              built: { message: { summary: `version ${composed}`, parts: [] }, shows: [], mentions: [], figures: {} },
            }
          },
        },
      })
      await work.reserve()
      await work.deliver()
      await work.change(change)
      await work.after(5000)
      expect(slack.posted.map((post) => [post.channelId, post.payload.text])).toEqual([[channelId, 'version 2']])
    })

    it('says the same plainer when Slack refuses a block', async () => {
      const refused: PostBehavior = { type: 'blocks-refused', error: 'invalid_blocks', pointers: ['/blocks/2'] }
      const slack = memorySlack([refused, refused])
      const work = await delivering({ store: store(), slack })
      await work.reserve()
      await work.deliver()
      expect(slack.posted[0]?.payload).toEqual({ text: 'EMEA: talk ratio 51 %', blocks: [] })
      expect(readBody((await work.row())?.body ?? '').plainer).toBe(2)
    })

    it('leaves no doubt when a message could not be rendered: nothing was posted, and it is tried again', async () => {
      const slack = memorySlack()
      let renders = 0
      const work = await delivering({
        store: store(),
        slack,
        parts: {
          render: ({ summary }) => {
            renders += 1
            if (renders === 1) throw new Error('cannot be drawn')
            return { payload: { text: summary, blocks: [] } }
          },
        },
      })
      await work.reserve()
      await work.deliver()
      expect((await work.row())?.status).toBe('reserved')
      await work.after(300_000)
      expect(slack.posted).toHaveLength(1)
    })

    it('posts what did not fit into the thread, once', async () => {
      const slack = memorySlack()
      const work = await delivering({
        store: store(),
        slack,
        parts: {
          build: twoPosts,
        },
      })
      const bothPosts = [
        ['short', undefined],
        ['the rest', 'ts-1'],
      ]
      const posted = () => slack.posted.map((post) => [post.payload.text, post.threadTs])
      await work.reserve()
      // Both in one turn of the worker: nobody has to wake another for the thread.
      await work.deliver()
      expect(posted()).toEqual(bothPosts)
      await work.after(60_000)
      expect(posted()).toEqual(bothPosts)
    })

    it.each([
      ['restricted_action_non_threadable_channel', 'channel-gone', true],
      ['cannot_reply_to_message', 'channel-gone', true],
      ['slack_connect_file_link_sharing_blocked', 'refused', true],
      ['thread_not_found', 'channel-gone', false],
    ] as const)(
      'where Slack answers %s to the rest in the thread, the digest goes on and its owner hears: %s, %s',
      async (error, type, hears) => {
        const slack = memorySlack()
        const work = await delivering({
          store: store(),
          slack,
          parts: {
            build: twoPosts,
            poster: {
              slackNow: () => undefined,
              post: async (post) => (post.threadTs === undefined ? slack.post(post) : { type, error }),
              update: async () => ({ type: 'refused', error: 'unused' }),
            },
          },
        })
        await work.reserve()
        await work.deliver()
        await work.after(0)
        await work.after(60_000)
        expect(slack.posted.map(({ payload }) => payload.text)).toEqual(['short'])
        expect((await work.subscription())?.status).toBe('active')
        expect(work.notices).toEqual(hears ? [{ type: 'rest-dropped', slackError: error }] : [])
      },
    )

    it('asks the owner, once, when it may not read the channel', async () => {
      const slack = memorySlack(['post-and-lose-answer'])
      slack.look = { type: 'blind', error: 'missing_scope' }
      const work = await delivering({ store: store(), slack })
      await work.reserve()
      await work.deliver()
      await work.after(30_000)
      await work.after(60_000)
      expect(work.notices).toEqual([{ type: 'doubt' }])
      expect(slack.posted).toHaveLength(1)
    })
  })

  it('sent by hand does not reach a reader who stopped it before it went out', async () => {
    const slack = memorySlack([{ type: 'rate-limited', retryAfterMs: 60_000, error: 'ratelimited' }])
    const work = await delivering({
      store: store(),
      slack,
      subscriptions: { 'sub-1': { destination: { type: 'dm', slackUserId: 'U101' } } },
    })
    const now = work.clock.now()
    const row = { id: work.idOf('row-1'), subscriptionId: work.idOf('sub-1'), occurrence: 'manual:T1', dueAt: now, createdAt: now }
    await store().deliveries.reserve({ ...row, sentBy: 'UOWNER' }, {})
    await work.deliver()
    await work.change({ status: 'stopped', nextAt: null })
    await work.after(120_000)
    expect(slack.posted).toEqual([])
    expect(await work.row()).toMatchObject({ status: 'skipped', reason: 'stopped' })
  })
})
