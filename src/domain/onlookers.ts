// Who reads figures without names, as far as they see some of those people by name besides.
import type { LocalDate } from './period.ts'
import type { PersonId } from './person.ts'
import type { Viewer } from './policy.ts'

export interface Onlookers {
  /** Those of the readers who may see anybody else by name. */
  readonly viewers: readonly Viewer[]
  /** Every leader may be among the readers too: anybody in the workspace can read it, or too many to ask each. */
  readonly everyLeader: boolean
  /** What anybody else among the readers knows of several people, each set once: until which day each of them. */
  readonly known?: readonly KnownPeople[] | undefined
  /** Everybody in Gong whom the readers are or may be, where they are known: one who sees nobody by name may have filled scorecards. */
  readonly people?: ReadonlySet<PersonId> | undefined
}

export type KnownPeople = ReadonlyMap<PersonId, LocalDate>

/** Everybody who sees others by name, where nobody has a role. */
export const everyLeaderAlone: Onlookers = { viewers: [], everyLeader: true }

/** Of a channel at this moment. */
export interface ChannelOnlookers extends Onlookers {
  readonly readBy: ReadBy
}

/**
 * The same as long as figures would be judged alike beside what their readers see and know. `shown`: whom the message itself shows by name; that
 * its readers were shown these is no change, because it is recorded before it is posted. `since`: of two sights that lasted until that day or
 * later neither counts for more, as it is of a message about days before.
 */
export type ReadBy = (message?: { readonly shown?: readonly PersonId[]; readonly since?: LocalDate }) => string

/** Of a direct answer the asker, of a channel its onlookers. */
export type Reader = Viewer | Onlookers
