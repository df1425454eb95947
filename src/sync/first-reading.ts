// What everybody is answered from while nobody of Gong's is known: why the list of people is not there, and how long the first reading takes.
// It is asked by every command of those minutes, so it makes no plan: what is left is known to the process that fetches.
import { refusedLogin, refusedLoginWords } from '../domain/login-refused.ts'
import type { Store } from '../store/store.ts'
import { refusedListWords } from './data-problems.ts'
import type { SyncProblem } from './problems.ts'
import type { SyncProgress } from './progress.ts'

export interface FirstReading {
  /** Gong refuses the list of people, or the login: what to do about it, for admins. */
  readonly refused?: string | undefined
  /** How the list last failed otherwise, for admins. */
  readonly failed?: string | undefined
  /** Seconds until everything is fetched; missing where this process does not fetch, or has only begun. */
  readonly secondsLeft?: number | undefined
}

export async function firstReading(deps: {
  readonly store: Pick<Store, 'listWatch' | 'tenant'>
  progress(): SyncProgress
  problems(): readonly SyncProblem[]
}): Promise<FirstReading> {
  const [{ refused }, login] = await Promise.all([deps.store.listWatch.problems(), refusedLogin(deps.store.tenant)])
  const { requestsLeft, today } = deps.progress()
  return {
    refused: login ? refusedLoginWords(login) : refused && refusedListWords(refused),
    failed: deps.problems().find(({ endpoint }) => endpoint === 'GET /users')?.words,
    secondsLeft: today && requestsLeft > 0 ? Math.ceil(requestsLeft / today.perSecond) : undefined,
  }
}
