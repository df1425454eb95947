// Whose coaching is read ahead where each manager costs a request.
import { expect, it } from 'vitest'
import { managersInDigests } from '../../src/coaching/coached-managers.ts'
import type { Person } from '../../src/domain/person.ts'
import { orgChart } from '../../src/domain/team.ts'

const person = (id: string, managerId?: string): Person => ({
  id,
  name: `Person ${id}`,
  emails: [],
  active: true,
  ...(managerId !== undefined && { managerId }),
})
const chart = orgChart([person('1'), person('2', '1'), person('3', '1'), person('21', '2'), person('31', '3')])
const digest = (
  kind: 'team' | 'personal' | 'manager' | 'company' | 'reminder',
  subjectId?: string,
  status: 'active' | 'paused' | 'stopped' = 'active',
) => ({
  kind,
  status,
  ...(subjectId !== undefined && { subjectId }),
})

it('is nobody’s while no digest tells of coaching', () => {
  expect(managersInDigests([], chart)).toEqual([])
  expect(managersInDigests([digest('team', '2'), digest('personal', '21'), digest('manager', '3', 'stopped')], chart)).toEqual([])
})

it('is that of managers with a digest or a reminder, paused ones included, each once', () => {
  expect(managersInDigests([digest('reminder', '3'), digest('manager', '2', 'paused'), digest('manager', '3')], chart)).toEqual(['2', '3'])
})

it('is that of all managers for a company digest', () => {
  expect(new Set(managersInDigests([digest('company'), digest('manager', '2')], chart))).toEqual(new Set(['1', '2', '3']))
})
