// One row per team, for whoever leads several: people, calls, talk ratio and change, scorecards, coaching; and which teams to look at. Each
// team is one press away. By name only: without names an org is one group.

import { cutWords } from '../../domain/cut-list.ts'
import type { Measured } from '../../domain/measured.ts'
import { periodKey } from '../../domain/period.ts'
import type { Person } from '../../domain/person.ts'
import { besideActionId } from '../../render/ask-button.ts'
import type { Cell, Part, TablePart } from '../../render/message.ts'
import { capital, decimal, figure, listWords, missingShort, people, plural, signed } from '../../render/text/numbers.ts'
import { bold, clip, line } from '../../render/text/text.ts'
import type { CoachingOverview } from '../../stats/coaching/results.ts'
import type { Contributors, MeasureDefinition, TeamMeasure, TeamReport } from '../../stats/figures/results.ts'
import type { ScorecardReport } from '../../stats/scorecards/results.ts'
import { type CardsNews, cardsNewsOf } from '../headlines/cards-news.ts'
import { movedAsCounted, teamNewsOf } from '../headlines/team-news.ts'
import { defineSection, type ReportContext } from '../section.ts'
import { type Counted, coachedAsCounted } from '../wording/coached-as-counted.ts'
import { inUnit, movedWords } from '../wording/measure.ts'
import { nameOf, possessive } from '../wording/subject.ts'
import { cardViewpoint, contributorsIn, reviewedCounted, seesNames, soleContributors } from '../wording/viewpoint.ts'

/** A leader reads so many rows; of more teams each org is asked for by itself. */
const mostTeams = 40
const mostNamed = 3

interface Row {
  readonly manager: Person
  readonly coaching: CoachingOverview['managers'][number]
  readonly figures: TeamReport
  readonly cards: ScorecardReport
}

export const teams = defineSection({
  id: 'teams',
  title: 'Teams',
  async gather(context) {
    const { subject, stats, period, audience } = context
    if (audience.type !== 'person' || !seesNames(context) || (subject.type !== 'org' && subject.type !== 'company')) return undefined
    const { managers } = await stats.coachingOverview(subject, period)
    if (managers.length < 2 || managers.length > mostTeams) return undefined
    const [definitions, rows] = await Promise.all([
      stats.measures(),
      Promise.all(
        managers.map(async (coaching): Promise<Row> => {
          const team = { type: 'team', managerId: coaching.manager.id } as const
          const [figures, cards] = await Promise.all([
            stats.team(team, period, 'by-name'),
            stats.scorecards(team, period, cardViewpoint(context)),
          ])
          return { manager: coaching.manager, coaching, figures, cards }
        }),
      ),
    ])
    return {
      rows,
      conversation: definitions.filter(({ group }) => group === 'conversation'),
      counted: definitions.filter(({ ofTeam }) => ofTeam === 'sum').slice(0, 1),
    }
  },
  render({ rows, conversation, counted }, context) {
    const looked = rows.flatMap((row) => {
      const why = whyLook(row, conversation, context)
      return why === undefined ? [] : [{ row, why }]
    })
    const head =
      looked.length === 0
        ? line(bold('No team stands out.'), ` ${capital(plural(rows.length, 'team', context.locale))}.`)
        : line(
            bold(`${capital(plural(looked.length, 'team', context.locale))} to look at: `),
            listWords(
              cutWords(
                looked.map(({ row, why }) => `${possessive(nameOf(context, row.manager))} (${why})`),
                mostNamed,
              ),
            ),
            '.',
          )
    return {
      parts: [{ type: 'text', line: head }, tableOf(rows, conversation, counted, context), openATeam(rows, context)],
      shows: rows.flatMap((row) => [
        row.manager.id,
        ...soleContributors(contributorsInRow(row, conversation, counted, context), context),
        ...movedAsCounted(teamNewsOf(row.figures, conversation).slice(0, 1), row.figures, context),
        ...coachedAsCounted(coachingCounts(row, conversation, context), context),
      ]),
    }
  },
})

/** Of the figures a row gives, and of the news that is why to look at its team. */
function contributorsInRow(
  { figures, cards }: Row,
  conversation: readonly MeasureDefinition[],
  counted: readonly MeasureDefinition[],
  { locale }: ReportContext,
): readonly (Contributors | undefined)[] {
  const of = (id: MeasureDefinition['id']): readonly TeamMeasure[] => [figures.measures.get(id)].filter((each) => each !== undefined)
  const [news] = teamNewsOf(figures, conversation)
  return [
    ...columnsOf(conversation).flatMap(({ id }) => of(id).flatMap((measure) => contributorsIn(measure, 'change'))),
    ...counted.flatMap(({ id }) => of(id).flatMap((measure) => contributorsIn(measure))),
    ...reviewedCounted(cards),
    ...(news ? contributorsIn(news.of) : (fallOf(cards, locale)?.of ?? [])),
  ]
}

