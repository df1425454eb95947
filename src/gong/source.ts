// What both contracts offer after translation. Sync fetches only through this; nothing past it knows which contract answered.
import type {
  ActivityCounters,
  AnsweredScorecard,
  CoachingCounts,
  DailyActivity,
  GongContract,
  InteractionFigures,
} from '../domain/gong-figures.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import type { Period } from '../domain/period.ts'
import type { Person, PersonId } from '../domain/person.ts'

/** A record set aside because its values are impossible. `personId` when the record names one; `paths` name fields, never values. */
export interface Quarantined {
  readonly personId?: PersonId | undefined
  readonly paths: readonly string[]
}

/** A whole answer, all pages read. Records come translated; bad ones are in `quarantined`. */
export interface GongAnswer<T> {
  readonly records: readonly T[]
  readonly quarantined: readonly Quarantined[]
  /** Requests this answer cost. */
  readonly requests: number
  /** Of the managers asked about, those Gong did not answer for: nothing of theirs is in `records`. */
  readonly notFetched?: readonly PersonId[] | undefined
  /** Something of the records is missing that may come later: such an answer is never final. */
  readonly isPartial?: true | undefined
  /** Of the workspaces asked, how many gave nothing; missing when all answered. */
  readonly closedWorkspaces?: { readonly closed: number; readonly of: number } | undefined
}

export interface PageProgress {
  readonly page: number
  /** Undefined when Gong announces no total. */
  readonly pages?: number | undefined
}

export interface AskGong {
  readonly purpose: GongPurpose
  /** Slack id of the asker when `purpose` is `asked`: each has a daily cap. */
  readonly asker?: string | undefined
  /** Only these people; omitted = everybody the key sees. Never an empty list. */
  readonly personIds?: readonly PersonId[] | undefined
  readonly signal?: AbortSignal | undefined
  onPage?: ((progress: PageProgress) => void) | undefined
}

/** An operation other answers rest on: without it they go on with less. For the doctor. */
export interface FurtherOperation {
  readonly operation: 'scorecard questions' | 'workspaces'
  /** How many there are. */
  fetchCount(ask: AskGong): Promise<number>
}

/** The operator's own list of people, which `fetchPeople` lays over Gong's. */
export interface PeopleFile {
  /**
   * Reads the file again. Returns a hash of the version that is in force: the last good one. Undefined where it is broken and no good version
   * was read since the start, so that people cannot be fetched.
   */
  look(): Promise<string | undefined>
  /** The version that was laid over what `fetchPeople` answered last. */
  fetchedWith(): string | undefined
}

/** @throws GongRateLimited, GongUnavailable, GongRefused, GongSurprise — from every method. */
export interface GongSource {
  readonly contract: GongContract
  /** Missing without PEOPLE_FILE. */
  readonly peopleFile?: PeopleFile | undefined
  /** None in the documented contract. */
  readonly further: readonly FurtherOperation[]
  fetchPeople(ask: AskGong): Promise<GongAnswer<Person>>
  fetchInteraction(period: Period, ask: AskGong): Promise<GongAnswer<InteractionFigures>>
  fetchActivity(period: Period, ask: AskGong): Promise<GongAnswer<ActivityCounters>>
  fetchDailyActivity(period: Period, ask: AskGong): Promise<GongAnswer<DailyActivity>>
  /** Cards answered in the period. `scorecardIds`: only these cards (the setting "cards that count"). */
  fetchScorecards(
    period: Period,
    ask: AskGong & { readonly scorecardIds?: readonly string[] | undefined },
  ): Promise<GongAnswer<AnsweredScorecard>>
  /** Coaching of these managers; how many requests that takes depends on the contract and its reading. */
  fetchCoaching(period: Period, ask: AskGong & { readonly managerIds: readonly PersonId[] }): Promise<GongAnswer<CoachingCounts>>
}
