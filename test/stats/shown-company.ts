// A company over a store of its own: figures are stored as fetched, and asked for as a channel reads them.
import { movableClock } from '../../src/clock.ts'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { everyLeaderAlone, type Onlookers } from '../../src/domain/onlookers.ts'
import { addDays, type Period } from '../../src/domain/period.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Subject } from '../../src/domain/policy.ts'
import type { Reads } from '../../src/domain/reads.ts'
import type { StatsService } from '../../src/stats/results.ts'
import { createStatsService } from '../../src/stats/service.ts'
import type { StatsDeps } from '../../src/stats/stats-deps.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { card, person, week } from './world.ts'

const now = new Date('2026-11-24T12:00:00Z')
const read = { quarantinedIds: [], quarantined: 0, readAt: now, final: false }
const before: Period = { from: addDays(week.from, -7), to: week.from }

export interface Asked {
  readonly stats: StatsService
  hosted(subject: Subject): Promise<number | undefined>
  /** The sum of all scores, which the average and its n give away. */
  scores(subject: Subject): Promise<number | undefined>
}

export async function shownCompany(
  store: OpenedStore,
  people: readonly Person[],
  minimumGroup: number,
  onlookers: Onlookers = everyLeaderAlone,
) {
  const asking = (over: Reads, time?: Date) => askingOver({ reads: over, minimumGroup, onlookers: async () => onlookers }, time)
  const { reads, windows, records, tenant } = store
  await tenant.set('zone', 'Europe/Berlin')
  await store.people.replaceAll(people, { readAt: new Date('2026-11-01T12:00:00Z'), seenOn: '2026-11-01' })
  return {
    ...asking(reads),
    /** The same questions, at another time. */
    at: (time: Date): Asked => asking(reads, time),
    /** The same questions, over reads that are changed. */
    over: (change: (reads: Reads) => Reads): Asked => asking(change(reads)),
    async calls(by: ReadonlyMap<string, number>): Promise<void> {
      for (const period of [before, week]) {
        const rows = period === week ? [...by] : []
        await windows.replace('activity', period, { ...read, rows: rows.map(([personId, callsAsHost]) => ({ personId, callsAsHost })) })
        await windows.replace('interaction', period, {
          ...read,
          rows: rows.map(([personId]) => ({ personId, callsCount: 5, talkShare: 0.5 })),
        })
      }
    },
    async cards(cards: readonly AnsweredScorecard[]): Promise<void> {
      await records.keepScorecards({ period: { from: before.from, to: week.to }, scope: 'all', ...read }, cards)
    },
  }
}

function askingOver(parts: Pick<StatsDeps, 'reads' | 'minimumGroup' | 'onlookers'>, time = now): Asked {
  const stats = createStatsService({
    ...parts,
    minimumCalls: 1,
    weekStart: 1,
    targets: [],
    unmarkedScorecards: 'show',
    clock: movableClock(time),
  })
  return {
    stats,
    async hosted(subject) {
      const value = (await stats.team(subject, week, 'medians')).measures.get('calls-hosted')?.value
      return value?.known ? value.value : undefined
    },
    async scores(subject) {
      const [overall] = (await stats.scorecards(subject, week, { type: 'group' })).overall ?? []
      return overall?.average.value.known ? Math.round(overall.average.value.value * overall.average.n) : undefined
    },
  }
}

export const scored = (reviewedId: string, overallScore: number, more: Partial<AnsweredScorecard> = {}): AnsweredScorecard =>
  card(reviewedId, 'reviewer', '2026-11-18T10:00:00Z', { overallScore, overallRange: { min: 0, max: 2 ** 52 }, ...more })

export const teamOf = (manager: string, size: number): Person[] =>
  Array.from({ length: size }, (_, index) => person(`${manager}${index}`, manager))
