// Who may stand together without names: worked by hand on small trees.
import { describe, expect, it } from 'vitest'
import { orgChart } from '../../../src/domain/team.ts'
import { isShownWithoutNames } from '../../../src/stats/figures/whole-periods.ts'
import { blocksOf, treeOf } from '../../../src/stats/groups/anonymous-groups.ts'
import { person } from '../world.ts'

// boss leads ada, cy and dee; ada leads a1–a3, cy leads c1–c2, dee leads d1; lone has no manager. The minimum is 3.
const chart = orgChart([
  person('boss'),
  person('lone'),
  ...['ada', 'cy', 'dee'].map((id) => person(id, 'boss')),
  ...['a1', 'a2', 'a3'].map((id) => person(id, 'ada')),
  ...['c1', 'c2'].map((id) => person(id, 'cy')),
  person('d1', 'dee'),
])
const all = chart.active.map(({ id }) => id)
const blocks = (subject: Parameters<typeof treeOf>[0], except: readonly string[] = []) =>
  [...blocksOf(treeOf(subject, chart), (id) => !except.includes(id), 3)].toSorted().join(' ')

describe('figures without names are made of', () => {
  it('a team with enough people who have something, whole', () => {
    expect(blocks({ type: 'team', managerId: 'ada' })).toBe('a1 a2 a3')
    expect(blocks({ type: 'team', managerId: 'cy' })).toBe('')
    // Two of three have something: 2 < 3.
    expect(blocks({ type: 'team', managerId: 'ada' }, ['a2'])).toBe('')
  })

  it('in an org also those left over, once they are enough', () => {
    // Teams of their own: ada's three, boss's three. Left over: c1 c2 and d1, three together.
    expect(blocks({ type: 'org', managerId: 'boss' })).toBe('a1 a2 a3 ada c1 c2 cy d1 dee')
    // Without d1's calls only two are left over: boss's org minus the two teams would be theirs alone.
    expect(blocks({ type: 'org', managerId: 'boss' }, ['d1'])).toBe('a1 a2 a3 ada cy dee')
  })

  it('in the company not whoever is in no team, while they are too few', () => {
    // boss and lone: two.
    expect(blocks({ type: 'company' })).toBe('a1 a2 a3 ada c1 c2 cy d1 dee')
    // d1 without anything is left over with c1 and c2 (two have something); with boss and lone that makes four.
    expect(blocks({ type: 'company' }, ['d1'])).toBe(all.toSorted().join(' '))
  })

  it('nobody, of one person', () => {
    expect(blocks({ type: 'person', personId: 'a1' })).toBe('')
  })

  it('a chain of 5,000 managers without a crash', () => {
    const chain = orgChart(Array.from({ length: 5000 }, (_, index) => person(`p${index}`, index === 0 ? undefined : `p${index - 1}`)))
    // Each team is one person; from below three are left over at a time: 4,999 below p0 = 1,666 threes and one, who joins p0 (two): left out.
    expect(blocksOf(treeOf({ type: 'company' }, chain), () => true, 3).size).toBe(4998)
  })
})

describe('without names', () => {
  // Monday 23 November 2026; weeks begin on Monday.
  const calendar = { today: '2026-11-23', weekStart: 1 } as const
  const shows = (from: string, to: string, kind: 'sum' | 'median') => isShownWithoutNames({ from, to }, kind, calendar)

  it('weeks are shown once they have ended', () => {
    expect([shows('2026-11-16', '2026-11-23', 'sum'), shows('2026-11-16', '2026-11-23', 'median')]).toEqual([true, true])
    expect(shows('2026-11-23', '2026-11-30', 'median')).toBe(false)
    expect(isShownWithoutNames({ from: '2026-11-15', to: '2026-11-22' }, 'sum', { today: '2026-11-23', weekStart: 7 })).toBe(true)
  })

  it('nothing is shown of days, parts of weeks and weeks from another day', () => {
    for (const [from, to] of [
      ['2026-11-16', '2026-11-17'],
      ['2026-11-16', '2026-11-19'],
      ['2026-11-15', '2026-11-22'],
      ['2026-11-01', '2026-11-16'],
      ['2026-11-09', '2026-11-23'],
    ] as const)
      expect([shows(from, to, 'sum'), shows(from, to, 'median')]).toEqual([false, false])
  })

  it('months are shown as medians only: their sums less those of their weeks are a few days', () => {
    expect([shows('2026-10-01', '2026-11-01', 'median'), shows('2026-10-01', '2026-11-01', 'sum')]).toEqual([true, false])
    expect(shows('2026-07-01', '2026-10-01', 'median')).toBe(true)
    expect(shows('2026-11-01', '2026-12-01', 'median')).toBe(false)
  })
})
