// Answered scorecards: how many, each card's average, the lowest question; question by question and card by card under details.
// Averages keep human and automatic reviews apart; "/5" only where the card's scale is known. Texts are untrusted.
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { localDateOf } from '../../domain/period.ts'
import type { Part } from '../../render/message.ts'
import { dateLong, dateShort } from '../../render/text/dates.ts'
import { decimal, plural, score } from '../../render/text/numbers.ts'
import { bold, clip, joined, type Line, line } from '../../render/text/text.ts'
import type { CardSummary, ScoreAverage, ScorecardReport } from '../../stats/scorecards/results.ts'
import { defineSection, type ReportContext, type SectionOutput } from '../section.ts'
import { callLink } from '../wording/call-link.ts'
import { sinceKnown } from '../wording/coverage.ts'
import { highestAndLowest } from '../wording/questions.ts'
import { cardViewpoint, personOf } from '../wording/viewpoint.ts'

export const scorecards = defineSection({
  id: 'scorecards',
  title: 'Scorecards',
  async gather(context) {
    if (context.subject.type === 'person' && personOf(context) === undefined) return undefined
    const report = await context.stats.scorecards(context.subject, context.period, cardViewpoint(context), context.card)
    return report.answered > 0 || (report.answeredBefore ?? 0) > 0 || report.tooFewPeople ? report : undefined
  },
  render(report, context) {
    if (report.tooFewPeople) {
      return { parts: [{ type: 'note', line: line(withheldWords(report)) }] }
    }
    return { ...written(report, context), figures: { scorecards: report.answered } }
  },
})

const withheldWords = ({ withheld }: ScorecardReport): string => {
  if (withheld === 'not-whole') return 'Scorecards: without names they are shown for whole weeks only.'
  return withheld === 'not-read' ? 'Scorecards: not all read yet.' : 'Scorecards: too few people with cards to show averages.'
}

const beforeWords = (count: number | undefined, locale: string): string => (count === undefined ? '' : ` (${decimal(count, locale)})`)

const longestCard = 60
const longestQuestion = 90
const mostCards = 2
const mostSingles = 10

function written(report: ScorecardReport, context: ReportContext): SectionOutput {
  const { locale } = context
  const since = sinceKnown(report.state, report.period, locale)
  const head = line(
    bold(report.answered === 0 ? 'No scorecards' : plural(report.answered, 'scorecard', locale)),
    since === undefined ? '' : ` ${since}`,
    beforeWords(report.answeredBefore, locale),
  )
  const scored = report.cards.filter(({ average }) => average.value.known).toSorted((a, b) => b.answered - a.answered)
  const [newest] = report.single
  const personal = context.subject.type === 'person'
  const facts = [head, ...scored.slice(0, mostCards).map((card) => cardFact(card, locale))]
  const more = scored.length > mostCards ? [line(plural(scored.length - mostCards, 'more card', locale))] : []
  const left = report.leftOut ? [line('cards of too few people left out')] : []
  return {
    parts:
      personal && newest
        ? [
            ...(report.answered > 1 ? [{ type: 'facts' as const, facts: [head] }] : []),
            { type: 'text', line: singleLine(newest, report, context) },
          ]
        : [{ type: 'facts', facts: [...facts, ...more, ...left] }],
    thread: [...report.cards.flatMap((card) => questionLines(card, locale)), ...singles(report, context, personal ? 1 : 0)],
    summary: `${joined([head, ...scored.slice(0, 1).map((card) => cardFact(card, locale))], ', ').plain}.`,
    ...(personal
      ? { shows: [context.subject.personId] }
      : report.single.length > 0
        ? { shows: report.single.map(({ reviewedId }) => reviewedId) }
        : {}),
  }
}

const average = ({ value, range }: ScoreAverage, locale: string): string => (value.known ? score(value.value, locale, range) : '–')

const cardName = (card: Pick<CardSummary, 'name' | 'method'>): string =>
  `${clip(card.name.trim(), longestCard) || 'Unnamed card'}${card.method === 'automatic' ? ' (automatic)' : ''}`

/** `Discovery **3.8** (3.6); lowest question "Agreed next step" 2.9, n = 7` */
function cardFact(card: CardSummary, locale: string): Line {
  const { before } = card.average
  const lowest = highestAndLowest(card)?.lowest
  return line(
    `${cardName(card)} `,
    bold(average(card.average, locale)),
    before.known ? ` (${score(before.value, locale)})` : '',
    lowest
      ? `; lowest question "${clip(lowest.text, longestQuestion)}" ${average(lowest.average, locale)}, n = ${decimal(lowest.average.n, locale)}`
      : `, n = ${decimal(card.average.n, locale)}`,
  )
}

/** Every question of a card with its average, change and n, in the card's own order. */
function questionLines(card: CardSummary, locale: string): Part[] {
  const lines = card.questions.map(({ questionId, text, average: of, notApplicable = 0 }) => {
    const name = clip(text?.trim() || `Question ${questionId}`, longestQuestion)
    const figure = of.value.known
      ? [` ${average(of, locale)}`, of.before.known ? ` (${score(of.before.value, locale)})` : '', `, n = ${decimal(of.n, locale)}`]
      : [' no score']
    return line(
      '• ',
      name,
      bold(figure[0] ?? ''),
      ...figure.slice(1),
      notApplicable > 0 ? `, ${decimal(notApplicable, locale)} not applicable` : '',
    )
  })
  const head = line(
    bold(cardName(card)),
    ` ${average(card.average, locale)} · ${plural(card.answered, 'card', locale)}${beforeWords(card.answeredBefore, locale)}`,
  )
  return [{ type: 'text', line: joined([head, ...lines], '\n') }]
}

/** The newest cards, each with its call. */
function singles(report: ScorecardReport, context: ReportContext, from: number): Part[] {
  const shown = report.single.slice(from, from + mostSingles)
  const more = report.single.length - from - shown.length
  return [
    ...shown.map((card): Part => ({ type: 'text', line: singleLine(card, report, context) })),
    ...(more > 0 ? [{ type: 'note' as const, line: line(`and ${plural(more, 'card', context.locale)} more`) }] : []),
  ]
}

/** `Scored Tue 17 Nov, Discovery 4.1: strongest "Pain confirmed" 4.5, next "Agreed next step" 3 · Open call` */
function singleLine(card: AnsweredScorecard, report: ScorecardReport, context: ReportContext): Line {
  const { locale } = context
  const date = localDateOf(card.answeredAt, report.state.zone)
  const overall = card.overallScore === undefined ? '' : ` ${score(card.overallScore, locale, card.overallRange)}`
  const scored = card.questions.flatMap(({ text, score: value, notApplicable }) =>
    notApplicable || value === undefined ? [] : [{ text: clip(text?.trim() || 'a question', longestQuestion), value }],
  )
  const best = scored.toSorted((a, b) => b.value - a.value)
  const [strongest] = best
  const next = best.at(-1)
  const words =
    strongest && next && strongest.value > next.value
      ? `: strongest "${strongest.text}" ${score(strongest.value, locale)}, next "${next.text}" ${score(next.value, locale)}`
      : ''
  return line(
    `Scored ${report.single.length > 7 ? dateShort(date, locale) : dateLong(date, locale)}, `,
    bold(cardName({ name: card.scorecardName, method: card.method })),
    overall,
    words,
    ' · ',
    callLink(context.gongAppUrl, card.callId),
  )
}
