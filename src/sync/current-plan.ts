// The plan of this moment: reads the store for what `plan.ts` decides upon.
import { localDateOf, type Weekday } from '../domain/period.ts'
import { asOneReading } from '../one-reading.ts'
import type { Store } from '../store/store.ts'
import { coversWhat } from './coverage.ts'
import { coachingWeeksKept, costsPerManager, type FetchedForDeps, fetchedManagers, onlyPeopleOf } from './fetched-for.ts'
import { type Plan, planFetches } from './plan.ts'

export interface CurrentPlanDeps extends FetchedForDeps {
  readonly store: FetchedForDeps['store'] & Pick<Store, 'windows' | 'records' | 'budget' | 'cards'>
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  readonly weekStart: Weekday
}

/** Ids of the scorecards that count, by the admins' setting; an empty list means all. */
export const cardsThatCountOf = async (store: Pick<Store, 'cards'>): Promise<readonly string[]> =>
  (await store.cards.counted()).map(({ id }) => id)

export const currentPlan = (deps: CurrentPlanDeps): Promise<Plan> => asOneReading(() => plan(deps))

async function plan(deps: CurrentPlanDeps): Promise<Plan> {
  const { store, clock, zone, weekStart } = deps
  const now = clock.now()
  const [windows, scorecards, daily, everybody, budget, perManager, managers, people, cards] = await Promise.all([
    store.windows.states(),
    store.records.ranges('scorecards'),
    store.records.ranges('daily-activity'),
    store.people.chart(),
    store.budget.today(),
    costsPerManager(deps),
    fetchedManagers(deps),
    onlyPeopleOf(deps),
    cardsThatCountOf(store),
  ])
  return planFetches({
    today: localDateOf(now, zone),
    zone,
    now,
    weekStart,
    windows,
    ranges: [...scorecards, ...daily],
    covers: coversWhat({
      people,
      managers: managers.areAll ? undefined : managers.ids,
      cards: cards.length > 0 ? cards : undefined,
    }),
    people: people?.length ?? everybody.active.length,
    coachingRequests: managers.ids.length === 0 ? 0 : perManager ? managers.ids.length : 1,
    coachingWeeks: coachingWeeksKept(perManager),
    requestsPerDay: budget.perDay,
  })
}
