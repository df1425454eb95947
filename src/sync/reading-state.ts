// How fetching from Gong stands, for admins: how much is fresh, how long the rest takes, and what went wrong.
import type { Clock } from '../clock.ts'
import type { PersonId } from '../domain/person.ts'
import type { Store } from '../store/store.ts'
import { dataProblems, newestOf } from './data-problems.ts'
import type { Plan } from './plan.ts'
import type { SyncProblem } from './problems.ts'
import { progressInWords, type SyncProgress } from './progress.ts'

export interface ReadingState {
  readonly windowsReady: number
  readonly windowsWanted: number
  /** Seconds until everything due is fetched; missing when nothing is due. */
  readonly secondsLeft?: number | undefined
  /** When the newest answer was fetched; missing before the first. */
  readonly readAt?: Date | undefined
  /** How many people fetching is restricted to; missing = not restricted. */
  readonly onlyPeople?: number | undefined
  /** What is being fetched at this moment, in words; missing when nothing is. */
  readonly now?: string | undefined
  readonly problems: readonly SyncProblem[]
}

export interface ReadingStateDeps {
  readonly store: Pick<Store, 'windows' | 'budget'> & Parameters<typeof dataProblems>[0]
  readonly clock: Clock
  /** The people fetching is restricted to; undefined = everybody. */
  readonly onlyPeople: () => Promise<readonly PersonId[] | undefined>
  plan(): Promise<Plan>
  progress(): SyncProgress
  /** What went wrong in this process lately. */
  problems(): readonly SyncProblem[]
}

/** Lasting problems of the data come first, then what went wrong in this process lately. */
export async function readingState(deps: ReadingStateDeps): Promise<ReadingState> {
  const { store, clock } = deps
  const [{ due, wanted }, { perSecond }, states, people, lasting] = await Promise.all([
    deps.plan(),
    store.budget.today(),
    store.windows.states(),
    deps.onlyPeople(),
    dataProblems(store, clock.now()),
  ])
  const requests = due.reduce((sum, { requests: each }) => sum + each, 0)
  return {
    windowsReady: wanted - due.length,
    windowsWanted: wanted,
    secondsLeft: due.length > 0 ? Math.ceil(requests / perSecond) : undefined,
    readAt: newestOf(states),
    onlyPeople: people?.length,
    now: progressInWords(deps.progress()),
    problems: [...lasting.map(({ key, since, words, asks }) => ({ at: since, endpoint: key, words, asks })), ...deps.problems()],
  }
}
