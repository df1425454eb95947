// People as last read from Gong or PEOPLE_FILE, with local corrections (an admin's link or move) laid over them. Corrections
// survive refreshes; leavers keep their rows.

import type { Person, PersonId } from '../domain/person.ts'
import type { OrgChart } from '../domain/team.ts'

export interface PeopleStore {
  /** Replaces what Gong said: people missing from a whole read become inactive; nobody is deleted. `seenOn` dates newcomers. Forgotten people are left out. */
  replaceAll(people: readonly Person[], read: { readonly readAt: Date; readonly seenOn: string }): Promise<void>
  /** Everybody with corrections laid over. Cached until the people version changes. */
  chart(): Promise<OrgChart>
  readAt(): Promise<Date | undefined>
  /** An admin's corrections; `null` takes one back. Audited by the caller. */
  link(personId: PersonId, slackUserId: string | null): Promise<void>
  move(personId: PersonId, managerId: PersonId | null): Promise<void>
  /** Deletes a person's rows everywhere and remembers a keyed hash so the next sync leaves them out. Returns rows deleted by table. */
  forget(personId: PersonId, key: string): Promise<Readonly<Record<string, number>>>
}
