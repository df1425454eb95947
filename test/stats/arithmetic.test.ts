// The small rules: median, usual week, short week, days. Worked by hand.
import { describe, expect, it } from 'vitest'
import { known, type Measured, noData } from '../../src/domain/measured.ts'
import { changeBetween } from '../../src/stats/figures/change.ts'
import { personDaily, teamDaily, withheldDaily } from '../../src/stats/figures/daily.ts'
import { median } from '../../src/stats/figures/median.ts'
import type { TargetRange } from '../../src/stats/figures/results.ts'
import { comparePerCall, isShort } from '../../src/stats/figures/short-week.ts'
import { publishedTargets, readTarget, targetFor, targetsWith } from '../../src/stats/figures/target.ts'
import { usualWeekOf } from '../../src/stats/figures/usual-week.ts'
import { callsHosted } from '../../src/stats/measures/calls-hosted.ts'
import { commentsGiven } from '../../src/stats/measures/comments-given.ts'
import { valueOrWhy } from './world.ts'

describe('the median', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect(median([3])).toBe(3)
    expect(median([9, 1, 4])).toBe(4)
    expect(median([10, 2, 14, 4])).toBe(7)
  })

  it('sorts numbers as numbers, and has none of nothing', () => {
    expect(median([10, 9, 100])).toBe(10)
    expect(median([])).toBeUndefined()
  })

  it('leaves what it is given as it was', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })
})

describe('a usual week', () => {
  const weeks = (...values: (number | undefined)[]): Measured[] =>
    values.map((value) => (value === undefined ? noData('no-calls') : known(value)))

  it('is the median of three or more weeks that have a figure', () => {
    expect(valueOrWhy(usualWeekOf(weeks(0.6, undefined, 0.5, 0.54)))).toBe(0.54)
    expect(valueOrWhy(usualWeekOf(weeks(4, 1, 2, 3)))).toBe(2.5)
  })

  it('is none of two', () => {
    expect(valueOrWhy(usualWeekOf(weeks(1, undefined, 2)))).toBe('no-comparison')
    expect(valueOrWhy(usualWeekOf([]))).toBe('no-comparison')
  })
})

describe('a change', () => {
  it('is now − before', () => expect(valueOrWhy(changeBetween(known(3), known(5), 'count'))).toBe(-2))

  it('says why it is missing', () => {
    expect(valueOrWhy(changeBetween(noData('no-calls'), known(5), 'count'))).toBe('no-calls')
    expect(valueOrWhy(changeBetween(known(3), noData('no-calls'), 'count'))).toBe('no-comparison')
    expect(valueOrWhy(changeBetween(known(3), noData('too-few-calls'), 'count'))).toBe('too-few-calls')
  })
})

describe('a short week', () => {
  const usual = known(10)

  it('has less than half of the usual calls, on either side', () => {
    expect(isShort(known(4), known(10), usual)).toBe(true)
    expect(isShort(known(10), known(4), usual)).toBe(true)
    expect(isShort(known(5), known(10), usual)).toBe(false)
    // 9 of 19 is under half (9.5), by however little.
    expect([isShort(known(9), known(19), known(19)), isShort(known(10), known(19), known(19))]).toEqual([true, false])
  })

  it('is held against the other period where no usual is known', () => {
    expect(isShort(known(4), known(9), noData('no-comparison'))).toBe(true)
    expect(isShort(known(5), known(9), noData('no-comparison'))).toBe(false)
    expect(isShort(known(0), known(0), noData('no-comparison'))).toBe(false)
    expect(isShort(noData('not-read'), known(9), usual)).toBe(false)
  })

  it('compares counts per call, calls themselves not', () => {
    // 3 ÷ 4 = 0.75 against 5 ÷ 10 = 0.5; printed 0.8 and 0.5, which are 0.3 apart.
    const comments = comparePerCall(commentsGiven, known(3), known(5), known(4), known(10), 3)
    expect([valueOrWhy(comments.value), valueOrWhy(comments.before), valueOrWhy(comments.change)]).toEqual([0.75, 0.5, 0.3])
    expect(valueOrWhy(comparePerCall(callsHosted, known(3), known(5), known(4), known(10), 3).value)).toBe('no-comparison')
    expect(valueOrWhy(comparePerCall(commentsGiven, known(3), known(5), known(2), known(10), 3).value)).toBe('too-few-calls')
    // No division by no calls, even where the minimum is none.
    expect(valueOrWhy(comparePerCall(commentsGiven, known(3), known(5), known(0), known(10), 0).value)).toBe('too-few-calls')
  })
})

