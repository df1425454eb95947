// Coaching comes in one answer per manager and workspace. A manager or workspace that Gong does not answer for is left out and named; the
// others are kept. Knows neither contract.
import type { CoachingCounts } from '../domain/gong-figures.ts'
import type { PersonId } from '../domain/person.ts'
import { GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'
import type { Log } from '../log.ts'
import { addCoaching } from './coaching-sum.ts'
import type { GongAnswer, Quarantined } from './source.ts'

/** A workspace that let nobody in so many times is closed: the rest of its managers are not asked. */
const closedAfter = 3

/** A failure of this one manager. @throws what concerns every request: a limit, a cancellation. */
export function leftOut(error: unknown): Error {
  if (error instanceof GongRefused || error instanceof GongSurprise || error instanceof GongUnavailable) return error
  throw error
}

/** The key may not enter, or nobody answers: it would be the same for every manager. */
const isAboutTheDoor = (error: Error): boolean =>
  error instanceof GongUnavailable || (error instanceof GongRefused && [401, 403].includes(error.status))

export interface Tally<Row, Workspace> {
  /** Workspaces still asked. */
  open(): readonly Workspace[]
  add(managerId: PersonId, workspaceId: Workspace, answer: GongAnswer<Row> | Error): void
  /** @throws the first failure when no manager was answered for. */
  close(): {
    readonly records: readonly Row[]
    readonly quarantined: readonly Quarantined[]
    readonly notFetched: readonly PersonId[]
    readonly closed: readonly Workspace[]
  }
}

/** A tally as one answer: counts of several workspaces added up, what is missing named and logged. */
export function tallied<Workspace>(
  tally: Tally<CoachingCounts, Workspace>,
  workspaces: number,
  requests: number,
  log: Log,
): GongAnswer<CoachingCounts> {
  const { records, quarantined, notFetched, closed } = tally.close()
  if (notFetched.length > 0 || closed.length > 0)
    log.warn({ managers: notFetched.length, workspaces: closed }, 'Gong does not give all coaching; the rest was kept')
  return {
    records: addCoaching(records),
    quarantined,
    requests,
    ...(notFetched.length > 0 && { notFetched }),
    ...(closed.length > 0 && { closedWorkspaces: { closed: closed.length, of: workspaces } }),
  }
}

/** What each workspace said of each manager. A manager refused by a workspace that answers for others is not fetched. */
export function createTally<Row, Workspace = string>(workspaceIds: readonly Workspace[]): Tally<Row, Workspace> {
  const answers: { readonly managerId: PersonId; readonly workspaceId: Workspace; readonly answer: GongAnswer<Row> | Error }[] = []
  const refusals = new Map<Workspace, number>()
  const answering = new Set<Workspace>()
  const isClosed = (workspaceId: Workspace) => !answering.has(workspaceId) && (refusals.get(workspaceId) ?? 0) >= closedAfter
  return {
    open: () => workspaceIds.filter((workspaceId) => !isClosed(workspaceId)),
    add(managerId, workspaceId, answer) {
      answers.push({ managerId, workspaceId, answer })
      if (answer instanceof Error && isAboutTheDoor(answer)) refusals.set(workspaceId, (refusals.get(workspaceId) ?? 0) + 1)
      if (!(answer instanceof Error)) answering.add(workspaceId)
    },
    close() {
      const failures = answers.flatMap(({ answer }) => (answer instanceof Error ? [answer] : []))
      if (answering.size === 0 && failures[0]) throw failures[0]
      const closed = workspaceIds.filter((workspaceId) => !answering.has(workspaceId))
      const failed = answers.filter(({ workspaceId, answer }) => answer instanceof Error && answering.has(workspaceId))
      const notFetched = new Set(failed.map(({ managerId }) => managerId))
      const good = answers.flatMap(({ managerId, answer }) => (answer instanceof Error || notFetched.has(managerId) ? [] : [answer]))
      return {
        records: good.flatMap(({ records }) => records),
        quarantined: good.flatMap(({ quarantined }) => quarantined),
        notFetched: [...notFetched],
        closed,
      }
    },
  }
}
