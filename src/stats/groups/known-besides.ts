// What the reader of a group without names sees of its people besides: whoever leads, coaches or views some of them today takes those figures
// away. The tree of the period does not say so where people moved since, and no tree knows coaches. Pure.
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { maySee, type Viewer } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'

type Members = readonly { readonly id: PersonId }[]

/** What a reader sees of a group besides its figures. */
export interface Besides {
  /** Somebody of the members by name, other than the reader. */
  seesSome(members: Members): boolean
  /** Whether a figure of these contributors says nothing about too few of the members. */
  leavesEnough(contributors: readonly PersonId[], members: Members): boolean
}

/** Of a channel nothing is known. */
export const nothingBesides: Besides = { seesSome: () => false, leavesEnough: () => true }

/**
 * Of this reader, who takes away those they see by name, and their own. Their own alone is no obstacle: every member knows it. Who sees
 * everybody learns nothing; that the others have nothing is theirs too.
 * @example besidesOf(ada, chart, rule).leavesEnough(['a1', 'a2', 'a3', 'a4', 'ada', 'ben'], members) // false: Ada leads a1–a4 now
 */
export function besidesOf(
  reader: Viewer,
  chart: OrgChart,
  { minimumPeople, today }: { readonly minimumPeople: number; readonly today: LocalDate },
): Besides {
  const self = reader.person?.id
  const known = new Map<PersonId, boolean>()
  const sees = (personId: PersonId): boolean => {
    const isSeen = known.get(personId) ?? maySee(reader, { type: 'person', personId }, chart, today).allowed
    known.set(personId, isSeen)
    return isSeen
  }
  return {
    seesSome: (members) => members.some(({ id }) => id !== self && sees(id)),
    leavesEnough(contributors, members) {
      const others = contributors.filter((id) => id !== self)
      const unseen = others.filter((id) => !sees(id)).length
      return unseen === others.length || unseen >= minimumPeople || members.every(({ id }) => id === self || sees(id))
    },
  }
}
