// Long work in turns: everything is done once and in order, and what waits meanwhile gets its turn.
import { describe, expect, it } from 'vitest'
import { forEachYielding, nextTurn, yieldBetween } from '../src/yielding.ts'
import { busyMs, countingTurns, turnsOfTen } from './kit/turns-of-loop.ts'

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

describe('pieces of different work', () => {
  it('get a turn of the event loop each', async () => {
    const turns: number[] = []
    await countingTurns((now) => {
      const work = async (): Promise<void> => {
        for (let piece = 0; piece < 2; piece += 1) {
          await yieldBetween()
          busyMs(1)
          turns.push(now())
        }
      }
      return Promise.all([work(), work(), work()])
    })
    // Three works of two pieces.
    expect(turns).toHaveLength(6)
    expect(new Set(turns).size).toBe(6)
  })

  it('get one each however many answers arrive in the same turn', async () => {
    expect(await turnsOfTen(nextTurn)).toBe(10)
  })

  it('share a turn while they are short, in their order', async () => {
    const done: number[] = []
    const turns: number[] = []
    await countingTurns((now) =>
      Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          await nextTurn()
          done.push(index)
          turns.push(now())
        }),
      ),
    )
    expect(done).toEqual(Array.from({ length: 200 }, (_, index) => index))
    // Two hundred of some microseconds each: how many turns that takes depends on the machine, but never one each.
    expect(new Set(turns).size).toBeLessThan(200)
  })

  it('go on after one that fails', async () => {
    const failing = nextTurn().then(() => Promise.reject(new Error('not this one')))
    const after = nextTurn().then(() => 'done')
    await expect(failing).rejects.toThrow('not this one')
    await expect(after).resolves.toBe('done')
  })
})
