// Whom a search field of a form offers: everybody in the company is asked about at each key, so other work goes on between them.
import type { Person, PersonId } from '../../domain/person.ts'
import { forEachYielding } from '../../yielding.ts'

/** The first `most` whose names contain what was typed, whatever its case, and whom the viewer may see. */
export async function searchPeople(
  offered: readonly Person[],
  typed: string,
  mayChoose: (id: PersonId) => boolean,
  most: number,
): Promise<readonly Person[]> {
  const wanted = typed.toLowerCase()
  const found: Person[] = []
  await forEachYielding(offered, (person) => {
    if (found.length < most && person.name.toLowerCase().includes(wanted) && mayChoose(person.id)) found.push(person)
  })
  return found
}
