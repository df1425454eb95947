// GET /users, the same in both contracts: who works here, who reports to whom, who has left.
import { z } from 'zod'
import type { Person } from '../../domain/person.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { flag, given, id, idOf, listOf, localDate, optionalId, text } from '../wire/fields.ts'
import { fetchPages } from '../wire/pages.ts'
import { translateAll } from '../wire/records.ts'
import type { RequestGong } from '../wire/request.ts'

export type FetchPeople = (ask: AskGong) => Promise<GongAnswer<Person>>

const usersPath = '/users'

const record = z.object({
  id,
  emailAddress: text,
  emailAliases: listOf(z.string()),
  firstName: text,
  lastName: text,
  title: text,
  managerId: optionalId,
  active: flag,
  created: text,
})

/**
 * Reads everybody. `personIds` is not sent (Gong has no such filter here); the caller gets the whole company. A 404 is a refusal: no
 * company is empty.
 */
export async function fetchUsers(request: RequestGong, ask: AskGong): Promise<GongAnswer<Person>> {
  const list = await fetchPages(
    request,
    {
      call: (cursor) => ({ method: 'GET', path: usersPath, query: { cursor } }),
      listKey: 'users',
      identify: (row) => idOf(row.id),
    },
    ask,
  )
  return translateAll(list, { endpoint: `GET ${usersPath}`, schema: record, personField: 'id', translate: (user) => [toPerson(user)] })
}

function toPerson(user: z.output<typeof record>): Person {
  const emails = emailList(user.emailAddress, ...user.emailAliases)
  return given({
    id: user.id,
    name: nameOf(user.firstName, user.lastName, emails, user.id),
    emails,
    title: user.title,
    managerId: user.managerId === user.id ? undefined : user.managerId,
    active: user.active !== false,
    since: localDate.safeParse(user.created?.slice(0, 10)).data,
  })
}

/** Lower-cased, each once, the main one first. */
export function emailList(...addresses: readonly (string | undefined)[]): string[] {
  return [...new Set(addresses.flatMap((address) => (address?.includes('@') ? [address.trim().toLowerCase()] : [])))]
}

export function nameOf(first: string | undefined, last: string | undefined, emails: readonly string[], personId: string): string {
  return (
    [first, last]
      .map((part) => part?.trim())
      .filter(Boolean)
      .join(' ') ||
    emails[0] ||
    personId
  )
}
