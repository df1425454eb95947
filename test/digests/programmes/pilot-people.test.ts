// Whose figures are read while every programme is a pilot.
import { describe, expect, it } from 'vitest'
import { peopleOfPilots } from '../../../src/digests/programmes/pilot-people.ts'
import type { Person } from '../../../src/domain/person.ts'
import { orgChart } from '../../../src/domain/team.ts'

const person = (id: string, managerId?: string, more: Partial<Person> = {}): Person => ({
  id,
  name: `Person ${id}`,
  emails: [],
  active: true,
  ...(managerId !== undefined && { managerId }),
  ...more,
})

// 1 leads 2 and 3; 2 leads 21 and 22, 3 leads 31 and 32. 23 left 2's team in autumn and is 3's now.
const chart = orgChart([
  person('1'),
  person('2', '1'),
  person('3', '1'),
  person('21', '2'),
  person('22', '2'),
  person('31', '3'),
  person('32', '3', { active: false }),
  person('23', '3', { pastPlaces: [{ until: '2026-10-26', active: true, managerId: '2' }] }),
])

const pilot = (...pilotTeams: string[]) => ({ stage: 'pilot' as const, status: 'active' as const, pilotTeams })
const everyone = { stage: 'everyone' as const, status: 'active' as const, pilotTeams: [] }
const preview = { stage: 'preview' as const, status: 'active' as const, pilotTeams: ['3'] }
const digest = (kind: 'team' | 'personal' | 'company', subjectId?: string) => ({
  kind,
  status: 'active' as const,
  ...(subjectId !== undefined && { subjectId }),
})

describe('the people whose figures are read', () => {
  it('are everybody without a programme, and while one is only previewed', () => {
    expect(peopleOfPilots([], [], chart)).toBeUndefined()
    expect(peopleOfPilots([preview], [], chart)).toBeUndefined()
    expect(peopleOfPilots([{ ...pilot('2'), status: 'stopped' }], [], chart)).toBeUndefined()
  })

  it('are those of the teams of a pilot, with its manager and who was in the team before', () => {
    expect(peopleOfPilots([pilot('2')], [], chart)).toEqual(['2', '21', '22', '23'])
    // Two pilots, one named twice; a preview beside them adds nobody. 32 has left.
    expect(peopleOfPilots([pilot('2'), pilot('2', '3'), preview], [], chart)).toEqual(['2', '21', '22', '23', '3', '31'])
  })

  it('are everybody as soon as one programme reaches everyone', () => {
    expect(peopleOfPilots([pilot('2'), everyone], [], chart)).toBeUndefined()
    expect(peopleOfPilots([pilot('2'), { ...everyone, status: 'stopped' }], [], chart)).toHaveLength(4)
  })

  it('are besides those of digests set up by hand: a team, or a person with the team their medians are of', () => {
    expect(peopleOfPilots([pilot('2')], [digest('team', '3')], chart)).toEqual(['2', '21', '22', '23', '3', '31'])
    expect(peopleOfPilots([pilot('2')], [digest('personal', '31')], chart)).toEqual(['2', '21', '22', '23', '3', '31'])
    expect(peopleOfPilots([pilot('2')], [{ ...digest('team', '3'), status: 'stopped' as const }], chart)).toHaveLength(4)
  })

  it("are everybody when somebody gets a digest of the company, for it rests on everybody's", () => {
    expect(peopleOfPilots([pilot('2')], [digest('company')], chart)).toBeUndefined()
  })

  it('count subscriptions a programme made with the programme alone', () => {
    const made = { ...digest('team', '3'), programmeId: 'p1' }
    expect(peopleOfPilots([pilot('2')], [made], chart)).toEqual(['2', '21', '22', '23'])
  })
})
