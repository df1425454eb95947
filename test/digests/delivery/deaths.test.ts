// A process that dies or sleeps in the middle of a delivery, at every step and whatever Slack does meanwhile: exactly one post.
import { describe, expect, it } from 'vitest'
import { DatabaseUnreachable } from '../../../src/database-failure.ts'
import { deliverySteps } from '../../../src/digests/delivery/deps.ts'
import { delivering, memorySlack, onBothStores, type PostBehavior } from './delivering.ts'

onBothStores((store) => {
  describe('a process that dies in the middle', () => {
    const behaviors: readonly PostBehavior[] = ['post', 'post-and-lose-answer', 'post-late', { type: 'unreached', error: 'ECONNREFUSED' }]
    for (const step of deliverySteps) {
      for (const behavior of behaviors) {
        const name = typeof behavior === 'string' ? behavior : behavior.type
        it(`at "${step}" while Slack does "${name}": the digest arrives exactly once`, async () => {
          const slack = memorySlack([behavior])
          const compose = async () => ({
            type: 'ready' as const,
            readBy: 'nobody',
            detail: 'medians' as const,
            built: { message: { summary: 'short', parts: [], thread: [] }, shows: [], mentions: [], figures: {} },
          })
          const work = await delivering({ store: store(), slack, parts: { build: compose } })
          await work.reserve()
          const died = Promise.withResolvers<void>()
          // The process stops here: nothing after this line ever runs in it.
          const stopAt = (at: string): Promise<void> | undefined => {
            if (at !== step) return undefined
            died.resolve()
            return new Promise<void>(() => undefined)
          }
          await Promise.race([work.worker({ step: stopAt }).deliver(), died.promise])
          for (let seconds = 0; seconds < 300; seconds += 10) {
            if (seconds === 40) slack.settle()
            await work.after(10_000)
          }
          expect(work.postedRows()).toEqual(['row-1'])
          expect(slack.posted.filter((post) => post.threadTs !== undefined)).toHaveLength(1)
        })
      }
    }
  })

  it('a database that fails in the middle costs a delivery no more than its lease', async () => {
    const slack = memorySlack()
    const work = await delivering({ store: store(), slack })
    await work.reserve()
    const failing = work.worker({
      build: () => Promise.reject(new DatabaseUnreachable(new Error('Connection terminated unexpectedly'))),
    })
    await failing.deliver()
    await work.after(29_000)
    expect(slack.posted).toHaveLength(0)
    await work.after(2_000)
    expect(slack.posted).toHaveLength(1)
  })

  describe('two workers', () => {
    for (const step of ['taken', 'gated', 'composed', 'marked-posting'] as const) {
      it(`do not both post when the first falls asleep at "${step}" and wakes after its lease ran out`, async () => {
        const slack = memorySlack()
        const work = await delivering({ store: store(), slack })
        await work.reserve()
        const [isAsleep, wakeUp] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
        const sleeper = work.worker({
          step(at) {
            if (at !== step) return undefined
            isAsleep.resolve()
            return wakeUp.promise
          },
        })
        const sleeping = sleeper.deliver()
        await isAsleep.promise
        // The other one takes over, looks twice where a post may be on its way, and posts.
        for (let time = 0; time < 4; time += 1) await work.after(31_000)
        expect(slack.posted).toHaveLength(1)
        wakeUp.resolve()
        await sleeping
        await work.after(60_000)
        expect(slack.posted).toHaveLength(1)
        expect(work.postedRows()).toEqual(['row-1'])
      })
    }

    it('leave each other time: whoever takes over a post under way looks no sooner than the longest send after it', async () => {
      const slack = memorySlack(['post-late'])
      const work = await delivering({ store: store(), slack })
      await work.reserve()
      const died = Promise.withResolvers<void>()
      const stopAt = (at: string): Promise<void> | undefined => {
        if (at !== 'posted') return undefined
        died.resolve()
        return new Promise<void>(() => undefined)
      }
      await Promise.race([work.worker({ step: stopAt }).deliver(), died.promise])
      let looks = 0
      const look = ({ id }: { readonly id: string }) => {
        looks += 1
        return slack.find(id)
      }
      const taker = work.worker({ reconciler: { look } })
      await taker.after(31_000)
      await taker.after(9_000)
      expect(looks).toBe(0)
      slack.settle()
      await taker.after(2_000)
      expect([looks, slack.posted.length]).toEqual([1, 1])
    })
  })
})
