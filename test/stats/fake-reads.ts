// Reads over plain tables, for tests of the statistics: what is not put in was read and is empty, unless it is named as unread.
import type {
  ActivityCounters,
  AnsweredScorecard,
  CoachingCounts,
  DailyActivity,
  InteractionFigures,
} from '../../src/domain/gong-figures.ts'
import { includes, localDateOf, type Period, periodKey } from '../../src/domain/period.ts'
import type { Person, PersonId } from '../../src/domain/person.ts'
import type { ReadState, Reads, TenantFacts, WindowAnswer } from '../../src/domain/reads.ts'
import { orgChart } from '../../src/domain/team.ts'

export interface Tables {
  readonly people: readonly Person[]
  readonly tenant?: Partial<TenantFacts>
  /** Rows by `periodKey`. */
  readonly interaction?: Readonly<Record<string, readonly InteractionFigures[]>>
  readonly activity?: Readonly<Record<string, readonly ActivityCounters[]>>
  readonly coaching?: Readonly<Record<string, readonly CoachingCounts[]>>
  readonly daily?: readonly DailyActivity[]
  readonly scorecards?: readonly AnsweredScorecard[]
  /** `periodKey` of windows nobody was read for. */
  readonly unread?: readonly string[]
  /** Dates whose scorecards were fetched; missing = all. */
  readonly cardsFetched?: Period
  readonly unreadPeople?: readonly PersonId[]
  readonly quarantined?: readonly PersonId[]
  readonly readAt?: Date
}

export interface CountedReads extends Reads {
  /** Names of the reads asked for, in order. */
  readonly asked: string[]
}

export function fakeReads(tables: Tables): CountedReads {
  const asked: string[] = []
  const chart = orgChart(tables.people)
  const tenant: TenantFacts = { contract: 'documented', zone: 'Europe/Berlin', coachingRows: 'totals', ...tables.tenant }
  const state = (ids: readonly PersonId[], unread: boolean): ReadState => ({
    readAt: tables.readAt ?? new Date('2026-11-23T07:41:00Z'),
    neverRead: new Set(unread ? ids : ids.filter((id) => tables.unreadPeople?.includes(id))),
    quarantined: ids.filter((id) => tables.quarantined?.includes(id)).length,
    quarantinedPeople: new Set(ids.filter((id) => tables.quarantined?.includes(id))),
  })
  /** Of what is fetched; all of it unless `cardsFetched` says which dates were. */
  const cardsFetched = (period: Period, records: readonly AnsweredScorecard[]) => {
    const fetched = tables.cardsFetched
    if (!fetched) return { records, whole: period }
    const [from, to] = [fetched.from > period.from ? fetched.from : period.from, fetched.to < period.to ? fetched.to : period.to]
    const whole = from < to ? { from, to } : undefined
    return { records: records.filter(({ answeredAt }) => whole && includes(whole, localDateOf(answeredAt, tenant.zone))), whole }
  }
  const window = async <T>(
    name: string,
    period: Period,
    ids: readonly PersonId[],
    rows: ReadonlyMap<PersonId, T>,
  ): Promise<WindowAnswer<T>> => {
    asked.push(`${name} ${periodKey(period)}`)
    return { ...state(ids, tables.unread?.includes(periodKey(period)) === true), rows }
  }
  const byPerson = <T extends { readonly personId: PersonId }>(
    rows: readonly T[] | undefined,
    ids: readonly PersonId[],
  ): Map<PersonId, T> => {
    const wanted = new Set(ids)
    return new Map((rows ?? []).filter((row) => wanted.has(row.personId)).map((row) => [row.personId, row]))
  }
  return {
    asked,
    tenant: async () => tenant,
    chart: async () => chart,
    // These tables never change.
    showing: async () => undefined,
    heldBack: async () => ({ interaction: new Map(), activity: new Map(), scorecards: new Map() }),
    release: async () => true,
    replacedBefore: async () => [],
    interaction: (period, ids) => window('interaction', period, ids, byPerson(tables.interaction?.[periodKey(period)], ids)),
    activity: (period, ids) => window('activity', period, ids, byPerson(tables.activity?.[periodKey(period)], ids)),
    coaching: (period, ids) =>
      window(
        'coaching',
        period,
        ids,
        Map.groupBy(
          (tables.coaching?.[periodKey(period)] ?? []).filter((row) => ids.includes(row.managerId)),
          (row) => row.managerId,
        ),
      ),
    async dailyActivity(period, ids) {
      asked.push('daily')
      return {
        ...state(ids, false),
        whole: period,
        records: (tables.daily ?? []).filter((row) => ids.includes(row.personId) && includes(period, row.date)),
      }
    },
    async scorecards(period, of) {
      asked.push(`scorecards ${periodKey(period)}`)
      const records = (tables.scorecards ?? []).filter(
        (card) =>
          includes(period, localDateOf(card.answeredAt, tenant.zone)) &&
          (of.reviewedIds?.includes(card.reviewedId) || (card.reviewerId !== undefined && of.reviewerIds?.includes(card.reviewerId))),
      )
      const isBare = (card: AnsweredScorecard) => of.withoutQuestionsOf === 'everybody' || of.withoutQuestionsOf === card.reviewerId
      const given =
        of.withoutQuestionsOf === undefined ? records : records.map((card) => (isBare(card) ? { ...card, questions: [] } : card))
      return { ...state(of.reviewedIds ?? [], tables.unread?.includes(periodKey(period)) === true), ...cardsFetched(period, given) }
    },
  }
}
