import { describe, expect, it } from 'vitest'
import { saysAway } from '../../src/domain/away.ts'

describe('saysAway', () => {
  it.each([
    [{ statusEmoji: ':palm_tree:' }],
    [{ statusEmoji: ':airplane:', statusText: 'Lisbon' }],
    [{ statusText: 'Vacationing' }],
    [{ statusText: 'OOO until Monday' }],
    [{ statusText: 'o.o.o. this week' }],
    [{ statusText: 'Out of office' }],
    [{ statusText: 'Public holiday' }],
    [{ statusText: 'Urlaub bis 12.10.' }],
  ])('%o is away', (status) => expect(saysAway(status)).toBe(true))

  it.each([
    [{}],
    [{ statusEmoji: ':house_with_garden:', statusText: 'Working from home' }],
    [{ statusText: 'Planning Oooster launch' }],
    [{ statusText: 'zoology, laptop, adopt' }],
    [{ statusEmoji: ':coffee:' }],
  ])('%o is not', (status) => expect(saysAway(status)).toBe(false))

  it('goes by the emoji a company has set, skin tones and missing colons aside', () => {
    expect(saysAway({ statusEmoji: ':surfer::skin-tone-3:' }, ['surfer'])).toBe(true)
    expect(saysAway({ statusEmoji: ':palm_tree:' }, [':surfer:'])).toBe(false)
  })
})
