// Comparing everybody's name with what was typed: whom it finds, and that other work goes on meanwhile.
import { expect, it } from 'vitest'
import { called } from '../../../src/bot/words/name-match.ts'
import { busyMs, countingTurns } from '../../kit/turns-of-loop.ts'

const people = ['Ana Diaz', 'Ana Maria Díaz-Müller', 'Dan Amos', 'Ben Okafor'].map((name) => ({ name }))
const foundBy = async (typed: string) => {
  const { named, perhaps } = await called(typed, people)
  return [named.map(({ name }) => name), perhaps.map(({ name }) => name)]
}

it('names for certain by whole names in any order and their beginnings, perhaps by a part, and nobody by more than a name holds', async () => {
  expect(await foundBy('ana')).toEqual([['Ana Diaz', 'Ana Maria Díaz-Müller'], []])
  expect(await foundBy('diaz a')).toEqual([['Ana Diaz', 'Ana Maria Díaz-Müller'], []])
  expect(await foundBy('mueller ana')).toEqual([['Ana Maria Díaz-Müller'], []])
  expect(await foundBy('a a ana')).toEqual([[], []])
  expect(await foundBy('an am')).toEqual([[], ['Dan Amos']])
  expect(await foundBy('ana '.repeat(50).trim())).toEqual([[], []])
  expect(await foundBy('a'.repeat(199))).toEqual([[], []])
})

it('lets others go on between the people', async () => {
  await countingTurns(async (now) => {
    // Reading each name takes a while, as it does of thousands with accents.
    const many = Array.from({ length: 20 }, () => ({
      get name() {
        busyMs(2)
        return 'Ana Díaz'
      },
    }))
    const began = now()
    expect((await called('ana', many)).named).toHaveLength(20)
    expect(now() - began).toBeGreaterThanOrEqual(19)
  })
})
