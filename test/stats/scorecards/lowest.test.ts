import { describe, expect, it } from 'vitest'
import { lowestFirst, placeOnScale } from '../../../src/stats/scorecards/lowest.ts'

describe('the lowest score', () => {
  it('is the lowest by its place on its scale, from the low end', () => {
    // (2−1) ÷ (5−1)
    expect(placeOnScale({ score: 2, range: { min: 1, max: 5 } })).toBe(0.25)
    // Demo (3−0) ÷ (5−0) = 0.6, Discovery (2−1) ÷ (3−1) = 0.5; by score ÷ maximum Demo would be lower: 0.6 against 0.67.
    const [first] = lowestFirst([
      { score: 3, range: { min: 0, max: 5 }, name: 'Demo' },
      { score: 2, range: { min: 1, max: 3 }, name: 'Discovery' },
    ])
    expect(first?.name).toBe('Discovery')
  })

  it('leaves out scores of unknown scales beside known ones, and compares as given where none is known', () => {
    expect(lowestFirst([{ score: 1 }, { score: 4, range: { min: 1, max: 5 } }])).toEqual([{ score: 4, range: { min: 1, max: 5 } }])
    expect(lowestFirst([{ score: 4 }, { score: 2 }]).map(({ score }) => score)).toEqual([2, 4])
  })

  it('takes a scale without length for an unknown one', () => {
    expect(placeOnScale({ score: 3, range: { min: 3, max: 3 } })).toBeUndefined()
  })
})
