// The first two lines, which are the message: what changed beyond the usual, and who or what to look at. Says plainly when it was a usual
// week, or that there is too little to say; never praises or blames a person.
import type { Measured, Missing } from '../../domain/measured.ts'
import { lengthDays } from '../../domain/period.ts'
import { dateShort } from '../../render/text/dates.ts'
import { capital, missingWords, people, plural } from '../../render/text/numbers.ts'
import { bold, type Line, line } from '../../render/text/text.ts'
import type { MeasureDefinition, PersonMeasure, PersonReport, TeamReport } from '../../stats/figures/results.ts'
import type { MeasureId } from '../../stats/measures/index.ts'
import type { ScorecardReport } from '../../stats/scorecards/results.ts'
import { cardsNewsOf } from '../headlines/cards-news.ts'
import { oneThingLine } from '../headlines/one-thing.ts'
import { ownRangeLine } from '../headlines/own-range.ts'
import { personNewsLine, personNewsOf } from '../headlines/person-news.ts'
import { movedAsCounted, newsSaid, steadyOf, steadyWords, type TeamNews, teamNewsLines, teamNewsOf } from '../headlines/team-news.ts'
import { defineSection, type ReportContext, type SectionOutput } from '../section.ts'
import { firstName, whose } from '../wording/subject.ts'
import { besidesWords, cardViewpoint, contributorsIn, figuresOf, isOwn, seesNames, soleContributors } from '../wording/viewpoint.ts'

export const headline = defineSection({
  id: 'headline',
  title: 'Headline',
  speaksAlways: true,
  async gather(context) {
    const [figures, definitions] = await Promise.all([figuresOf(context), context.stats.measures()])
    if (!figures) return undefined
    const cards = await context.stats.scorecards(context.subject, context.period, cardViewpoint(context), context.card)
    const isSomething = cards.answered > 0 || (figures.type === 'team' && addsUpToSomething(figures.report, definitions))
    return { figures, definitions: definitions.filter(({ group }) => group === 'conversation'), cards, isSomething }
  },
  render: ({ figures, definitions, cards, isSomething }, context) =>
    figures.type === 'person'
      ? ofPerson(figures.report, definitions, cards, isSomething, context)
      : ofTeam(figures.report, definitions, cards, isSomething, context),
})

/** Something was counted in the period, even where there are no conversation figures. */
const addsUpToSomething = ({ measures }: TeamReport, definitions: readonly MeasureDefinition[]): boolean =>
  definitions.some(({ id, ofTeam: made }) => {
    const value = made === 'sum' ? measures.get(id)?.value : undefined
    return value?.known === true && value.value > 0
  })

/** Fewer days than this are no week to speak of. */
const leastDays = 5

const say = (lines: readonly Line[], facts: Omit<SectionOutput, 'parts' | 'summary'> = {}): SectionOutput => ({
  parts: lines.map((text) => ({ type: 'text', line: text })),
  summary: lines.map(({ plain }) => plain).join(' '),
  ...facts,
})

