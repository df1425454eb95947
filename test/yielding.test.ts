// Long work in turns: everything is done once and in order, and what waits meanwhile gets its turn.
import { describe, expect, it } from 'vitest'
import { forEachYielding, yieldBetween } from '../src/yielding.ts'

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

it('gives pieces of different work a turn of the event loop each', async () => {
  let turn = 0
  let isOver = false
  const count = (): void => {
    turn += 1
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  const turns: number[] = []
  const work = async (): Promise<void> => {
    for (let piece = 0; piece < 2; piece += 1) {
      await yieldBetween()
      busyMs(1)
      turns.push(turn)
    }
  }
  await Promise.all([work(), work(), work()])
  isOver = true
  // Three works of two pieces.
  expect(turns).toHaveLength(6)
  expect(new Set(turns).size).toBe(6)
})
