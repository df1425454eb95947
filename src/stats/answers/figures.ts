// The answers about conversation and activity: one person, and a team, org or company. Reads grow with weeks, never with people.
import { type Period, periodKey } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Reads, TenantFacts } from '../../domain/reads.ts'
import { personDaily, teamDaily } from '../daily.ts'
import { dataState } from '../data-state.ts'
import { definitionOf, type Measure } from '../measure.ts'
import { measures } from '../measures/index.ts'
import { callCountOf, type PeriodFigures, readPeriod } from '../period-figures.ts'
import { personFigures, personTrend } from '../person.ts'
import type { MeasureId, PersonReport, StatsService, TeamMeasure, TeamReport } from '../results.ts'
import type { StatsParts } from '../service.ts'
import { managerOf, membersOf } from '../subject-people.ts'
import { isTeamShort, teamCounts, teamMeasure, teamTrend } from '../team.ts'
import { distinctPeriods, planPeriods } from '../weeks.ts'

export function figureAnswers(parts: StatsParts): Pick<StatsService, 'person' | 'team'> {
  const { reads, minimumCalls, targets } = parts
  return {
    async person(personId, period) {
      const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
      const person = chart.people.get(personId) ?? { id: personId, name: personId, emails: [], active: false }
      const manager = chart.above(personId)[0]
      const team = manager ? chart.team(manager.id) : []
      const everybody = [...new Set([personId, ...team.map(({ id }) => id)])]
      const past = await readPast(reads, tenant, period, parts.weekStart, everybody, [personId])
      const daily = await reads.dailyActivity(period, [personId])
      const given = givenBy(tenant)
      const figures = personFigures(person, past, given, { minimumCalls, targets }, hadCalls(past.now, team, personId))
      const rules = { minimumCalls, minimumPeople: parts.minimumGroup }
      const short = isTeamShort(team, past.now, past.before)
      const report: PersonReport = {
        figures,
        period,
        before: past.before.period,
        team: manager ? byMeasure(given, (measure) => teamMeasure(measure, team, past.now, past.before, rules, short)) : new Map(),
        trend: byMeasure(given, (measure) => personTrend(measure, personId, past.trend, minimumCalls)),
        daily: personDaily(period, daily, personId),
        state: { ...dataState(tenant, period, [past.now.interaction, past.now.activity]), ...personState(past.now, personId) },
      }
      return report
    },

    async team(subject, period, detail) {
      const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
      const members = membersOf(subject, chart)
      const manager = managerOf(subject, chart)
      const ids = members.map(({ id }) => id)
      const [past, daily] = await Promise.all([
        readPast(reads, tenant, period, parts.weekStart, ids, ids),
        reads.dailyActivity(period, ids),
      ])
      const given = givenBy(tenant)
      const minimumPeople = detail === 'by-name' ? 0 : parts.minimumGroup
      const rules = { minimumCalls, minimumPeople }
      const short = isTeamShort(members, past.now, past.before)
      const anyCalls = hadCalls(past.now, members)
      const report: TeamReport = {
        subject,
        ...(manager && { manager }),
        members,
        period,
        before: past.before.period,
        measures: byMeasure<TeamMeasure>(given, (measure) => teamMeasure(measure, members, past.now, past.before, rules, short)),
        people:
          detail === 'by-name' ? members.map((person) => personFigures(person, past, given, { minimumCalls, targets }, anyCalls)) : [],
        trend: byMeasure(given, (measure) => teamTrend(measure, members, past.trend, rules)),
        daily: teamDaily(period, daily, ids, minimumPeople),
        counts: teamCounts(members, past.now, minimumCalls),
        minimumPeople,
        minimumCalls,
        ...(short && { isShort: true as const }),
        state: dataState(tenant, period, [past.now.interaction, past.now.activity]),
      }
      return report
    },
  }
}

interface Past {
  readonly now: PeriodFigures
  readonly before: PeriodFigures
  readonly trend: readonly PeriodFigures[]
  readonly usual: readonly PeriodFigures[]
}

/** Every period once: the one asked for and the one before for `everybody`, the weeks for `inTrend`. */
async function readPast(
  reads: Reads,
  tenant: TenantFacts,
  period: Period,
  weekStart: StatsParts['weekStart'],
  everybody: readonly PersonId[],
  inTrend: readonly PersonId[],
): Promise<Past> {
  const plan = planPeriods(period, weekStart)
  const compared = new Set([periodKey(plan.period), periodKey(plan.before)])
  const answers = new Map<string, Promise<PeriodFigures>>()
  for (const each of distinctPeriods(plan)) {
    const key = periodKey(each)
    answers.set(key, readPeriod(reads, tenant.contract, each, compared.has(key) ? everybody : inTrend))
  }
  const of = async (each: Period): Promise<PeriodFigures> => {
    const answer = answers.get(periodKey(each))
    return answer ?? readPeriod(reads, tenant.contract, each, everybody)
  }
  const [now, before, trend, usual] = await Promise.all([
    of(plan.period),
    of(plan.before),
    Promise.all(plan.trend.map(of)),
    Promise.all(plan.usual.map(of)),
  ])
  return { now, before, trend, usual }
}

const givenBy = (tenant: TenantFacts): readonly Measure[] =>
  measures.filter((measure) => definitionOf(measure, tenant.contract) !== undefined)

const byMeasure = <T>(given: readonly Measure[], of: (measure: Measure) => T): ReadonlyMap<MeasureId, T> =>
  new Map(given.map((measure): [MeasureId, T] => [measure.id, of(measure)]))

const hadCalls = (figures: PeriodFigures, people: readonly Person[], except?: PersonId): boolean =>
  people.some(({ id }) => {
    const { calls } = callCountOf(figures, id)
    return id !== except && calls.known && calls.value > 0
  })

/** Of a person's answer only their own gaps count: the team stands beside it. */
function personState(figures: PeriodFigures, personId: PersonId): { readonly neverRead: number; readonly quarantined: number } {
  const answers = [figures.interaction, figures.activity]
  return {
    neverRead: answers.some((answer) => answer.neverRead.has(personId)) ? 1 : 0,
    quarantined: answers.filter((answer) => answer.quarantinedPeople.has(personId)).length,
  }
}
