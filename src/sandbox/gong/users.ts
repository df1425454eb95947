// GET /users, the same in both contracts.
import type { Operation } from './operation.ts'

export const users: Operation = {
  method: 'GET',
  path: '/users',
  scope: 'api:users:read',
  answer(_question, { book: { company } }) {
    const rows = company.people.map((person) => ({
      id: person.id,
      emailAddress: person.email,
      emailAliases: person.index % 7 === 3 ? [person.email.replace('@', '.sales@')] : [],
      firstName: person.firstName,
      lastName: person.lastName,
      title: person.title,
      phoneNumber: null,
      managerId: person.managerIndex === undefined ? null : (company.people[person.managerIndex]?.id ?? null),
      active: person.active,
      created: `${person.joinedOn}T08:00:00Z`,
      settings: { webConferencesRecorded: true, emailsImported: false },
    }))
    return { listKey: 'users', rows, paged: true }
  },
}
