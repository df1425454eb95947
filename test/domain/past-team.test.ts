// The tree of a past period: movers where they were, leavers still there, newcomers not yet.
import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { orgChart } from '../../src/domain/team.ts'

const person = (id: string, managerId?: string, more: Partial<Person> = {}): Person => ({
  id,
  name: id,
  emails: [],
  active: true,
  ...(managerId !== undefined && { managerId }),
  ...more,
})
const ids = (people: readonly Person[]) => people.map(({ id }) => id)

describe('the tree of a past period', () => {
  // ben moved from ada to cy on the 10th and from cy to dee on the 20th; eve left ada on the 15th; fay came to ada on the 15th.
  const chart = orgChart([
    person('ada'),
    person('cy'),
    person('dee'),
    person('ann', 'ada'),
    person('ben', 'dee', {
      pastPlaces: [
        { until: '2026-11-10', active: true, managerId: 'ada' },
        { until: '2026-11-20', active: true, managerId: 'cy' },
      ],
    }),
    person('eve', 'ada', { active: false, pastPlaces: [{ until: '2026-11-15', active: true, managerId: 'ada' }] }),
    person('fay', 'ada', { pastPlaces: [{ until: '2026-11-15', active: false }] }),
  ])
  const teams = (date: string) => ['ada', 'cy', 'dee'].map((id) => ids(chart.asOf(date).team(id)).join(' '))

  it('has everybody where they were when the period ended', () => {
    expect(teams('2026-11-10')).toEqual(['ann ben eve', '', ''])
    expect(teams('2026-11-11')).toEqual(['ann eve', 'ben', ''])
    expect(teams('2026-11-16')).toEqual(['ann fay', 'ben', ''])
    expect(teams('2026-11-21')).toEqual(['ann fay', '', 'ben'])
  })

  it('is the tree of today after the last change, and made once between two changes', () => {
    expect(chart.asOf('2026-11-21')).toBe(chart)
    expect(chart.asOf('2026-11-12')).toBe(chart.asOf('2026-11-15'))
    expect(chart.asOf('2026-11-15')).not.toBe(chart.asOf('2026-11-16'))
  })

  it('knows a leaver by name still, and asks of the past the same of any tree', () => {
    expect(chart.asOf('2026-11-12').people.get('eve')?.active).toBe(true)
    expect(chart.people.get('eve')?.active).toBe(false)
    expect(ids(chart.asOf('2026-11-12').above('ben'))).toEqual(['cy'])
  })
})
