// What is asked in one turn is asked once; each asker gets their own answer, or everybody the error.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { batched, batchedByKey } from '../../../src/store/database/batch.ts'

describe('questions of one turn', () => {
  it('go as one, answered each in its place, though they are asked in different steps of the turn', async () => {
    const asked: (readonly number[])[] = []
    const double = batched(async (numbers: readonly number[]) => {
      asked.push(numbers)
      return numbers.map((number) => number * 2)
    })
    const later = Promise.resolve().then(() => double(3))
    expect(await Promise.all([double(1), double(2), later])).toEqual([2, 4, 6])
    await nextTurn()
    expect(await double(1)).toBe(2)
    expect(asked).toEqual([[1, 2, 3], [1]])
  })

  it('get the same error when they cannot be asked, and the next turn asks anew', async () => {
    let isDown = true
    const ask = batched(async (keys: readonly string[]) => {
      if (isDown) throw new Error('down')
      return keys
    })
    expect((await Promise.allSettled([ask('a'), ask('b')])).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    isDown = false
    expect(await ask('a')).toBe('a')
  })

  it('of more than a hundred go in several goes', async () => {
    const sizes: number[] = []
    const ask = batched(async (numbers: readonly number[]) => {
      sizes.push(numbers.length)
      return numbers
    })
    await Promise.all(Array.from({ length: 250 }, (_, index) => ask(index)))
    expect(sizes).toEqual([100, 100, 50])
  })

  it('about one key are one question, and what is not there is undefined', async () => {
    const asked: (readonly string[])[] = []
    const find = batchedByKey(async (keys) => {
      asked.push(keys)
      return new Map([['a', 1]])
    })
    expect(await Promise.all([find('a'), find('b'), find('a')])).toEqual([1, undefined, 1])
    expect(asked).toEqual([['a', 'b']])
  })
})
