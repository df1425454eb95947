import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { orgChart } from '../../src/domain/team.ts'
import { casesOf } from '../kit/cases.ts'

const person = (id: string, managerId?: string, active = true): Person => ({
  id,
  name: `P${id}`,
  emails: [],
  active,
  ...(managerId !== undefined && { managerId }),
})
const ids = (people: readonly Person[]) => people.map(({ id }) => id)

describe('the manager tree', () => {
  // 1 leads 2 and 3; 2 leads 4 and 5; 5 leads 6.
  const chart = orgChart([person('1'), person('2', '1'), person('3', '1'), person('4', '2'), person('5', '2'), person('6', '5')])

  it('knows teams, orgs, managers and everybody above', () => {
    expect(ids(chart.team('1'))).toEqual(['2', '3'])
    expect(ids(chart.org('1'))).toEqual(['2', '3', '4', '5', '6'])
    expect(ids(chart.managers)).toEqual(['1', '2', '5'])
    expect(ids(chart.above('6'))).toEqual(['5', '2', '1'])
    expect(ids(chart.above('1'))).toEqual([])
    expect(ids(chart.team('6'))).toEqual([])
  })

  it('gives the people of a departed manager to that manager’s manager', () => {
    const left = orgChart([person('1'), person('2', '1', false), person('4', '2'), person('5', '2', false), person('6', '5')])
    expect(ids(left.team('1'))).toEqual(['4', '6'])
    expect(ids(left.above('6'))).toEqual(['1'])
    expect(ids(left.managers)).toEqual(['1'])
    expect(ids(left.active)).toEqual(['1', '4', '6'])
    expect(left.people.has('2')).toBe(true)
  })

  it('passes a long line of departed managers once, whoever is below it', () => {
    const line = Array.from({ length: 2000 }, (_, at) => person(`gone${at}`, at === 0 ? '1' : `gone${at - 1}`, false))
    let reads = 0
    const counted = line.map((each) =>
      Object.defineProperty({ ...each }, 'active', {
        get() {
          reads += 1
          return false
        },
      }),
    )
    const below = Array.from({ length: 100 }, (_, at) => person(`p${at}`, 'gone1999'))
    const chart = orgChart([person('1'), ...counted, ...below])
    expect(chart.team('1')).toHaveLength(100)
    expect(chart.managerAbove('p99')?.id).toBe('1')
    expect(reads).toBeLessThan(3 * line.length)
  })

  it('leaves people of an unknown manager, or of themselves, at the top', () => {
    const lost = orgChart([person('1', '99'), person('2', '2'), person('3', '2')])
    expect(ids(lost.above('1'))).toEqual([])
    expect(ids(lost.above('3'))).toEqual(['2'])
    expect(ids(lost.team('99'))).toEqual([])
  })

  it('cuts a cycle at its smallest id, whatever the order', () => {
    for (const order of [
      ['1', '2', '3'],
      ['3', '1', '2'],
      ['2', '3', '1'],
    ]) {
      const links: Record<string, string> = { 1: '2', 2: '3', 3: '1' }
      const cycle = orgChart(order.map((id) => person(id, links[id])))
      // 1 → 2 → 3 → 1 is cut above 1: 3 reports to 1, 2 to 3.
      expect(ids(cycle.above('2'))).toEqual(['3', '1'])
      expect(ids(cycle.org('1'))).toEqual(['2', '3'])
    }
  })

  it('never loops, and org and above always agree', () => {
    const anyone = fc.record({
      managerId: fc.option(fc.integer({ min: 0, max: 39 }).map(String), { nil: undefined }),
      active: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(anyone, { maxLength: 40, size: 'max' }), (all) => {
        const chart = orgChart(all.map(({ managerId, active }, index) => person(String(index), managerId, active)))
        for (const one of chart.active) {
          const above = ids(chart.above(one.id))
          expect(new Set(above).size).toBe(above.length)
          expect(above).not.toContain(one.id)
          for (const manager of above) expect(ids(chart.org(manager))).toContain(one.id)
          expect(chart.org(one.id).every((below) => ids(chart.above(below.id)).includes(one.id))).toBe(true)
        }
      }),
      { numRuns: casesOf(1000) },
    )
  })
})
