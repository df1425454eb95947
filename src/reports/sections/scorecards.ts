// Answered scorecards: how many, the cards that moved most, each with its lowest question; question by question and card by card under
// details. Averages keep human and automatic reviews apart; a scale is named where it is known. Texts are untrusted.
import { cutList } from '../../domain/cut-list.ts'
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { localDateOf } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Cell, Part, TablePart } from '../../render/message.ts'
import { dateLong, dateShort } from '../../render/text/dates.ts'
import { changeWords, decimal, missingScore, oneOrMany, plural, score } from '../../render/text/numbers.ts'
import { bold, clip, joined, type Line, line } from '../../render/text/text.ts'
import type { CardSummary, ScoreAverage, ScorecardReport } from '../../stats/scorecards/results.ts'
import { byChange, cardName, questionName } from '../headlines/cards-news.ts'
import { defineSection, type ReportContext, type SectionOutput } from '../section.ts'
import { callLink, callUrl } from '../wording/call-link.ts'
import { sinceKnown } from '../wording/coverage.ts'
import { heldBackWords } from '../wording/data-read.ts'
import { figureBefore } from '../wording/period-before.ts'
import { highestAndLowest } from '../wording/questions.ts'
import { scalesOfReport, withoutScaleWords } from '../wording/scale.ts'
import { nameOf } from '../wording/subject.ts'
import {
  besidesCardsWords,
  cardViewpoint,
  personOf,
  reviewedCounted,
  reviewedIn,
  seesNames,
  soleContributors,
} from '../wording/viewpoint.ts'

export const scorecards = defineSection({
  id: 'scorecards',
  title: 'Scorecards',
  async gather(context) {
    if (context.subject.type === 'person' && personOf(context) === undefined) return undefined
    const report = await context.stats.scorecards(context.subject, context.period, cardViewpoint(context), context.card)
    if (report.answered === 0 && (report.answeredBefore ?? 0) === 0 && !report.tooFewPeople) return undefined
    return { report, people: await peopleIn(report, context) }
  },
  render({ report, people }, context) {
    if (report.tooFewPeople) {
      return { parts: [{ type: 'note', line: line(withheldWords(report, context)) }] }
    }
    const held = heldBackWords(report.state, context.locale, 'scorecards').trim()
    const smallPrint = [withoutScaleWords(scalesOfReport(report)), onlyCounted(report), held].filter(Boolean).join(' ')
    return { ...written(report, people, context), ...(smallPrint && { smallPrint }), figures: { scorecards: report.answered } }
  },
})

type People = ReadonlyMap<PersonId, Person>

/** Whose the single cards are, for those who may see names; of one person nobody is named twice. */
async function peopleIn({ single }: ScorecardReport, context: ReportContext): Promise<People> {
  const { subject, stats, period } = context
  if (subject.type === 'person' || single.length === 0 || !seesNames(context)) return new Map()
  const { members } = await stats.team(subject, period, 'by-name')
  return new Map(members.map((person) => [person.id, person]))
}

const withheldWords = (report: ScorecardReport, context: ReportContext): string => {
  const { withheld, minimumPeople } = report
  if (withheld === 'not-whole') return 'Scorecards are withheld: without names they are shown for whole weeks only.'
  if (withheld === 'deleted') return 'Scorecards are withheld: some of this group’s for this week were deleted.'
  if (withheld === 'other-setting')
    return 'Scorecards are withheld: settings of group figures were changed, or a backup was restored, after this week.'
  if (withheld === 'not-kept') return 'Scorecards are withheld: this week is older than scorecards of groups are kept.'
  if (withheld === 'not-read') return 'Scorecards: not all are fetched yet.'
  const few = `fewer than ${minimumPeople} people have one${besidesCardsWords(report, context)}`
  if (context.card !== undefined) return `Scorecards of this name are withheld, or there are none: ${few}.`
  return `Scorecards are withheld: ${few}.`
}

/** Always said of a group without names: said only where there are others, it would tell that somebody has one. */
const onlyCounted = ({ minimumPeople }: ScorecardReport): string =>
  minimumPeople > 0 ? `Only scorecards that at least ${minimumPeople} people have are counted.` : ''

const mostCards = 2
const mostBesides = 8
const mostSingles = 30
const longestQuestion = 90