describe('day by day', () => {
  const period = { from: '2026-11-16', to: '2026-11-19' }
  const none = new Set<string>()
  const answer = {
    readAt: new Date('2026-11-23T07:00:00Z'),
    neverRead: new Set(['lou']),
    quarantined: 1,
    quarantinedPeople: new Set(['odd']),
    records: [
      { personId: 'ana', date: '2026-11-16', callsAsHost: 3, callsAttended: 1, callsGaveComments: 0 },
      { personId: 'ben', date: '2026-11-16', callsAsHost: 2 },
      { personId: 'ana', date: '2026-11-18', callsAsHost: 1, callsAccessedRecording: 4 },
    ],
  }

  it('a person has their own counts; days without a record have no calls', () => {
    const days = personDaily(period, answer, 'ana')
    expect(days.map(({ date, callsAsHost }) => [date, valueOrWhy(callsAsHost)])).toEqual([
      ['2026-11-16', 3],
      ['2026-11-17', 'no-calls'],
      ['2026-11-18', 1],
    ])
    expect([valueOrWhy(days[0]?.callsAttended), valueOrWhy(days[0]?.commentsGiven), valueOrWhy(days[0]?.recordingsAccessed)]).toEqual([
      1,
      0,
      'not-given',
    ])
    expect(personDaily(period, answer, 'lou').map((day) => valueOrWhy(day.callsAsHost))).toEqual(['not-read', 'not-read', 'not-read'])
    expect(valueOrWhy(personDaily(period, answer, 'odd')[0]?.callsAsHost)).toBe('quarantined')
  })

  it('a team has sums of calls hosted, and of nothing that counts a call twice', () => {
    const days = teamDaily(period, { ...answer, neverRead: none }, ['ana', 'ben'])
    expect(days.map(({ callsAsHost }) => valueOrWhy(callsAsHost))).toEqual([5, 0, 1])
    expect([valueOrWhy(days[0]?.callsAttended), valueOrWhy(days[0]?.commentsGiven), valueOrWhy(days[0]?.recordingsAccessed)]).toEqual(
      Array(3).fill('not-given'),
    )
    expect(teamDaily(period, answer, ['lou']).map(({ callsAsHost }) => valueOrWhy(callsAsHost))).toEqual(Array(3).fill('not-read'))
  })

  it('without names there are no days: a week less its shown days is a day', () => {
    expect(withheldDaily(period).map(({ callsAsHost }) => valueOrWhy(callsAsHost))).toEqual(Array(3).fill('not-whole'))
  })
})

describe('a target range', () => {
  const position = (value: number, range: Partial<TargetRange> = { low: 0.43, high: 0.65 }) =>
    targetFor('talk-ratio', value, [{ measure: 'talk-ratio', source: 'own', ...range }])?.position

  it('has a figure below, within or above it; its ends are within', () => {
    expect([0.42, 0.43, 0.5, 0.65, 0.66].map((value) => position(value))).toEqual(['below', 'within', 'within', 'within', 'above'])
  })

  it('is configured in the units people read, and stands before Gong’s', () => {
    const own = [
      'talk-ratio 40-55% (Enablement, 2026)',
      'longest-monologue up to 2:30 (Playbook, 2025)',
      'patience from 0.6 (Playbook, 2025)',
    ]
    expect(targetsWith(own.flatMap((entry) => readTarget(entry) ?? []))).toEqual([
      { measure: 'talk-ratio', low: 0.4, high: 0.55, source: 'Enablement, 2026' },
      // 2 × 60 + 30
      { measure: 'longest-monologue', high: 150, source: 'Playbook, 2025' },
      { measure: 'patience', low: 0.6, source: 'Playbook, 2025' },
      ...publishedTargets,
    ])
    expect(readTarget('question-rate 18-11 (Playbook, 2025)')).toEqual({
      measure: 'question-rate',
      low: 11,
      high: 18,
      source: 'Playbook, 2025',
    })
    expect(targetsWith([])).toEqual(publishedTargets)
  })

  it.each([
    'talk-ratio 40-55 (Enablement, 2026)',
    'talk-ratio 0.4-0.5 % (Enablement, 2026)',
    'talk-ratio up to 130 % (Enablement, 2026)',
    'longest-monologue up to 150 (Playbook, 2025)',
    'patience up to 0:30 (Playbook, 2025)',
    'patience 1-2-3 (Playbook, 2025)',
    'patience from 0.6 (Playbook)',
    'calls-hosted from 5 (Playbook, 2025)',
    'charm from 5 (Playbook, 2025)',
  ])('is not read from "%s"', (entry) => {
    expect(readTarget(entry)).toBeUndefined()
  })

  it('may be open at one end', () => {
    expect([position(0.1, { high: 0.65 }), position(0.9, { high: 0.65 }), position(0.9, { low: 0.43 })]).toEqual([
      'within',
      'above',
      'within',
    ])
  })

  it('is Gong’s published one for talk ratio alone, with source and years, unless a configured one stands before it', () => {
    expect(publishedTargets).toEqual([{ measure: 'talk-ratio', low: 0.43, high: 0.65, source: 'Gong 2025' }])
    expect(targetFor('patience', 1, publishedTargets)).toBeUndefined()
    const own = { measure: 'talk-ratio', low: 0.4, high: 0.5, source: 'Enablement, 2026' } as const
    expect(targetFor('talk-ratio', 0.6, [own, ...publishedTargets])).toEqual({ range: own, position: 'above' })
  })
})
