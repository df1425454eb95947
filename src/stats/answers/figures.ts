// The answers about conversation and activity: one person, and a team, org or company. Reads grow with weeks, never with people.
import type { Reader } from '../../domain/onlookers.ts'
import { type Period, periodKey } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { maySee, type Subject } from '../../domain/policy.ts'
import type { TenantFacts } from '../../domain/reads.ts'
import type { OrgChart } from '../../domain/team.ts'
import { dataState, type PartKnown, weeksKnown } from '../data-state.ts'
import { personDaily, teamDaily, withheldDaily } from '../figures/daily.ts'
import { callCountOf, type PeriodFigures, readPeriod } from '../figures/period-figures.ts'
import { type MeasuresById, type PersonRules, personFigures, personTrend } from '../figures/person.ts'
import type { PersonFigures, PersonReport, TeamMeasure, TeamReport, TrendPoint } from '../figures/results.ts'
import { isTeamShort, teamCounts, teamMeasure, teamWeek } from '../figures/team.ts'
import { distinctPeriods, type PeriodPlan, planPeriods } from '../figures/weeks.ts'
import { type Group, type GroupRule, groupByName, groupRule, groupWithoutNames } from '../groups/group.ts'
import { managerOf } from '../groups/subject-people.ts'
import { type MeasureId, measures } from '../measures/index.ts'
import { definitionOf } from '../measures/measure.ts'
import { onDemand } from '../on-demand.ts'
import type { StatsService } from '../results.ts'
import type { StatsDeps } from '../stats-deps.ts'
import { asShown, showing } from './figures-as-shown.ts'

export function figureAnswers(deps: StatsDeps): Pick<StatsService, 'person' | 'team'> {
  const { reads, minimumCalls, targets } = deps
  const rules = { minimumCalls, targets }
  return {
    async person(personId, period, reader) {
      const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
      const person = chart.people.get(personId) ?? { id: personId, name: personId, emails: [], active: false }
      const group = teamBeside(personId, chart, groupRule(deps, tenant), reader)
      const plan = planPeriods(period, deps.weekStart)
      const withTeam = (each: Period) => [...new Set([personId, ...idsOf(group?.membersIn(each) ?? [])])]
      if (group) await showing(deps, group, [plan.period, plan.before])
      const [past, daily] = await Promise.all([
        readPast(plan, (each, isCompared) => readPeriod(reads, tenant, each, isCompared ? withTeam(each) : [personId])),
        reads.dailyActivity(period, [personId]),
      ])
      const given = givenBy(tenant)
      const [now, before] = group
        ? [await asShown(deps, group, past.now), await asShown(deps, group, past.before)]
        : [past.now, past.before]
      const short = group !== undefined && isTeamShort(group, now, before)
      const report: PersonReport = {
        figures: personFigures(person, past, given, rules, false),
        period,
        before: past.before.period,
        team: group
          ? onDemand(given, (measure) => teamMeasure(measure, group, { now, before }, noWeeks, rules, short))
          : new Map<MeasureId, TeamMeasure>(),
        trend: onDemand(given, (measure) => personTrend(measure, personId, past.trend, minimumCalls)),
        daily: personDaily(period, daily, personId),
        state: {
          ...dataState(tenant, period, [past.now.interaction, past.now.activity]),
          ...personState(past.now, personId),
          weeksKnown: pastWeeksKnown(past),
          lacksTalkRatio: lacksTalkRatio(past.now, group),
          callsClosed: past.now.callsClosed,
          heldBack: now.heldBack ?? before.heldBack,
          ...(group?.isOfOtherSetting(period) && { isOfOtherSetting: true as const }),
        },
      }
      return report
    },

    async team(subject, period, detail, reader) {
      const [tenant, chart] = await Promise.all([reads.tenant(), reads.chart()])
      const isByName = detail === 'by-name'
      const group = isByName ? groupByName(subject, chart) : groupWithoutNames(subject, chart, groupRule(deps, tenant), reader)
      const manager = managerOf(subject, chart)
      const members = group.membersIn(period)
      const plan = planPeriods(period, deps.weekStart)
      const read = (each: Period) => readPeriod(reads, tenant, each, idsOf(group.membersIn(each)))
      if (!isByName) await showing(deps, group, distinctPeriods(plan))
      const [past, daily] = await Promise.all([
        readPast(plan, isByName ? read : async (each) => asShown(deps, group, await read(each))),
        isByName ? reads.dailyActivity(period, idsOf(members)) : undefined,
      ])
      const given = givenBy(tenant)
      const short = isTeamShort(group, past.now, past.before)
      // Each week of a measure is made once, for the trend and for what is usual.
      const weeksBefore = onDemand(given, (measure) => past.weeksBefore.map((week) => teamWeek(measure, group, week, minimumCalls)))
      let people: readonly PersonFigures[] | undefined
      const report: TeamReport = {
        subject,
        manager,
        members,
        period,
        before: past.before.period,
        measures: onDemand(given, (measure) => teamMeasure(measure, group, past, () => weeksBefore.get(measure.id) ?? [], rules, short)),
        // Made when first looked at: of a company by name nobody shows 10,000 rows of every measure.
        get people() {
          if (!isByName) return []
          people ??= peopleFigures(members, past, given, rules)
          return people
        },
        trend: onDemand(given, (measure) =>
          past.trend.map((week) => {
            const at = past.weeksBefore.indexOf(week)
            return weeksBefore.get(measure.id)?.[at] ?? teamWeek(measure, group, week, minimumCalls)
          }),
        ),
        daily: daily ? teamDaily(period, daily, idsOf(members)) : withheldDaily(period),
        counts: teamCounts(group, past.now, minimumCalls),
        minimumPeople: group.minimumPeople,
        ...(group.seesSome(period) && { seesSome: true as const }),
        minimumCalls,
        ...(short && { isShort: true as const }),
        state: {
          ...dataState(tenant, period, [past.now.interaction, past.now.activity], group.standing(period)),
          weeksKnown: pastWeeksKnown(past),
          lacksTalkRatio: lacksTalkRatio(past.now, group),
          callsClosed: past.now.callsClosed,
          heldBack: everyPeriodOf(past).find(({ heldBack }) => heldBack)?.heldBack,
          ...(group.isOfOtherSetting(period) && { isOfOtherSetting: true as const }),
        },
      }
      return report
    },
  }
}