function ofTeam(
  report: TeamReport,
  definitions: readonly MeasureDefinition[],
  cards: ScorecardReport,
  isSomething: boolean,
  context: ReportContext,
): SectionOutput {
  const { counts, measures, period } = report
  const { locale } = context
  if (counts.members === 0) return say([line('Nobody is in this team now.')], { isNothing: true })
  const ofCards = cards.tooFewPeople ? undefined : cardsNewsOf(cards, locale)
  const cardsNews = ofCards ? [ofCards.line] : []
  const shows = ofCards ? soleContributors(ofCards.of, context) : []
  const isUnread = counts.neverRead === counts.members
  if (isUnread || (counts.enoughCalls === 0 && counts.tooFewCalls === 0)) {
    const sentence = isUnread
      ? 'These figures are not yet fetched from Gong.'
      : `No calls by ${counts.members === 1 ? 'the one person' : `the ${people(counts.members, locale)}`} here.`
    const isNothing = !isSomething && counts.neverRead < counts.members
    return say([line(sentence), ...cardsNews], { shows, ...(isNothing && { isNothing }) })
  }
  const values = definitions.flatMap((definition) => measures.get(definition.id)?.value ?? [])
  if (!values.some((value) => value.known))
    return say([line(withoutFigures(report, values, context)), ...cardsNews], { shows, isThin: true })
  const few = tooFew(report, locale)
  if (few !== undefined) return say([line(few), ...cardsNews], { shows, isThin: true })
  const steadyShows = soleContributors(
    steadyOf(definitions, measures).flatMap(({ of }) => contributorsIn(of)),
    context,
  )
  if (lengthDays(period) < leastDays)
    return say([line(`Too few days for a trend: ${steadyWords(definitions, measures, locale)} so far.`), ...cardsNews], {
      shows: [...new Set([...shows, ...steadyShows])],
      isThin: true,
    })
  const news = teamNewsOf(report, definitions)
  const outside = seesNames(context) && context.audience.type === 'person' ? ownRangeLine(report, definitions, context) : undefined
  const first = news.length > 0 ? teamNewsLines(news, context) : [steady(report, definitions, context)]
  return say([...first, ...cardsNews, ...(outside ? [outside.line] : [])], {
    shows: [
      ...new Set([...shows, ...(news.length > 0 ? newsShows(newsSaid(news), report, context) : steadyShows), ...(outside?.shows ?? [])]),
    ],
  })
}

const newsShows = (news: readonly TeamNews[], report: TeamReport, context: ReportContext) => [
  ...movedAsCounted(news, report, context),
  ...soleContributors(
    news.flatMap(({ of }) => contributorsIn(of, 'change')),
    context,
  ),
]

/** Why there are no conversation figures at all. */
function withoutFigures(report: TeamReport, values: readonly Measured[], context: ReportContext): string {
  const lacks = (why: Missing): boolean => values.some((value) => !value.known && value.why === why)
  const { counts, minimumPeople, seesSome } = report
  if (lacks('not-whole')) return 'Without names, team figures are shown for whole weeks and months that have ended.'
  if (lacks('deleted')) return 'Figures without names are withheld: some of this group’s for this period were deleted.'
  if (lacks('other-setting'))
    return 'Figures without names are withheld: settings of group figures were changed, or a backup was restored, after this period.'
  if (lacks('not-kept')) return 'Figures without names are withheld: this period is older than they are kept.'
  if (lacks('not-read')) return 'Not everybody’s figures are fetched from Gong yet.'
  if (lacks('too-few-people'))
    return `${capital(missingWords('too-few-people', minimumPeople))}: figures without names rest on at least ${minimumPeople} people with enough calls${seesSome ? besidesWords(context) : ''}; ${howMany(report)}.`
  if (counts.enoughCalls === 0) return `Too few calls for team figures: nobody of ${people(counts.members, context.locale)} had enough.`
  return 'Gong gives no conversation figures for this period.'
}

/** Without names a number under the minimum is left out too. */
function howMany({ counts: { enoughCalls, members }, minimumPeople }: TeamReport): string {
  if (members < minimumPeople) return `this team has ${members}`
  return enoughCalls === undefined ? `fewer of these ${members} had them` : `${enoughCalls} of ${members} had them`
}

/** A median of one or two of many people is nobody's headline. */
const leastPeople = 3

function tooFew({ counts, minimumCalls = 1 }: TeamReport, locale: string): string | undefined {
  const { enoughCalls, members } = counts
  if (enoughCalls === undefined || enoughCalls >= Math.min(leastPeople, members)) return undefined
  const who = enoughCalls === 0 ? 'nobody' : `${enoughCalls}`
  return `Too few calls for team figures: ${who} of ${people(members, locale)} had ${minimumCalls} or more.`
}

/** A week is called usual only where it is known what is. */
const tooFewWeeks = 'Too few weeks yet to say what is usual'

