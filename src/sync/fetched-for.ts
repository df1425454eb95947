// For whom figures are fetched: everybody the key sees, or a pilot's people alone. Coaching is fetched for every manager, or for fewer where
// each costs a request or Gong refuses one.
import type { Clock } from '../clock.ts'
import type { PersonId } from '../domain/person.ts'
import type { GongSource } from '../gong/source.ts'
import type { Store } from '../store/store.ts'
import { scorecardWeeksKept } from './kept-periods.ts'

export interface FetchedForDeps {
  readonly source: Pick<GongSource, 'contract'>
  readonly store: Pick<Store, 'people' | 'tenant' | 'gaps'>
  readonly clock: Clock
  /** Only these people's figures are fetched (a pilot). Missing or undefined = everybody the key sees. */
  readonly onlyPeople?: (() => Promise<readonly PersonId[] | undefined>) | undefined
  /** Managers with a digest or reminder: where each costs a request, only their coaching is fetched. Missing = all managers. */
  readonly coachedManagers?: (() => Promise<readonly PersonId[]>) | undefined
}

export interface FetchedManagers {
  readonly ids: readonly PersonId[]
  /** Whether these are all the managers of the company. */
  readonly areAll: boolean
}

/** The people fetching is restricted to; undefined = everybody. */
export const onlyPeopleOf = async ({ onlyPeople }: Pick<FetchedForDeps, 'onlyPeople'>): Promise<readonly PersonId[] | undefined> =>
  onlyPeople?.()

/** Whether coaching costs one request for each manager: always in the live contract, in the documented one where Gong answered so. */
export const costsPerManager = async ({ source, store }: Pick<FetchedForDeps, 'source' | 'store'>): Promise<boolean> =>
  source.contract === 'live' || (await store.tenant.get('coaching-rows')) === 'per-report'

/** How many weeks of coaching are kept: many where one request covers all managers, this week and the last where each costs one. */
export const coachingWeeksKept = (perManager: boolean): number => (perManager ? 1 : scorecardWeeksKept)

/** Managers whose coaching is fetched. */
export async function fetchedManagers(deps: FetchedForDeps): Promise<FetchedManagers> {
  const [{ managers }, coached, people, refused] = await Promise.all([
    deps.store.people.chart(),
    coachedWherePaid(deps),
    onlyPeopleOf(deps),
    deps.store.gaps.refusedManagers(deps.clock.now()),
  ])
  const lists = [coached, people].flatMap((list) => (list ? [new Set(list)] : []))
  const ids = managers.map(({ id }) => id).filter((id) => lists.every((list) => list.has(id)) && !refused.has(id))
  return { ids, areAll: lists.length === 0 && refused.size === 0 }
}

/** Undefined where one request covers every manager. */
const coachedWherePaid = async (deps: FetchedForDeps): Promise<readonly PersonId[] | undefined> =>
  (await costsPerManager(deps)) ? deps.coachedManagers?.() : undefined