/**
 * The person's team, which a reader is shown beside the person only if the policy lets them ask for it. A channel is not: nobody's own figures
 * are for channels.
 */
function teamBeside(personId: PersonId, chart: OrgChart, rule: GroupRule, reader: Reader | undefined): Group | undefined {
  const manager = chart.managerAbove(personId)
  if (!manager) return undefined
  const team: Subject = { type: 'team', managerId: manager.id }
  const isAllowed = reader === undefined || ('grants' in reader && maySee(reader, team, chart, rule.today).allowed)
  return isAllowed ? groupWithoutNames(team, chart, rule, reader) : undefined
}

/** Beside a person stands the team's figure alone, not what is usual for it. */
const noWeeks = (): readonly TrendPoint[] => []

const everyPeriodOf = ({ now, before, trend, weeksBefore }: Past): readonly PeriodFigures[] => [
  ...new Set([now, before, ...trend, ...weeksBefore]),
]

const idsOf = (people: readonly Person[]): PersonId[] => people.map(({ id }) => id)

function peopleFigures(members: readonly Person[], past: Past, given: MeasuresById, rules: PersonRules): PersonFigures[] {
  const anyCalls = hadCalls(past.now, members)
  return members.map((person) => personFigures(person, past, given, rules, anyCalls))
}

interface Past {
  readonly now: PeriodFigures
  readonly before: PeriodFigures
  readonly trend: readonly PeriodFigures[]
  readonly weeksBefore: readonly PeriodFigures[]
}

/** Every period once; `isCompared` of the one asked for and the one before, else it is a week of the trend. */
async function readPast(plan: PeriodPlan, read: (period: Period, isCompared: boolean) => Promise<PeriodFigures>): Promise<Past> {
  const compared = new Set([periodKey(plan.period), periodKey(plan.before)])
  const answers = new Map(
    distinctPeriods(plan).map((each) => {
      const key = periodKey(each)
      return [key, read(each, compared.has(key))] as const
    }),
  )
  const of = async (each: Period): Promise<PeriodFigures> => answers.get(periodKey(each)) ?? read(each, true)
  const [now, before, trend, weeksBefore] = await Promise.all([
    of(plan.period),
    of(plan.before),
    Promise.all(plan.trend.map(of)),
    Promise.all(plan.weeksBefore.map(of)),
  ])
  return { now, before, trend, weeksBefore }
}

/** Of those who had calls and stand together in the group: it says nothing about one of them. */
function lacksTalkRatio({ period, interaction: { rows } }: PeriodFigures, group: Group | undefined): true | undefined {
  const hasCalls = (id: PersonId): boolean => rows.has(id) && rows.get(id)?.callsCount !== 0
  const counted = group?.together(period, hasCalls)
  const withCalls = [...rows].filter(([id]) => hasCalls(id) && counted?.has(id) !== false)
  return withCalls.length > 0 && withCalls.every(([, { talkShare }]) => talkShare === undefined) ? true : undefined
}

/** How many of the eight weeks before were fetched, for everybody they are of. A kind the period itself lacks is said elsewhere. */
function pastWeeksKnown({ now, weeksBefore }: Past): PartKnown | undefined {
  const kinds = (['interaction', 'activity'] as const).filter((kind) => now[kind].neverRead.size === 0)
  return weeksKnown(weeksBefore.map((week) => ({ isRead: kinds.every((kind) => week[kind].neverRead.size === 0) })))
}

const givenBy = (tenant: TenantFacts): MeasuresById =>
  new Map(measures.filter((measure) => definitionOf(measure, tenant.contract) !== undefined).map((measure) => [measure.id, measure]))

const hadCalls = (figures: PeriodFigures, people: readonly Person[]): boolean =>
  people.some(({ id }) => {
    const { calls } = callCountOf(figures, id)
    return calls.known && calls.value > 0
  })

/** Of a person's answer only their own gaps count: the team stands beside it. */
function personState(figures: PeriodFigures, personId: PersonId): { readonly neverRead: number; readonly quarantined: number } {
  const answers = [figures.interaction, figures.activity]
  return {
    neverRead: answers.some((answer) => answer.neverRead.has(personId)) ? 1 : 0,
    quarantined: answers.filter((answer) => answer.quarantinedPeople.has(personId)).length,
  }
}
