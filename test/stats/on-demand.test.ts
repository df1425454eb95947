// A map made on demand is a map in every other respect.
import { expect, it } from 'vitest'
import { onDemand } from '../../src/stats/on-demand.ts'

const words = new Map([
  ['a', 'talk'],
  ['b', 'listen'],
  ['c', 'ask'],
])

it('works a value out when it is looked at, once', () => {
  const made: string[] = []
  const lengths = onDemand(words, (word) => {
    made.push(word)
    return word.length
  })
  expect([lengths.size, lengths.has('c'), lengths.has('d'), lengths.get('d')]).toEqual([3, true, false, undefined])
  expect(made).toEqual([])
  expect([lengths.get('c'), lengths.get('c')]).toEqual([3, 3])
  expect(made).toEqual(['ask'])
})

it('is read whole in the order of its keys, whatever was looked at before', () => {
  const lengths = onDemand(words, (word) => word.length)
  lengths.get('c')
  const all: [string, number][] = [
    ['a', 4],
    ['b', 6],
    ['c', 3],
  ]
  expect([...lengths]).toEqual(all)
  expect([...lengths.keys()]).toEqual(['a', 'b', 'c'])
  expect([...lengths.values()]).toEqual([4, 6, 3])
  const visited: [string, number][] = []
  lengths.forEach((value, key) => {
    visited.push([key, value])
  })
  expect(visited).toEqual(all)
})

it('keeps a value that is nothing', () => {
  let made = 0
  const none = onDemand(words, () => {
    made += 1
    return undefined
  })
  expect([none.get('a'), none.get('a'), made]).toEqual([undefined, undefined, 1])
})