const columnsOf = (conversation: readonly MeasureDefinition[]): readonly MeasureDefinition[] =>
  conversation.filter(({ column }) => column === 'figure-and-change')

/** Those that a row says: the column's, and the one that is why to look at its team. */
function coachingCounts(row: Row, conversation: readonly MeasureDefinition[], context: ReportContext): readonly Counted[] {
  const { coachees } = row.coaching
  if (!coachees) return []
  const { all: among, in2Weeks, in4Weeks } = coachees
  const why = whyLook(row, conversation, context)
  const isWhy = why !== undefined && why === leftWords(row, context)
  return [{ among, coached: in2Weeks }, ...(isWhy ? [{ among, coached: in4Weeks }] : [])]
}

/** Why a leader looks at a team: what most of it did, a score that fell, coaching that did not take place. */
function whyLook(row: Row, conversation: readonly MeasureDefinition[], context: ReportContext): string | undefined {
  const { figures, cards } = row
  const { locale } = context
  const [news] = teamNewsOf(figures, conversation)
  if (news) {
    const { moved } = news.of
    const who = moved ? `${moved[news.news.direction]} of ${moved.up + moved.down + moved.unchanged} ` : ''
    return `${who}${movedWords(news.definition, news.news.direction)}, to ${inUnit(news.definition, news.value, locale)}`
  }
  return fallOf(cards, locale)?.line.plain.replace(/ \(\d+ cards?\)\.$/, '') ?? leftWords(row, context)
}

function fallOf(cards: ScorecardReport, locale: string): CardsNews | undefined {
  const news = cards.tooFewPeople ? undefined : cardsNewsOf(cards, locale)
  return news?.isFall ? news : undefined
}

/** `3 of 5 people not coached for 4 weeks`, where that is half of them or more. */
function leftWords({ coaching }: Row, { locale }: ReportContext): string | undefined {
  const left = coaching.coachedIn4Weeks === undefined ? 0 : coaching.reports - coaching.coachedIn4Weeks
  return left * 2 >= coaching.reports && coaching.reports > 0
    ? `${left} of ${people(coaching.reports, locale)} not coached for 4 weeks`
    : undefined
}

/** What a leader looks for comes first: a phone shows three or four columns and scrolls to the others. */
function tableOf(
  rows: readonly Row[],
  conversation: readonly MeasureDefinition[],
  counted: readonly MeasureDefinition[],
  context: ReportContext,
): TablePart {
  const { locale } = context
  const changing = columnsOf(conversation)
  const number = (value: number): Cell => ({ type: 'number', value, shown: decimal(value, locale) })
  const cell = (measured: Measured | undefined, shown: (value: number) => string): Cell =>
    measured?.known
      ? { type: 'number', value: measured.value, shown: shown(measured.value) }
      : { type: 'empty', why: measured?.why === 'no-comparison' ? 'nothing before' : missingShort(measured?.why ?? 'not-given') }
  return {
    type: 'table',
    caption: 'Teams, by manager; every column sorts',
    columns: [
      { title: 'Team of', align: 'left' },
      ...changing.flatMap(({ label, unit }) => [
        { title: label, align: 'right' as const },
        { title: unit === 'share' ? 'Change, points' : 'Change', align: 'right' as const },
      ]),
      { title: 'Coached in 2 weeks', align: 'right' },
      { title: 'Scorecards', align: 'right' },
      { title: 'Scorecards before', align: 'right' },
      ...counted.map(({ label }) => ({ title: label, align: 'right' as const })),
      { title: 'People', align: 'right' },
    ],
    rows: rows.map(({ manager, figures, cards, coaching }): Cell[] => [
      { type: 'text', text: nameOf(context, manager) },
      ...changing.flatMap(({ id, unit }): Cell[] => {
        const of = figures.measures.get(id)
        return [cell(of?.value, (value) => figure(value, unit, locale)), cell(of?.change, (change) => signed(change, unit, locale))]
      }),
      coaching.coachedIn2Weeks === undefined
        ? { type: 'empty', why: 'not yet fetched' }
        : { type: 'number', value: coaching.coachedIn2Weeks, shown: `${coaching.coachedIn2Weeks} of ${coaching.reports}` },
      number(cards.answered),
      cards.answeredBefore === undefined ? { type: 'empty', why: 'not yet fetched' } : number(cards.answeredBefore),
      ...counted.map(({ id, unit }) => cell(figures.measures.get(id)?.value, (value) => figure(value, unit, locale))),
      number(figures.members.length),
    ]),
  }
}

/** Each row one press away: the same as typing the team. */
const openATeam = (rows: readonly Row[], context: ReportContext): Part => ({
  type: 'buttons',
  controls: [
    {
      type: 'select',
      placeholder: 'Open a team',
      actionId: besideActionId('team'),
      options: rows.map(({ manager }) => ({
        label: clip(`${possessive(nameOf(context, manager))} team`, 70),
        value: `/gong-stats gong:${manager.id} team ${periodKey(context.period)}`,
      })),
    },
  ],
})
