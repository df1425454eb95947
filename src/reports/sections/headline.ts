// The two or three changes that matter, in a sentence: the first thing read. Says plainly when there is nothing, or too little, to
// say; never praises or blames a person.
import type { Measured, Missing } from '../../domain/measured.ts'
import { dateShort, periodTitle } from '../../render/text/dates.ts'
import {
  bareFigure,
  changeWords,
  figureWithUnit,
  isVisibleChange,
  missingWords,
  people,
  plural,
  sentence as sentenceOf,
} from '../../render/text/numbers.ts'
import { type Line, line } from '../../render/text/text.ts'
import type { MeasureDefinition, PersonMeasure, PersonReport, TeamReport } from '../../stats/figures/results.ts'
import type { MeasureId } from '../../stats/measures/index.ts'
import { defineSection, type ReportContext, type SectionOutput } from '../section.ts'
import { usualMedian } from '../wording/coverage.ts'
import { changeSentence, inSentence, rowWords, weightOfChange } from '../wording/measure.ts'
import { firstName, whose } from '../wording/subject.ts'
import { cardViewpoint, figuresOf, isOwn } from '../wording/viewpoint.ts'

export const headline = defineSection({
  id: 'headline',
  title: 'Headline',
  speaksAlways: true,
  async gather(context) {
    const [figures, definitions] = await Promise.all([figuresOf(context), context.stats.measures()])
    if (!figures) return undefined
    const cards = await context.stats.scorecards(context.subject, context.period, cardViewpoint(context), context.card)
    const isSomething = cards.answered > 0 || (figures.type === 'team' && addsUpToSomething(figures.report, definitions))
    return { figures, definitions: definitions.filter(({ group }) => group === 'conversation'), isSomething }
  },
  render: ({ figures, definitions, isSomething }, context) =>
    figures.type === 'person'
      ? ofPerson(figures.report, definitions, isSomething, context)
      : ofTeam(figures.report, definitions, isSomething, context),
})

/** Something was counted in the period, even where there are no conversation figures. */
const addsUpToSomething = ({ measures }: TeamReport, definitions: readonly MeasureDefinition[]): boolean =>
  definitions.some(({ id, ofTeam: made }) => {
    const value = made === 'sum' ? measures.get(id)?.value : undefined
    return value?.known === true && value.value > 0
  })

const most = 3

const say = (text: Line, facts: Omit<SectionOutput, 'parts' | 'summary'> = {}): SectionOutput => ({
  parts: [{ type: 'text', line: text }],
  summary: text.plain,
  ...facts,
})

interface Change {
  readonly definition: MeasureDefinition
  readonly value: number
  readonly change: number
  readonly weight: number
}

/** The changes that matter most, in the order measures are always shown. */
function mostTelling<Told extends Change>(changes: readonly Told[], count: number): readonly Told[] {
  const chosen = new Set(
    changes
      .filter(({ weight }) => weight > 0)
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, count),
  )
  return changes.filter((change) => chosen.has(change))
}

const isToWatch = ({ definition, change }: Change): boolean => definition.watchRise === true && change > 0

function ofTeam(
  report: TeamReport,
  definitions: readonly MeasureDefinition[],
  isSomething: boolean,
  context: ReportContext,
): SectionOutput {
  const { counts, measures } = report
  if (counts.members === 0) return say(line('Nobody is in this team now.'), { isNothing: true })
  const isUnread = counts.neverRead === counts.members
  if (isUnread || (counts.enoughCalls === 0 && counts.tooFewCalls === 0)) {
    const sentence = isUnread
      ? 'These figures were not read from Gong yet.'
      : `No calls by ${counts.members === 1 ? 'the one person' : `the ${people(counts.members, context.locale)}`} here.`
    const isNothing = !isSomething && counts.neverRead < counts.members
    return say(line(sentence), isNothing ? { isNothing } : {})
  }
  const values = definitions.flatMap((definition) => measures.get(definition.id)?.value ?? [])
  if (!values.some((value) => value.known)) {
    const lacks = (why: Missing): boolean => values.some((value) => !value.known && value.why === why)
    return say(
      line(
        lacks('not-whole')
          ? 'Without names, team figures are shown for whole weeks and months that have ended.'
          : lacks('not-read')
            ? 'Not everybody’s figures were read from Gong yet.'
            : lacks('too-few-people')
              ? `${capital(missingWords('too-few-people'))}: group figures rest on at least ${report.minimumPeople} people with enough calls; ${howMany(report)}.`
              : counts.enoughCalls === 0
                ? `Too few calls for team figures: nobody of ${people(counts.members, context.locale)} had enough.`
                : 'Gong gives no conversation figures for this period.',
      ),
    )
  }
  const changes = definitions.flatMap((definition): Change[] => {
    const of = measures.get(definition.id)
    if (!of?.value.known || !of.change.known) return []
    const { value } = of.value
    return [{ definition, value, change: of.change.value, weight: weightOfChange(definition, value, of.change.value) }]
  })
  const telling = mostTelling(changes, most)
  if (telling.length === 0) return say(line(steady(definitions, measures, changes.length > 0, context)))
  const sentences = telling.map((change) => {
    const trend = report.trend.get(change.definition.id)?.map(({ value }) => value) ?? []
    const sentence = changeSentence(change.definition, change.value, change.change, context.locale)
    return isToWatch(change) ? `Watch: ${inSentence(sentence)}.` : `${sentence}${rowWords(trend, change.change)}.`
  })
  return say(line(sentences.join(' ')))
}

