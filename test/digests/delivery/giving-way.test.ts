// Fewer deliveries beside each other while the event loop is late, more again afterwards, and every one of them gets its turn.
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createGivingWay, nextMost } from '../../../src/digests/delivery/giving-way.ts'

/** Nothing else runs meanwhile. */
function holdLoop(forMs: number): void {
  const until = performance.now() + forMs
  while (performance.now() < until);
}

test('a late loop takes a quarter away, never below four; one on time gives one back in four looks', () => {
  expect(nextMost(Number.POSITIVE_INFINITY, 48, 26)).toBe(36)
  expect(nextMost(36, 36, 300)).toBe(27)
  expect(nextMost(36, 12, 26)).toBe(9)
  expect(nextMost(4, 4, 26)).toBe(4)
  expect(nextMost(36, 0, 26)).toBe(4)
  expect(nextMost(9, 9, 25)).toBe(9.25)
  expect(nextMost(Number.POSITIVE_INFINITY, 48, 0)).toBe(Number.POSITIVE_INFINITY)
})

test('as long as the loop was never late, all begin at once', async () => {
  const givingWay = createGivingWay()
  const { promise, resolve } = Promise.withResolvers<void>()
  let begun = 0
  const all = Promise.all(
    Array.from({ length: 100 }, () =>
      givingWay.during(() => {
        begun += 1
        return promise
      }),
    ),
  )
  await nextTurn()
  expect(begun).toBe(100)
  resolve()
  await all
})

test('after a late loop fewer go on beside each other, in their order, and all of them do', async () => {
  const givingWay = createGivingWay()
  let underWay = 0
  let most = 0
  const begun: number[] = []
  const work = (nth: number) => async (): Promise<void> => {
    underWay += 1
    most = Math.max(most, underWay)
    begun.push(nth)
    // Every piece of work is itself what makes the loop late.
    holdLoop(30)
    await wait(1)
    underWay -= 1
  }
  await Promise.all(Array.from({ length: 8 }, (_, nth) => givingWay.during(work(nth))))
  expect(most).toBe(8)
  most = 0
  await Promise.all(Array.from({ length: 40 }, (_, nth) => givingWay.during(work(8 + nth))))
  // Without giving way it were all forty.
  expect(most).toBeLessThanOrEqual(20)
  expect(begun).toEqual(Array.from({ length: 48 }, (_, nth) => nth))
})

test('one that fails gives its place back', async () => {
  const givingWay = createGivingWay()
  for (let nth = 0; nth < 5; nth += 1) {
    const failing = givingWay.during(async () => {
      holdLoop(60)
      throw new Error(`number ${nth}`)
    })
    await expect(failing).rejects.toThrow(`number ${nth}`)
    await wait(25)
  }
  expect(await givingWay.during(async () => 'done')).toBe('done')
})
