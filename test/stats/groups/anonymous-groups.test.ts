// Who may stand together without names: worked by hand on small trees.
import { describe, expect, it } from 'vitest'
import { orgChart } from '../../../src/domain/team.ts'
import { isShownWithoutNames } from '../../../src/stats/figures/whole-periods.ts'
import { anonymousGroups, treeOf } from '../../../src/stats/groups/anonymous-groups.ts'
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
const blocks = (subject: Parameters<typeof treeOf>[0], except: readonly string[] = []) =>
  anonymousGroups(treeOf(subject, chart), (id) => !except.includes(id), 3)
    .flat()
    .toSorted()
    .join(' ')

/** The org of a boss with these direct reports, who lead these teams. */
const pooled = (teams: string, reports: readonly string[]): string => {
  const led = teams.split(', ').flatMap((each) => {
    const [leader, names = ''] = each.split(': ')
    return names.split(' ').map((name) => person(name, leader))
  })
  const org = orgChart([person('boss'), ...reports.map((id) => person(id, 'boss')), ...led])
  return anonymousGroups(treeOf({ type: 'org', managerId: 'boss' }, org), () => true, 3)
    .flat()
    .toSorted()
    .join(' ')
}

describe('figures without names are made of', () => {
  it('a team with enough people who have something, whole', () => {
    expect(blocks({ type: 'team', managerId: 'ada' })).toBe('a1 a2 a3')
    expect(blocks({ type: 'team', managerId: 'cy' })).toBe('')
    // Two of three have something: 2 < 3.
    expect(blocks({ type: 'team', managerId: 'ada' }, ['a2'])).toBe('')
  })

  it('in an org also those left over, once they are enough without the people of any one leader', () => {
    // Teams of their own: ada's three, boss's three. Left over: c1 c2 and d1, three together, but to cy, who leads two of them, it would be d1's figure.
    expect(blocks({ type: 'org', managerId: 'boss' })).toBe('a1 a2 a3 ada cy dee')
    // Three small teams of two: without any one leader's two, four are left, and three without that leader.
    expect(pooled('cy: c1 c2, dee: d1 d2, eli: e1 e2', ['cy', 'dee', 'eli'])).toBe('c1 c2 cy d1 d2 dee e1 e2 eli')
    // Without e2's calls two are left to cy.
    expect(pooled('cy: c1 c2, dee: d1, eli: e1', ['cy', 'dee', 'eli'])).toBe('cy dee eli')
  })

  it('not where a leader in the pool, or a granted viewer of their people, could take away all but a few', () => {
    // boss's team is two, so it is pooled with cy's two and dee's three, seven together. dee takes away three and herself: cy c1 c2 are three.
    expect(pooled('cy: c1 c2, dee: d1 d2 d3', ['cy', 'dee'])).toBe('d1 d2 d3')
    // dee's three are a team; of cy, dee, c1, c2, and e1, e2 with their leader eli, eli takes away three, and four are left.
    expect(pooled('cy: c1, dee: d1', ['cy', 'dee'])).toBe('')
    expect(pooled('cy: c1 c2, dee: d1 d2', ['cy', 'dee'])).toBe('c1 c2 cy d1 d2 dee')
  })

  it('in the company not whoever is in no team, while they are too few', () => {
    // boss and lone: two; c1, c2 and d1 are all seen by boss, who leaves boss and lone.
    expect(blocks({ type: 'company' })).toBe('a1 a2 a3 ada cy dee')
  })

  it('nobody, of one person', () => {
    expect(blocks({ type: 'person', personId: 'a1' })).toBe('')
  })

  it('a chain of 5,000 managers without a crash', () => {
    const chain = orgChart(Array.from({ length: 5000 }, (_, index) => person(`p${index}`, index === 0 ? undefined : `p${index - 1}`)))
    // Each team is one person, and everybody but the last leads all others below: no pool leaves three to every leader.
    expect(anonymousGroups(treeOf({ type: 'company' }, chain), () => true, 3)).toEqual([])
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
