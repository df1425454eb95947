// Long work in turns: everything is done once and in order, and what waits meanwhile gets its turn.
import { describe, expect, it } from 'vitest'
import { forEachYielding } from '../src/yielding.ts'

const busyMs = (ms: number): void => {
  const until = performance.now() + ms
  while (performance.now() < until);
}

describe('long work in turns', () => {
  it('does everything once, in order', async () => {
    const done: number[] = []
    await forEachYielding([3, 1, 2], (item) => void done.push(item))
    expect(done).toEqual([3, 1, 2])
  })

  it('lets what waits go first between two long items', async () => {
    const order: string[] = []
    setImmediate(() => order.push('somebody else'))
    await forEachYielding(['first', 'second'], (item) => {
      busyMs(5)
      order.push(item)
    })
    expect(order).toEqual(['first', 'somebody else', 'second'])
  })

  it('ends with the error of the work', async () => {
    const done: number[] = []
    const working = forEachYielding([1, 2, 3], (item) => {
      if (item === 2) throw new Error('not this one')
      done.push(item)
    })
    await expect(working).rejects.toThrow('not this one')
    expect(done).toEqual([1])
  })
})