/** Without names a number under the minimum is left out too. */
function howMany({ counts: { enoughCalls, members }, minimumPeople }: TeamReport): string {
  if (members < minimumPeople) return `this team has ${members}`
  return enoughCalls === undefined ? `fewer of these ${members} had them` : `${enoughCalls} of ${members} had them`
}

function steady(
  definitions: readonly MeasureDefinition[],
  measures: ReadonlyMap<MeasureId, { readonly value: Measured }>,
  isCompared: boolean,
  { locale }: ReportContext,
): string {
  const shown = definitions.flatMap(({ id, label, unit }) => {
    const value = measures.get(id)?.value
    return value?.known ? [`${inSentence(label)} ${figureWithUnit(value.value, unit, locale)}`] : []
  })
  const few = shown.slice(0, 2).join(', ')
  return isCompared ? `Little changed: ${few}.` : `Nothing to compare with yet: ${few}.`
}

function ofPerson(
  report: PersonReport,
  definitions: readonly MeasureDefinition[],
  isSomething: boolean,
  context: ReportContext,
): SectionOutput {
  const { figures } = report
  const { person, callCount } = figures
  const { locale } = context
  const own = isOwn(context)
  const shows = [person.id]
  const calls = callCount.calls
  const n = calls.known ? ` ${capital(plural(calls.value, 'call', locale))}${callCount.basis === 'in-period' ? ' in period' : ''}.` : ''
  if (figures.quiet || (calls.known && calls.value === 0)) {
    const sentence = `${own ? 'You had no calls' : `${firstName(person)} had no calls`} in this period.`
    return say(line(sentence), { shows, ...(!isSomething && { isNothing: true }) })
  }
  if (!calls.known && !definitions.some(({ id }) => figures.measures.get(id)?.value.known)) {
    const why = calls.why === 'not-read' ? 'were not read from Gong yet' : 'are unknown: Gong gives none for this period'
    return say(line(`${whose(context, person)} figures ${why}.`), {
      shows,
      ...(!isSomething && calls.why !== 'not-read' && { isNothing: true }),
    })
  }
  if (figures.isNew) {
    const since = person.since === undefined ? '' : ` since ${dateShort(person.since, locale)}`
    return say(line(`${own ? 'You are' : `${firstName(person)} is`} new${since}: these are first figures, not yet to compare.${n}`), {
      shows,
    })
  }
  if (!figures.enoughCalls) {
    return say(line(`${calls.known ? capital(plural(calls.value, 'call', locale)) : 'Few calls'} in this period: too few to compare.`), {
      shows,
    })
  }
  const changes = definitions.flatMap((definition): (Change & { readonly of: PersonMeasure })[] => {
    const of = figures.measures.get(definition.id)
    const change = of?.changeFromUsual.known ? of.changeFromUsual : of?.change
    if (!of?.value.known || !change?.known) return []
    const weight = weightOfChange(definition, of.value.value, change.value)
    return [{ definition, value: of.value.value, change: change.value, weight, of }]
  })
  const telling = mostTelling(changes, 1)
  if (telling.length === 0) {
    const about = changes.length > 0 ? `Much as usual${own ? ' for you' : ''}: ` : 'Nothing to compare with yet: '
    const few = definitions
      .flatMap(({ id, label, unit }) => {
        const value = figures.measures.get(id)?.value
        return value?.known ? [`${inSentence(label)} ${figureWithUnit(value.value, unit, locale)}`] : []
      })
      .slice(0, 2)
    return say(line(`${about}${few.join(', ')}.${n}`), { shows })
  }
  const sentences = telling.map((change) => personSentence(change, report, context))
  return say(line(sentences.join(' '), n), { shows })
}

/** `Your longest monologue fell to 1:55; your 8-week median is 3:10.` */
function personSentence(
  { definition, value, change, of }: Change & { readonly of: PersonMeasure },
  report: PersonReport,
  context: ReportContext,
): string {
  const { unit, label } = definition
  const { locale } = context
  if (!isVisibleChange(change, unit)) return `${label} ${figureWithUnit(value, unit, locale)}, ${changeWords(change, unit, locale)}.`
  const moved = change < 0 ? 'fell' : 'rose'
  const subject = `${whose(context, report.figures.person)} ${inSentence(label)} ${moved} to ${figureWithUnit(value, unit, locale)}`
  if (of.usual.known)
    return `${subject}; ${isOwn(context) ? 'your' : 'the'} ${usualMedian(report.state, locale)} is ${bareFigure(of.usual.value, unit, locale)}${unit === 'share' ? ' %' : ''}.`
  return sentenceOf(`${subject}, ${changeWords(change, unit, locale)} on ${periodTitle(report.before, locale)}`)
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