function written(report: ScorecardReport, people: People, context: ReportContext): SectionOutput {
  const { locale, subject } = context
  const since = sinceKnown(report.state, report.period, locale)
  const before = report.answeredBefore === undefined ? '' : ` (${figureBefore(decimal(report.answeredBefore, locale), report, locale)})`
  const head = line(
    bold(report.answered === 0 ? 'No' : decimal(report.answered, locale)),
    ` ${oneOrMany(report.answered, 'scorecard', 'scorecards')}`,
    since === undefined ? '' : ` ${since}`,
    before,
  )
  const scored = byChange(report.cards.filter(({ average }) => average.value.known))
  const [newest] = report.single
  const personal = subject.type === 'person'
  const lines: readonly Part[] =
    personal && newest
      ? [{ type: 'text', line: singleLine(newest, report, context) }]
      : [
          ...scored.slice(0, mostCards).map((card): Part => ({ type: 'text', line: cardLine(card, report, locale) })),
          ...moreCards(scored.slice(mostCards), locale),
        ]
  return {
    parts: [...(personal && newest && report.answered === 1 ? [] : [{ type: 'facts' as const, facts: [head] }]), ...lines],
    thread: [
      ...byChange(report.cards).map((card): Part => questionLines(card, report, locale)),
      ...singles(report, people, context, personal ? 1 : 0),
    ],
    summary: `${joined([head, ...scored.slice(0, 1).map((card) => cardLine(card, report, locale))], ', ').plain}.`,
    shows:
      subject.type === 'person'
        ? [subject.personId]
        : [...new Set([...report.single.map(({ reviewedId }) => reviewedId), ...soleContributors(reviewedSaid(report), context)])],
  }
}

/** Whose cards are in each figure: of the report, and below it of every card and question. */
const reviewedSaid = (report: ScorecardReport): Parameters<typeof soleContributors>[0] => [
  ...reviewedCounted(report),
  ...report.cards.flatMap((card) => [
    ...reviewedCounted(card),
    ...[card, ...card.questions].flatMap(({ average }) => reviewedIn(average)),
    ...card.questions.map(({ notApplicableOf }) => notApplicableOf),
  ]),
]

/** `Also: Demo 4.0 of 5, Negotiation 3.9 of 5`: no card is left out in silence. */
function moreCards(cards: readonly CardSummary[], locale: string): readonly Part[] {
  if (cards.length === 0) return []
  const { shown, more } = cutList(cards, mostBesides)
  const scores = shown.map((card) => line(`${cardName(card)} `, scoreOf(card.average, locale)))
  const further = more > 0 ? [line(plural(more, 'more card', locale))] : []
  return [{ type: 'text', line: line('Also: ', joined([...scores, ...further], ', '), '.') }]
}

const scoreOf = ({ value, range }: ScoreAverage, locale: string): string => (value.known ? score(value.value, locale, range) : '')

/** `**3.3 of 5**, down 0.5 from 3.8`, or why there is no score. */
function scoreWords(average: ScoreAverage, minimumPeople: number, locale: string): Line {
  const { value, before, change } = average
  if (!value.known) return line(missingScore(value.why, minimumPeople))
  const from =
    change.known && before.known
      ? changeWords(change.value, 'score', locale) === 'unchanged'
        ? ', unchanged'
        : `, ${changeWords(change.value, 'score', locale)} from ${score(before.value, locale)}`
      : ''
  return line(bold(scoreOf(average, locale)), from)
}

/** `Discovery **3.3 of 5**, down 0.5 from 3.8 (9 cards); lowest question "Agreed a next step" 3.5 of 5` */
function cardLine(card: CardSummary, { minimumPeople }: ScorecardReport, locale: string): Line {
  const lowest = highestAndLowest(card)?.lowest
  return line(
    `${cardName(card)} `,
    scoreWords(card.average, minimumPeople, locale),
    ` (${plural(card.average.n, 'card', locale)})`,
    lowest ? `; lowest question "${clip(lowest.text, longestQuestion)}" ${scoreOf(lowest.average, locale)}` : '',
  )
}

