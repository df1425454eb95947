// A small company after a week has ended, for tests of what its people may still be shown of it: everybody's calls of that week are powers of
// two, so that a sum tells whose are in it.
import { type MovableClock, movableClock } from '../../src/clock.ts'
import type { Measured } from '../../src/domain/measured.ts'
import type { Reader } from '../../src/domain/onlookers.ts'
import type { Period } from '../../src/domain/period.ts'
import type { Person } from '../../src/domain/person.ts'
import { type Viewers, viewersOver } from '../../src/people/viewers.ts'
import { createStatsService } from '../../src/stats/service.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { member, zone } from './delivery-world.ts'
import { usualStore } from './store.ts'

export const endedWeek: Period = { from: '2026-11-16', to: '2026-11-23' }
const dayMs = 86_400_000

/** Somebody of it, matched to the Slack user of the same number by their address. */
export const inGong = (id: string, managerId?: string): Person => ({
  id,
  name: `P${id}`,
  emails: [`u${id}@acme.test`],
  active: true,
  ...(managerId && { managerId }),
})

export interface SightWorld {
  readonly store: OpenedStore
  readonly clock: MovableClock
  readonly viewers: Viewers
  readonly stats: ReturnType<typeof createStatsService>
  /** Days after the Monday on which the week had ended. */
  moveToDay(day: number): void
  today(): string
  /** The people as Gong lists them now. */
  refresh(people: readonly Person[]): Promise<void>
  /** Calls hosted of a manager's team in the ended week, for a reader who may not see its people by name. */
  hosted(managerId: string, reader: Reader): Promise<{ readonly value: Measured | undefined; readonly members: readonly string[] }>
}

/** Slack users are called `U` and the id, with that person's address. */
export async function sightWorld(people: readonly Person[], adminNames: readonly string[] = []): Promise<SightWorld> {
  const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
  const store = await usualStore({ clock })
  const viewers = viewersOver(store, {
    directory: { whoIs: (id) => store.directory.find(id) },
    adminNames,
    slackAdminsAreAdmins: true,
    zone: async () => zone,
  })
  const onlookers = () => viewers.onlookersOf(undefined)
  const rules = { minimumCalls: 3, minimumGroup: 5, weekStart: 1, targets: [], unmarkedScorecards: 'show' } as const
  const stats = createStatsService({ ...rules, reads: store.reads, onlookers, clock })
  const world: SightWorld = {
    store,
    clock,
    viewers,
    stats,
    moveToDay: (day) => clock.moveTo(new Date(Date.parse('2026-11-23T08:00:00Z') + day * dayMs)),
    today: () => clock.now().toISOString().slice(0, 10),
    async refresh(now) {
      await store.people.replaceAll(now, { readAt: clock.now(), seenOn: world.today() })
    },
    async hosted(managerId, reader) {
      const { measures, members } = await stats.team({ type: 'team', managerId }, endedWeek, 'medians', reader)
      return { value: measures.get('calls-hosted')?.value, members: members.map(({ id }) => id) }
    },
  }
  await store.people.replaceAll(people, { readAt: clock.now(), seenOn: '2026-01-05' })
  await store.directory.replaceAll(
    people.map(({ id, name }) => member(`U${id}`, name)),
    clock.now(),
  )
  await readWeek(world, Object.fromEntries(people.map(({ id }, at) => [id, 2 ** at])))
  return world
}

/** What Gong says of the week: calls hosted by person. */
export async function readWeek(
  { store, clock }: Pick<SightWorld, 'store' | 'clock'>,
  calls: Readonly<Record<string, number>>,
): Promise<void> {
  const answer = { quarantinedIds: [], quarantined: 0, readAt: clock.now(), final: false }
  for (const period of [endedWeek, { from: '2026-11-09', to: '2026-11-16' }]) {
    const interaction = Object.keys(calls).map((personId) => ({ personId, callsCount: 5, talkShare: 0.5 }))
    await store.windows.replace('interaction', period, { ...answer, rows: interaction })
    const activity = Object.entries(calls).map(([personId, callsAsHost]) => ({ personId, callsAsHost }))
    await store.windows.replace('activity', period, { ...answer, rows: activity })
  }
}
