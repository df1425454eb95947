// How old and how complete an answer is, computed from the reads it uses.
import type { FigureGap } from '../domain/figure-gap.ts'
import type { GongContract } from '../domain/gong-figures.ts'
import { localDateOf, type Period } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { ReadState, TenantFacts } from '../domain/reads.ts'
import { isSettled } from '../domain/settled.ts'

/** How old and how whole an answer is. */
export interface DataState {
  readonly contract: GongContract
  readonly zone: string
  /** The oldest reading it rests on. */
  readonly readAt?: Date | undefined
  /** It was read before the period's figures had settled. */
  readonly mayMove: boolean
  readonly quarantined: number
  /** People of the subject never read for this period. */
  readonly neverRead: number
  /** Kinds of figures Gong does not give now. */
  readonly gaps?: readonly FigureGap[] | undefined
  /** Set where not all scorecards the answer looks at were fetched: the stretch that was, beyond which nothing is counted. */
  readonly cardsKnown?: Period | 'none' | undefined
  /** Set where the past weeks a figure is held against were not all fetched: how many were, of how many. */
  readonly weeksKnown?: PartKnown | undefined
  /** The key may not read how many calls anybody had: no figure is held to a minimum of calls. */
  readonly callsClosed?: true | undefined
  /** Gong gives conversation figures of the period, and a talk ratio in none of them. */
  readonly lacksTalkRatio?: true | undefined
  /** Set where Gong's coaching counts by report were not all fetched for the last weeks. */
  readonly countsKnown?: PartKnown | undefined
  /** Set where Gong gives the coaching of some workspaces alone. */
  readonly workspacesKnown?: PartKnown | undefined
  /** Newer figures are held back: without names they change once those of so many people of one team did. */
  readonly heldBack?: number | undefined
  /** The period ended before settings that decide these figures were changed, or before a backup was restored. */
  readonly isOfOtherSetting?: true | undefined
  /** When the list of people was last fetched. */
  readonly peopleReadAt?: Date | undefined
}

export interface PartKnown {
  readonly read: number
  readonly of: number
}

/** Undefined when all of them were read. */
export function weeksKnown(weeks: readonly { readonly isRead: boolean }[]): PartKnown | undefined {
  const read = weeks.filter(({ isRead }) => isRead).length
  return read === weeks.length ? undefined : { read, of: weeks.length }
}

/** Of a coaching answer: set where the counts lack a workspace. */
export const workspacesKnown = ({ workspaces }: TenantFacts): Pick<DataState, 'workspacesKnown'> =>
  workspaces ? { workspacesKnown: { read: workspaces.of - workspaces.closed, of: workspaces.of } } : {}

/**
 * `readAt` is the oldest reading; a person never read in any of the answers counts once. What was set aside is somebody's: it is counted of
 * `standing` only, where that is given.
 */
export function dataState(tenant: TenantFacts, period: Period, answers: readonly ReadState[], standing?: ReadonlySet<PersonId>): DataState {
  const readings = answers.flatMap((answer) => (answer.readAt ? [answer.readAt] : []))
  const readAt = readings.reduce<Date | undefined>((oldest, at) => (oldest === undefined || at < oldest ? at : oldest), undefined)
  const neverRead = new Set<PersonId>(answers.flatMap((answer) => [...answer.neverRead]))
  return {
    contract: tenant.contract,
    zone: tenant.zone,
    readAt,
    mayMove: readAt === undefined || !isSettled(period, localDateOf(readAt, tenant.zone)),
    quarantined: answers.reduce((sum, answer) => sum + setAside(answer, standing), 0),
    neverRead: neverRead.size,
    ...(tenant.gaps && tenant.gaps.length > 0 && { gaps: tenant.gaps }),
    peopleReadAt: tenant.peopleReadAt,
  }
}

function setAside({ quarantined, quarantinedPeople }: ReadState, standing: ReadonlySet<PersonId> | undefined): number {
  const leftOver = standing ? [...quarantinedPeople].filter((id) => !standing.has(id)).length : 0
  return quarantined - leftOver
}
