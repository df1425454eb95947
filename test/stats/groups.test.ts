// Group figures by name and without, worked by hand.
import { describe, expect, it } from 'vitest'
import { known, type Measured, type Missing, noData } from '../../src/domain/measured.ts'
import { orgChart } from '../../src/domain/team.ts'
import { groupByName, groupWithoutNames } from '../../src/stats/groups/group.ts'
import { groupChange, groupFigure, type Members } from '../../src/stats/groups/groups.ts'
import { person, teamOf, valueOrWhy, week } from './world.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const chart = orgChart(teamOf(...names))
const subject = { type: 'team', managerId: 'maria' } as const
const rule = { minimumPeople: 3, today: '2026-11-23', weekStart: 1, isOther: () => false } as const
const open = groupByName(subject, chart)
const closed = groupWithoutNames(subject, chart, rule)
/** `1 . 3` gives a 1, b nothing (no calls), c 3; a word is a reason. */
const members = (text: string): Members =>
  new Map(
    text
      .split(' ')
      .map((each, index): [string, Measured] => [
        names[index] ?? '?',
        each === '.' ? noData('no-calls') : /^\d/.test(each) ? known(Number(each)) : noData(each as Missing),
      ]),
  )
const figure = (kind: 'median' | 'sum', group: typeof open, text: string, period = week) => {
  const { value, people } = groupFigure(kind, group, period, members(text))
  return [valueOrWhy(value), people]
}
const change = (kind: 'median' | 'sum', group: typeof open, now: string, before: string) => {
  const side = (text: string) => ({ period: week, members: members(text), figure: groupFigure(kind, group, week, members(text)) })
  return valueOrWhy(groupChange(kind, group, side(now), side(before)))
}

describe('by name', () => {
  it('a group is whoever has a figure', () => {
    expect(figure('median', open, '1 5 . 2')).toEqual([2, 3])
    expect(figure('sum', open, '1 5 . 0')).toEqual([6, 2])
    expect(figure('median', open, '7')).toEqual([7, 1])
    expect(figure('median', open, '. .')).toEqual(['no-calls', 0])
    expect(figure('sum', open, '. .')).toEqual([0, 0])
    expect(figure('median', open, '. not-read')).toEqual(['too-few-calls', 0])
  })

  it('a change is of the people in both', () => {
    // a and c: now 1 + 6 = 7, before 2 + 3 = 5.
    expect(change('sum', open, '1 5 6', '2 . 3')).toBe(2)
    // Medians of a and c: 3.5 and 2.5.
    expect(change('median', open, '1 5 6', '2 . 3')).toBe(1)
    expect(change('sum', open, '1 . .', '. 2 .')).toBe('no-comparison')
  })
})

describe('without names', () => {
  it('three of the minimum of three are shown, two are not', () => {
    expect(figure('median', closed, '1 5 . 2')).toEqual([2, 3])
    expect(figure('median', closed, '1 5 . .')).toEqual(['too-few-people', 0])
    expect(figure('median', closed, '1 5')).toEqual(['too-few-people', 0])
  })

  it('a sum rests on those with something to add, and is of everybody', () => {
    expect(figure('sum', closed, '1 5 0 2')).toEqual([8, 3])
    expect(figure('sum', closed, '1 5 0 0')).toEqual(['too-few-people', 0])
  })

  it('nothing at all is said of a group that is large enough', () => {
    expect(figure('median', closed, '. . .')).toEqual(['no-calls', 0])
    expect(figure('sum', closed, '0 0 0')).toEqual(['no-calls', 0])
    expect(figure('sum', closed, '0 0')).toEqual(['too-few-people', 0])
  })

  it('somebody not read hides the figure: it would be another once they are', () => {
    expect(figure('median', closed, '1 2 3 4 not-read')).toEqual(['not-read', 0])
  })

  it('a part of a week is not shown, a month not as a sum', () => {
    expect(figure('median', closed, '1 2 3', { from: '2026-11-16', to: '2026-11-19' })).toEqual(['not-whole', 0])
    expect(figure('sum', closed, '1 2 3', { from: '2026-10-01', to: '2026-11-01' })).toEqual(['not-whole', 0])
    expect(figure('median', closed, '1 2 3', { from: '2026-10-01', to: '2026-11-01' })).toEqual([2, 3])
  })

  it('a change is shown of the same people', () => {
    expect(change('sum', closed, '1 5 6', '2 2 3')).toBe(5)
    expect(change('median', closed, '1 5 6', '2 2 3')).toBe(3)
  })

  it('a change is hidden where one or two more were in one of the weeks: value − before − change would be theirs', () => {
    // d was away before: 14 − 7 − (12 − 7) = 2 would be d's own calls.
    expect(change('sum', closed, '1 5 6 2', '2 2 3 .')).toBe('no-comparison')
    expect(change('sum', closed, '1 5 6 .', '2 2 3 2')).toBe('no-comparison')
    expect(change('median', closed, '1 5 6 2 2', '2 2 3 . .')).toBe('no-comparison')
    // Of a median three more are enough: a, b and c had 2 2 3, and have 1 5 6.
    expect(change('median', closed, '1 5 6 2 2 2', '2 2 3 . . .')).toBe(3)
    // Of sums they are not: two such changes would tell of the week between them who was in neither.
    expect(change('sum', closed, '1 5 6 2 2 2', '2 2 3 . . .')).toBe('no-comparison')
  })

  it('a week is of those who were in the team when it ended', () => {
    const then = orgChart([
      ...teamOf('a', 'b', 'c'),
      person('other'),
      person('moved', 'other', { pastPlaces: [{ until: '2026-11-23', active: true, managerId: 'maria' }] }),
      person('came', 'maria', { pastPlaces: [{ until: '2026-11-23', active: false }] }),
      person('left', 'maria', { active: false, pastPlaces: [{ until: '2026-11-23', active: true, managerId: 'maria' }] }),
    ])
    const group = groupWithoutNames(subject, then, rule)
    expect(group.membersIn(week).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'left', 'moved'])
    expect(group.membersIn({ from: '2026-11-23', to: '2026-11-30' }).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'came'])
    expect(
      groupByName(subject, then)
        .membersIn(week)
        .map(({ id }) => id),
    ).toEqual(['a', 'b', 'c', 'came'])
  })
})
