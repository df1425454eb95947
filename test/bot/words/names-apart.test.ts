// Two people of one name on buttons: what tells them apart stands behind the name.
import { describe, expect, it } from 'vitest'
import { namesApart } from '../../../src/bot/words/names-apart.ts'
import type { Person } from '../../../src/domain/person.ts'
import { orgChart } from '../../../src/domain/team.ts'

const person = (id: string, name: string, more: Partial<Person> = {}): Person => ({ id, name, emails: [], active: true, ...more })
const called = (...people: readonly Person[]): readonly string[] => people.map(namesApart(people, orgChart([maria, omar, ...people])))
const maria = person('1', 'Maria Lind')
const omar = person('2', 'Omar Haddad')

describe('people in one list', () => {
  it('are called by their names where no two share one', () => {
    expect(called(person('10', 'Luca Ivanov'), person('11', 'Luca Rossi'))).toEqual(['Luca Ivanov', 'Luca Rossi'])
  })

  it('of one name by title, else by team, else by both, by address, and at last by id', () => {
    const [first, second] = [person('123456789', 'Luca Ivanov'), person('987654321', 'Luca Ivanov')]
    expect(called({ ...first, title: 'Account Executive' }, { ...second, title: 'SDR' })).toEqual([
      'Luca Ivanov, Account Executive',
      'Luca Ivanov, SDR',
    ])
    expect(called({ ...first, title: 'SDR', managerId: '1' }, { ...second, title: 'SDR', managerId: '2' })).toEqual([
      "Luca Ivanov, Maria Lind's team",
      "Luca Ivanov, Omar Haddad's team",
    ])
    const third = person('3', 'Luca Ivanov', { title: 'AE', managerId: '2' })
    expect(called({ ...first, title: 'SDR', managerId: '1' }, { ...second, title: 'SDR', managerId: '2' }, third)).toEqual([
      "Luca Ivanov, SDR, Maria Lind's team",
      "Luca Ivanov, SDR, Omar Haddad's team",
      "Luca Ivanov, AE, Omar Haddad's team",
    ])
    expect(called({ ...first, emails: ['luca.i@acme.com'] }, { ...second, emails: ['livanov@acme.com'] })).toEqual([
      'Luca Ivanov, luca.i',
      'Luca Ivanov, livanov',
    ])
    expect(called(first, second)).toEqual(['Luca Ivanov, Gong …456789', 'Luca Ivanov, Gong …654321'])
  })

  it('are of one name whatever its accents and case', () => {
    expect(called(person('10', 'Zoë Müller', { title: 'A' }), person('11', 'zoe muller', { title: 'B' }))).toEqual([
      'Zoë Müller, A',
      'zoe muller, B',
    ])
  })
})
