// The answers about coaching: a manager's coverage, several managers for a leader, and what one person received.
import type { AnsweredScorecard, CoachingCounts } from '../../domain/gong-figures.ts'
import { noData } from '../../domain/measured.ts'
import { addDays, includes, type LocalDate, localDateOf, type Period, periodBefore } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { CardsWanted, Reads, TenantFacts, WindowAnswer } from '../../domain/reads.ts'
import { asReadBy } from '../coaching/as-read-by.ts'
import {
  coachedByCards,
  coachedWithin,
  coachingLookBack,
  coachingTotal,
  coachingTotals,
  coverageFrom,
  isCoaching,
} from '../coaching/coverage.ts'
import { effectWeeks, questionsSince } from '../coaching/effect.ts'
import { dataState, weeksKnown, workspacesKnown } from '../data-state.ts'
import { callCountOf, readPeriod } from '../figures/period-figures.ts'
import { isNewIn } from '../figures/person.ts'
import { managersOf, membersOf } from '../groups/subject-people.ts'
import { coachingWeeksOf } from '../look-back.ts'
import type { StatsService } from '../results.ts'
import { type KnownCards, knownCards } from '../scorecards/known-cards.ts'
import { cardFor, mayAverage, type Viewpoint } from '../scorecards/visibility.ts'
import type { StatsDeps } from '../stats-deps.ts'

export const coachingAnswers = (
  deps: StatsDeps,
): Pick<StatsService, 'coaching' | 'coachingOverview' | 'coachingEffect' | 'coachingReceived'> => ({
  coaching: (...asked) => coaching(deps, ...asked),
  coachingOverview: (...asked) => coachingOverview(deps, ...asked),
  coachingEffect: (...asked) => coachingEffect(deps, ...asked),
  coachingReceived: (...asked) => coachingReceived(deps, ...asked),
})

async function coaching(
  deps: StatsDeps,
  ...[managerId, period, viewer, reportIds]: Parameters<StatsService['coaching']>
): ReturnType<StatsService['coaching']> {
  const { reads } = deps
  const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
  const manager = personOr(chart.people, managerId)
  const reports = reportIds ? reportIds.flatMap((id) => chart.people.get(id) ?? []) : chart.team(managerId)
  const ids = reports.map(({ id }) => id)
  const before = periodBefore(period)
  const [coaching, coachingBefore, figures, activityBefore, cards, weeks, days] = await Promise.all([
    reads.coaching(period, [managerId]),
    reads.coaching(before, [managerId]),
    readPeriod(reads, tenant, period, [...ids, managerId]),
    reads.activity(before, [managerId]),
    // What the coach's own cards say is not looked at, only when they were and of which call.
    cardsOf(deps, coachingLookBack(period), tenant, { reviewedIds: ids, withoutQuestionsOf: managerId }),
    coachingWeeks(reads, tenant, period, deps, [managerId]),
    // Documented days have counts without calls.
    tenant.contract === 'live' ? reads.dailyActivity(period, ids) : undefined,
  ])
  const callOf = new Map(
    (days?.records ?? []).flatMap(({ personId, date: on, callId }) => (callId ? [[personId, { callId, on }] as const] : [])),
  )
  const rows = coaching.rows.get(managerId) ?? []
  const windows = windowsOf(weeks, managerId)
  const facts = {
    coachId: managerId,
    zone: tenant.zone,
    from: period.from,
    to: period.to,
    cards: cards.records,
    knownSince: cards.knownSince,
    isWhole: cards.state.cardsKnown === undefined,
    unmarked: deps.unmarkedScorecards,
    rows: rows.filter((row) => row.reportId !== undefined),
    weeks: windows,
  }
  const coverageOf = coverageFrom(facts)
  return {
    manager,
    period,
    before,
    totals: coachingTotals(coaching, figures.activity, managerId),
    totalsBefore: coachingTotals(coachingBefore, activityBefore, managerId),
    reports: reports.map((report) => ({
      ...asReadBy(viewer, coverageOf(report, isNewIn(report, period), callCountOf(figures, report.id).calls)),
      ...(callOf.has(report.id) && { latestCall: callOf.get(report.id) }),
    })),
    coachedIn2Weeks: coachedWithin(14, ids, facts, windows)?.length,
    coachedIn4Weeks: coachedWithin(28, ids, facts, windows)?.length,
    ...(tenant.coachingRows === 'totals' && { coachedBefore: coachedByCards(ids, { ...facts, to: before.to }) }),
    basis: tenant.coachingRows === 'per-report' ? 'per-report' : 'scorecards',
    state: {
      ...dataState(tenant, period, [coaching, figures.activity]),
      ...cards.state,
      ...workspacesKnown(tenant),
      countsKnown: weeksKnown(windows),
    },
  }
}

