// What is news, worked by hand: the usual range, a person outside it, a team whose people moved, and what is said first.
import { describe, expect, it } from 'vitest'
import { known, noData } from '../../src/domain/measured.ts'
import { periodKey, weeksThrough } from '../../src/domain/period.ts'
import { biggestFirst, personNews, teamNews } from '../../src/stats/figures/news.ts'
import { medianChange, movedOf, ownChanges } from '../../src/stats/figures/own-changes.ts'
import { usualRange } from '../../src/stats/figures/usual-range.ts'
import { person, stats, teamOf, valueOrWhy, week } from './world.ts'

const weeks = (...values: readonly (number | undefined)[]) =>
  values.map((value) => (value === undefined ? noData('too-few-calls') : known(value)))

describe('the usual range', () => {
  it('is the median ± 2.5 × 1.4826 × the median absolute deviation', () => {
    // Middle 0.51; deviations 1 1 0 2 0 2 1 0 points, their middle 1; 3.7 points either way: 47.3 % to 54.7 %, printed 47 to 55.
    const range = usualRange(weeks(0.5, 0.52, 0.51, 0.53, 0.51, 0.49, 0.52, 0.51), 'share')
    expect(range).toMatchObject({ low: 0.47, high: 0.55, middle: 0.51, weeks: 8 })
  })

  it('is not widened by one odd week', () => {
    // Sorted 100 102 104 106 108 900: middle 105; deviations 5 3 1 1 3 795, their middle 3; 11.1 s, more than the tenth of 10.5.
    expect(usualRange(weeks(100, 104, 102, 108, 106, 900), 'seconds')).toMatchObject({ low: 94, high: 116, middle: 105 })
  })

  it('is never narrower than noise: 2 points, or a tenth', () => {
    expect(usualRange(weeks(0.5, 0.5, 0.5, 0.5, 0.5), 'share')).toMatchObject({ low: 0.48, high: 0.52 })
    expect(usualRange(weeks(10, 10, 10, 10, 10), 'count')).toMatchObject({ low: 9, high: 11 })
  })

  it('needs five known weeks, and never begins below nothing', () => {
    expect(usualRange(weeks(0.5, undefined, 0.51, 0.52, undefined, 0.5), 'share')).toBeUndefined()
    expect(usualRange(weeks(0, 1, 9, 0, 4), 'count')?.low).toBe(0)
  })
})

describe('a person', () => {
  const usual = { low: 140, high: 240, middle: 190, weeks: 8 }

  it('is news outside their own range, by how far', () => {
    // 75 s below the middle of a range that reaches 50 s either way.
    expect(personNews(known(115), usual, 'seconds')).toEqual({ direction: 'down', why: 'outside-usual', size: 1.5 })
    expect(personNews(known(291), usual, 'seconds')?.direction).toBe('up')
  })

  it('is none at the edge as printed, without a range, or without a figure', () => {
    expect(personNews(known(139.6), usual, 'seconds')).toBeUndefined()
    expect(personNews(known(1), undefined, 'seconds')).toBeUndefined()
    expect(personNews(noData('too-few-calls'), usual, 'seconds')).toBeUndefined()
  })
})

