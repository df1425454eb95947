// What went wrong lately while fetching from Gong, for admins: newest first, each problem once. Words without figures or names.

import type { Clock } from '../clock.ts'
import { cutWords } from '../domain/cut-list.ts'
import type { PersonId } from '../domain/person.ts'
import { GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'

export interface SyncProblem {
  readonly at: Date
  /** Operation, for example `POST /stats/interaction`. */
  readonly endpoint: string
  readonly words: string
  /** Gong's own id of the request, for its support. */
  readonly requestId?: string | undefined
  /** An admin has to decide. */
  readonly asks?: 'shrunk-list' | undefined
}

export interface Problems {
  /** Remembers an expected failure; false for anything else, which is a bug and must be thrown on. */
  add(error: unknown): boolean
  /** Records the database refused; their owners by Gong id. */
  setAside(kind: string, ids: readonly PersonId[]): void
  /** Everything was fetched without a failure: what was wrong is over. */
  clear(): void
  list(): readonly SyncProblem[]
}

const kept = 10

export function createProblems(clock: Clock): Problems {
  let problems: SyncProblem[] = []
  const remember = (now: SyncProblem): void => {
    const others = problems.filter(({ endpoint, words }) => endpoint !== now.endpoint || words !== now.words)
    problems = [now, ...others].slice(0, kept)
  }
  return {
    add(error) {
      const words = wordsFor(error)
      if (words === undefined) return false
      const { endpoint, requestId } = error as GongRefused
      remember({ at: clock.now(), endpoint, words, requestId })
      return true
    },
    setAside(kind, ids) {
      const named = cutWords(ids, 5).join(', ')
      remember({ at: clock.now(), endpoint: kind, words: `Records of Gong users ${named} could not be stored and are set aside.` })
    },
    clear() {
      problems = []
    },
    list: () => problems,
  }
}

function wordsFor(error: unknown): string | undefined {
  if (error instanceof GongRefused) {
    if (error.login !== undefined) return `${error.message}.`
    return error.missingScope
      ? `The key lacks the scope ${error.missingScope}.`
      : `Gong refused with ${error.status}: ${error.errors.join(' · ') || 'no reason given'}`
  }
  if (error instanceof GongRateLimited)
    return error.by === 'budget' ? "Today's share of requests is used up." : 'Gong takes no more requests for now.'
  if (error instanceof GongUnavailable || error instanceof GongSurprise) return `${error.message}.`
  return undefined
}
