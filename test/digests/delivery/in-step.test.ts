// Deliveries under way at once go on together, one that is alone goes on at once, and nobody waits for ever.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createDeliverer } from '../../../src/digests/delivery/deliver.ts'
import { createInStep } from '../../../src/digests/delivery/in-step.ts'
import { delivering, memorySlack, onBothStores } from './delivering.ts'

const hourMs = 3_600_000

/** Three pieces of work that wait for each other, and who went on, in order. */
function threeAtOnce(longestWaitMs = hourMs) {
  const inStep = createInStep(longestWaitMs)
  const wentOn: string[] = []
  const steps = new Map<string, PromiseWithResolvers<void>>()
  const ends = ['a', 'b', 'c'].map((name) => {
    const arrives = Promise.withResolvers<void>()
    steps.set(name, arrives)
    return inStep.during(async () => {
      await arrives.promise
      await inStep.together()
      wentOn.push(name)
    })
  })
  const arrive = async (name: string): Promise<void> => {
    steps.get(name)?.resolve()
    await nextTurn()
  }
  return { wentOn, arrive, fail: (name: string) => steps.get(name)?.reject(new Error('ended')), ends: Promise.allSettled(ends) }
}

describe('work in step', () => {
  it('does not wait where it is alone', async () => {
    const inStep = createInStep()
    expect(await inStep.during(() => inStep.together().then(() => 'done'))).toBe('done')
  })

  it('goes on once everything under way has come so far', async () => {
    const { wentOn, arrive } = threeAtOnce()
    await arrive('b')
    await arrive('c')
    expect(wentOn).toEqual([])
    await arrive('a')
    expect(wentOn).toEqual(['b', 'c', 'a'])
  })

  it('does not wait for what has ended, well or not', async () => {
    const { wentOn, arrive, fail } = threeAtOnce()
    await arrive('a')
    await arrive('b')
    fail('c')
    await nextTurn()
    expect(wentOn).toEqual(['a', 'b'])
  })

  it('goes on after a moment without what never comes', async () => {
    const { wentOn, arrive, ends } = threeAtOnce(1)
    await arrive('a')
    await expect.poll(() => wentOn).toEqual(['a'])
    await arrive('b')
    await expect.poll(() => wentOn).toEqual(['a', 'b'])
    await arrive('c')
    await ends
    expect(wentOn).toEqual(['a', 'b', 'c'])
  })
})

onBothStores((store) => {
  it('a burst of deliveries is written in a few statements, and each is posted once', async () => {
    const slack = memorySlack()
    const names = Array.from({ length: 20 }, (_, index) => `row-${index}`)
    let marked = 0
    /** How many rows were marked in each turn of the event loop. */
    const turns: number[] = []
    const countTurn = (): void => {
      if (marked === 0)
        setImmediate(() => {
          turns.push(marked)
          marked = 0
        })
      marked += 1
    }
    const { deliveries } = store()
    const work = await delivering({
      store: store(),
      slack,
      subscriptions: Object.fromEntries(names.map((name) => [name, {}])),
      parts: {
        deliveries: {
          ...deliveries,
          renew(id, lease, change, leaseMs) {
            if (change.status === 'posting') countTurn()
            return deliveries.renew(id, lease, change, leaseMs)
          },
        },
      },
    })
    for (const name of names) await work.reserve(name, name)
    const { deliver } = createDeliverer(work.parts, createInStep(hourMs))
    await Promise.all(names.map((name) => deliver(work.idOf(name))))
    expect(work.postedRows().toSorted()).toEqual(names.toSorted())
    expect(turns).toEqual([20])
  })
})