/** Of several teams as a whole: single ones may stand out, and are named below it. */
function steady(report: TeamReport, definitions: readonly MeasureDefinition[], { locale, subject }: ReportContext): Line {
  const { measures } = report
  const shown = definitions.filter(({ id }) => measures.get(id)?.value.known)
  const few = steadyWords(shown, measures, locale)
  if (!shown.some(({ id }) => measures.get(id)?.change.known)) return line(`Nothing to compare with yet: ${few}.`)
  if (!measures.get(shown[0]?.id ?? 'talk-ratio')?.usualRange) return line(`${tooFewWeeks}: ${few}.`)
  return line(bold(subject.type === 'team' ? 'A usual week.' : 'As a whole, a usual week.'), ` ${capital(few)}.`)
}

function ofPerson(
  report: PersonReport,
  definitions: readonly MeasureDefinition[],
  cards: ScorecardReport,
  isSomething: boolean,
  context: ReportContext,
): SectionOutput {
  const { figures } = report
  const { person, callCount } = figures
  const { locale } = context
  const own = isOwn(context)
  const shows = [person.id]
  const calls = callCount.calls
  const toTry = oneThingLine(cards, context)
  const further = toTry ? [toTry] : []
  const n = calls.known ? ` ${capital(plural(calls.value, 'call', locale))}${callCount.basis === 'in-period' ? ' in period' : ''}.` : ''
  if (calls.known && calls.value === 0) {
    const sentence = `${own ? 'You had no calls' : `${firstName(context, person)} had no calls`} in this period.`
    return say([line(sentence), ...further], { shows, ...(!isSomething && { isNothing: true }) })
  }
  if (!calls.known && !definitions.some(({ id }) => figures.measures.get(id)?.value.known)) {
    const why = calls.why === 'not-read' ? 'are not yet fetched from Gong' : 'are unknown: Gong gives none for this period'
    return say([line(`${whose(context, person)} figures ${why}.`), ...further], {
      shows,
      ...(!isSomething && calls.why !== 'not-read' && { isNothing: true }),
    })
  }
  if (figures.isNew) {
    const since = person.since === undefined ? '' : ` since ${dateShort(person.since, locale)}`
    return say(
      [
        line(`${own ? 'You are' : `${firstName(context, person)} is`} new${since}: these are first figures, too early to compare.${n}`),
        ...further,
      ],
      {
        shows,
      },
    )
  }
  const few = calls.known ? capital(plural(calls.value, 'call', locale)) : 'Few calls'
  if (!figures.enoughCalls) return say([line(`${few} in this period: too few to compare.`), ...further], { shows, isThin: true })
  if (lengthDays(report.period) < leastDays)
    return say([line(`${few} so far: too few days for a trend.`), ...further], { shows, isThin: true })
  const [biggest] = personNewsOf(figures, definitions)
  const first = biggest
    ? personNewsLine(biggest, whose(context, person), own, locale)
    : usualWeek(figures.measures, definitions, own, locale)
  return say([line(first, n), ...further], { shows })
}

function usualWeek(
  measures: ReadonlyMap<MeasureId, Pick<PersonMeasure, 'value' | 'usualWeek' | 'usualRange'>>,
  definitions: readonly MeasureDefinition[],
  own: boolean,
  locale: string,
): Line {
  const shown = definitions.filter(({ id }) => measures.get(id)?.value.known)
  const few = steadyWords(shown, measures, locale)
  if (few === '') return line('Gong gives no conversation figures for this period.')
  if (!shown.some(({ id }) => measures.get(id)?.usualWeek.known)) return line(`Nothing to compare with yet: ${few}.`)
  if (!measures.get(shown[0]?.id ?? 'talk-ratio')?.usualRange) return line(`${tooFewWeeks}: ${few}.`)
  return line(bold(`A usual week${own ? ' for you' : ''}.`), ` ${capital(few)}.`)
}