describe('a team', () => {
  const never = () => {
    throw new Error('the past was looked through for nothing')
  }
  const five = { up: 0, down: 5, unchanged: 1 }

  it('changes by the median of its people’s own changes, whatever a newcomer does to its median', () => {
    // −4 −2 −2 0 −3 −1 sorted: −4 −3 −2 −2 −1 0.
    const own = [-0.04, -0.02, -0.02, 0, -0.03, -0.01]
    expect(valueOrWhy(medianChange(own))).toBe(-0.02)
    expect(movedOf(own)).toEqual(five)
  })

  it('compares those known in both periods who are not left out, as printed', () => {
    const now = new Map([
      ['a', known(0.505)],
      ['b', known(0.4)],
      ['c', noData('too-few-calls')],
      ['new', known(0.9)],
    ])
    const before = new Map([
      ['a', known(0.474)],
      ['b', known(0.404)],
      ['c', known(0.3)],
      ['new', known(0.1)],
    ])
    // a: 51 % less 47 %; b reads 40 % twice.
    expect(ownChanges(now, before, 'share', (id) => id === 'new')).toEqual(
      new Map([
        ['a', 0.04],
        ['b', 0],
      ]),
    )
  })

  it('is news when four in five moved the same way by more than noise', () => {
    expect(teamNews(known(0.51), known(-0.02), () => undefined, five, 'share')).toMatchObject({ direction: 'down', why: 'most-moved' })
    expect(teamNews(known(0.51), known(-0.02), () => undefined, { up: 2, down: 4, unchanged: 0 }, 'share')).toBeUndefined()
    expect(teamNews(known(0.51), known(-0.02), () => undefined, { up: 0, down: 3, unchanged: 0 }, 'share')).toBeUndefined()
    // One point is noise, and eight weeks are not looked through for it.
    expect(teamNews(known(0.51), known(-0.01), never, five, 'share')).toBeUndefined()
  })

  it('is news outside its usual range, when its people moved that way', () => {
    const usual = () => ({ low: 0.53, high: 0.58, middle: 0.555, weeks: 8 })
    const mixed = { up: 2, down: 4, unchanged: 0 }
    expect(teamNews(known(0.51), known(-0.03), usual, mixed, 'share')).toMatchObject({ direction: 'down', why: 'outside-usual' })
    // The level fell and the people rose: somebody joined. That is no news of theirs.
    expect(teamNews(known(0.51), known(0.03), usual, mixed, 'share')).toBeUndefined()
  })

  it('is said the farthest outside first, what most did after it', () => {
    const news = (name: string, why: 'outside-usual' | 'most-moved', size: number) => ({
      name,
      news: { direction: 'up' as const, why, size },
    })
    const first = biggestFirst([news('c', 'most-moved', 9), news('b', 'outside-usual', 1.1), news('a', 'outside-usual', 2)])
    expect(first.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })
})

describe('in an answer', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  /** Nine weeks of talk ratio by person; the last is the week asked about. */
  const answers = (of: (id: string, at: number) => number | undefined) =>
    Object.fromEntries(
      weeksThrough(week, 9).map((each, at) => [
        periodKey(each),
        [...names, 'new'].flatMap((personId) => {
          const talkShare = of(personId, at)
          return talkShare === undefined ? [] : [{ personId, callsCount: 5, talkShare }]
        }),
      ]),
    )
  const people = [...teamOf(...names), person('new', 'maria', { since: '2026-11-02' })]
  const down: Readonly<Record<string, number>> = { a: 0.04, b: 0.02, c: 0.02, d: 0, e: 0.03, f: 0.01 }
  const interaction = answers((id, at) => {
    if (id === 'new') return at === 7 ? 0.3 : at === 8 ? 0.9 : undefined
    return at === 8 ? 0.53 - (down[id] ?? 0) : 0.53
  })

  it('five of six talked less although the newcomer did not, and the newcomer is no news', async () => {
    const report = await stats({ people, interaction }).team({ type: 'team', managerId: 'maria' }, week, 'by-name')
    const talk = report.measures.get('talk-ratio')
    expect(valueOrWhy(talk?.change)).toBe(-0.02)
    expect(talk?.moved).toEqual({ up: 0, down: 5, unchanged: 1 })
    expect(talk?.news).toMatchObject({ direction: 'down' })
    expect(report.people.find(({ person: { id } }) => id === 'new')?.measures.get('talk-ratio')?.news).toBeUndefined()
  })

  it('without names no heads are counted', async () => {
    const report = await stats({ people, interaction }).team({ type: 'team', managerId: 'maria' }, week, 'medians')
    const talk = report.measures.get('talk-ratio')
    expect(valueOrWhy(talk?.change)).toBe(-0.02)
    expect(talk?.moved).toBeUndefined()
  })
})