/** Every question of a card with its average, change and answers, in the card's own order. */
function questionLines(card: CardSummary, report: ScorecardReport, locale: string): Part {
  const { minimumPeople } = report
  const lines = card.questions.map((question) => {
    const { average, notApplicable = 0 } = question
    const counts = [
      average.value.known ? plural(average.n, 'answer', locale) : '',
      notApplicable > 0 ? `${decimal(notApplicable, locale)} not applicable` : '',
    ].filter(Boolean)
    return line(
      `• ${questionName(question)}: `,
      scoreWords(average, minimumPeople, locale),
      counts.length > 0 ? ` (${counts.join(', ')})` : '',
    )
  })
  const before = card.answeredBefore === undefined ? '' : ` (${figureBefore(decimal(card.answeredBefore, locale), report, locale)})`
  const head = line(
    bold(cardName(card)),
    ' ',
    scoreWords(card.average, minimumPeople, locale),
    ` · ${plural(card.answered, 'card', locale)}${before}`,
  )
  return { type: 'text', line: joined([head, ...lines], '\n') }
}

/** The newest cards as a table: whose, which card, score, lowest question, call. */
function singles(report: ScorecardReport, people: People, context: ReportContext, from: number): readonly Part[] {
  const { shown, more } = cutList(report.single.slice(from), mostSingles)
  if (shown.length === 0) return []
  const named = shown.some(({ reviewedId }) => people.has(reviewedId))
  const table: TablePart = {
    type: 'table',
    caption: 'Scorecards, newest first',
    columns: [
      ...(named ? [{ title: 'Person', align: 'left' as const }] : []),
      { title: 'Date', align: 'left' },
      { title: 'Card', align: 'left' },
      { title: 'Score', align: 'right' },
      { title: 'Lowest question', align: 'left' },
      { title: 'Call', align: 'left' },
    ],
    rows: shown.map((card): Cell[] => [
      ...(named ? [{ type: 'text' as const, text: whoseWords(people.get(card.reviewedId), context) }] : []),
      { type: 'text', text: dateShort(localDateOf(card.answeredAt, report.state.zone), context.locale) },
      { type: 'text', text: cardName({ name: card.scorecardName, method: card.method }) },
      card.overallScore === undefined
        ? { type: 'empty', why: 'not scored' }
        : { type: 'number', value: card.overallScore, shown: score(card.overallScore, context.locale, card.overallRange) },
      { type: 'text', text: lowestAnswerOf(card, context.locale) },
      { type: 'link', text: 'Open call', url: callUrl(context.gongAppUrl, card.callId) },
    ]),
  }
  return [table, ...(more > 0 ? [{ type: 'note' as const, line: line(`and ${plural(more, 'card', context.locale)} more`) }] : [])]
}

const whoseWords = (person: Person | undefined, context: ReportContext): string => (person ? nameOf(context, person) : 'somebody who left')

const answersOf = (card: AnsweredScorecard) =>
  card.questions.flatMap(({ text, score: value, range, notApplicable }) =>
    notApplicable || value === undefined ? [] : [{ text: clip(text?.trim() || 'a question', longestQuestion), value, range }],
  )

function lowestAnswerOf(card: AnsweredScorecard, locale: string): string {
  const sorted = answersOf(card).toSorted((a, b) => a.value - b.value)
  const [lowest] = sorted
  const highest = sorted.at(-1)
  if (!lowest || !highest) return 'not scored'
  if (lowest.value === highest.value) return 'all alike'
  return `${lowest.text} ${score(lowest.value, locale, lowest.range)}`
}

/** `Newest card: Discovery **4.1 of 5**, Tue 17 Nov; strongest "Pain confirmed" 4.5 · Open call` */
function singleLine(card: AnsweredScorecard, report: ScorecardReport, context: ReportContext): Line {
  const { locale } = context
  const sorted = answersOf(card).toSorted((a, b) => b.value - a.value)
  const [strongest] = sorted
  const lowest = sorted.at(-1)
  const words =
    strongest && lowest && strongest.value > lowest.value
      ? `; strongest "${strongest.text}" ${score(strongest.value, locale, strongest.range)}`
      : ''
  return line(
    `Newest card: ${cardName({ name: card.scorecardName, method: card.method })} `,
    bold(card.overallScore === undefined ? '' : score(card.overallScore, locale, card.overallRange)),
    `${card.overallScore === undefined ? '' : ', '}${dateLong(localDateOf(card.answeredAt, report.state.zone), locale)}${words} · `,
    callLink(context.gongAppUrl, card.callId),
  )
}
