// By which words of their name somebody is looked for in what others wrote.
import { expect, it } from 'vitest'
import { partsOfNames } from '../../src/store/people/parts-of-names.ts'

it.each([
  [
    ['Anna van den Berg', 'anna.berg'],
    ['anna', 'berg'],
  ],
  [['Jean-Claude Van Damme'], ['jean', 'claude', 'damme']],
  [['Al Gore'], ['al', 'gore']],
  [['J. R. Ødegård de la Cruz'], ['ødegård', 'cruz']],
  [['李 小龙'], ['小龙']],
  [[' '], []],
] as const)('%j: by %j', (names, words) => {
  expect(partsOfNames(names)).toEqual(words)
})