async function coachingOverview(
  deps: StatsDeps,
  ...[subject, period]: Parameters<StatsService['coachingOverview']>
): ReturnType<StatsService['coachingOverview']> {
  const { reads } = deps
  const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
  const managers = managersOf(subject, chart)
  const before = periodBefore(period)
  const managerIds = managers.map(({ id }) => id)
  const reportIds = [...new Set(managers.flatMap(({ id }) => chart.team(id).map((report) => report.id)))]
  const [coaching, cards, weeks] = await Promise.all([
    reads.coaching(period, managerIds),
    cardsOf(deps, cardsFor(period), tenant, { reviewedIds: reportIds, withoutQuestionsOf: 'everybody' }),
    coachingWeeks(reads, tenant, period, deps, managerIds),
  ])
  const cardsBy = Map.groupBy(cards.records, (card) => card.reviewerId ?? '')
  return {
    subject,
    period,
    managers: managers.map((manager) => {
      const ids = chart.team(manager.id).map(({ id }) => id)
      const facts = {
        coachId: manager.id,
        zone: tenant.zone,
        to: period.to,
        cards: cardsBy.get(manager.id) ?? [],
        knownSince: cards.knownSince,
      }
      const windows = windowsOf(weeks, manager.id)
      const factsBefore = { ...facts, to: before.to }
      const [in2Weeks, in4Weeks] = [coachedWithin(14, ids, facts, windows), coachedWithin(28, ids, facts, windows)]
      return {
        manager,
        reports: ids.length,
        coachedIn2Weeks: in2Weeks?.length,
        coachedIn4Weeks: in4Weeks?.length,
        ...(tenant.coachingRows === 'totals' && { coachedBefore: coachedByCards(ids, factsBefore) }),
        coachees: { all: ids, in2Weeks, in4Weeks, in4WeeksBefore: coachedWithin(28, ids, factsBefore, []) },
        scorecardsFilled: coachingTotal(coaching, manager.id, 'scorecardsFilled'),
      }
    }),
    state: {
      ...dataState(tenant, period, [coaching]),
      ...cards.state,
      ...workspacesKnown(tenant),
      countsKnown: weeksKnown(weeks.map(({ answer }) => ({ isRead: managerIds.every((id) => !answer.neverRead.has(id)) }))),
    },
  }
}

async function coachingEffect(
  deps: StatsDeps,
  ...[subject, period, viewer]: Parameters<StatsService['coachingEffect']>
): ReturnType<StatsService['coachingEffect']> {
  const { reads } = deps
  const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
  const ids = membersOf(subject, chart).map(({ id }) => id)
  if (ids.length > mostForEffect) return { subject, period }
  const wanted = { from: addDays(period.to, -7 * effectWeeks.from), to: period.to }
  const cards = await cardsOf(deps, wanted, tenant, { reviewedIds: ids })
  if (!cards.knownSince(wanted.from)) return { subject, period }
  const shown = cards.records.filter((card) => mayAverage(card, viewer, deps.unmarkedScorecards))
  return { subject, period, since: questionsSince({ zone: tenant.zone, to: period.to, cards: shown }) }
}

async function coachingReceived(
  deps: StatsDeps,
  ...[personId, period]: Parameters<StatsService['coachingReceived']>
): ReturnType<StatsService['coachingReceived']> {
  const { reads } = deps
  const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
  const [figures, cards] = await Promise.all([
    readPeriod(reads, tenant, period, [personId]),
    cardsOf(deps, coachingLookBack(period), tenant, { reviewedIds: [personId] }),
  ])
  const viewpoint: Viewpoint = { type: 'person', personId, isAbove: false }
  const coached = cards.records.filter(isCoaching).toSorted((a, b) => b.answeredAt.getTime() - a.answeredAt.getTime())
  const seen = coached.flatMap((card) => cardFor(card, viewpoint, deps.unmarkedScorecards) ?? [])
  const inPeriod = (card: AnsweredScorecard) => includes(period, localDateOf(card.answeredAt, tenant.zone))
  const [lastCard] = seen
  const row = figures.activity.rows.get(personId)
  const missing = figures.activity.neverRead.has(personId) ? 'not-read' : 'no-calls'
  return {
    person: personOr(chart.people, personId),
    period,
    cards: seen.filter(inPeriod),
    commentsReceived:
      row?.callsReceivedComments === undefined ? noData(row ? 'not-given' : missing) : { known: true, value: row.callsReceivedComments },
    lastCard,
    state: { ...dataState(tenant, period, [figures.activity]), ...cards.state },
  }
}

async function cardsOf(deps: StatsDeps, wanted: Period, tenant: TenantFacts, of: CardsWanted): Promise<KnownCards> {
  const { zone } = tenant
  return knownCards(await deps.reads.scorecards(wanted, of), wanted, { zone, today: localDateOf(deps.clock.now(), zone) })
}

/** Eight weeks of cards with their questions are read for each: no leader reads one line about more. */
const mostForEffect = 2000

const personOr = (people: ReadonlyMap<PersonId, Person>, id: PersonId): Person =>
  people.get(id) ?? { id, name: id, emails: [], active: false }

/** Four weeks up to the end of the period before, and all up to the end of this one. */
const cardsFor = (period: Period): Period => ({ from: addDays(periodBefore(period).to, -28), to: period.to })

interface CoachingWeek {
  readonly from: LocalDate
  readonly answer: WindowAnswer<readonly CoachingCounts[]>
}

/** The last four weeks where Gong gives coaching per report; none where it gives totals only. */
async function coachingWeeks(
  reads: Reads,
  tenant: TenantFacts,
  period: Period,
  deps: StatsDeps,
  managerIds: readonly PersonId[],
): Promise<CoachingWeek[]> {
  if (tenant.coachingRows !== 'per-report') return []
  return Promise.all(
    coachingWeeksOf(period, deps.weekStart).map(async (week) => ({ from: week.from, answer: await reads.coaching(week, managerIds) })),
  )
}

const windowsOf = (weeks: readonly CoachingWeek[], managerId: PersonId) =>
  weeks.map(({ from, answer }) => ({ from, isRead: !answer.neverRead.has(managerId), rows: answer.rows.get(managerId) ?? [] }))
