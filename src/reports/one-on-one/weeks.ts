// For the 1:1: the best and the worst week of the trend, and the scorecard questions that moved. Best is judged by a published target
// only, because no other figure says which way is better; weeks without enough calls are left out.
import { addDays, lengthDays, type Period } from '../../domain/period.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { changeWords, figure, isVisibleChange, plural, score } from '../../render/text/numbers.ts'
import { bold, clip, type Line, line } from '../../render/text/text.ts'
import type { MeasureDefinition, PersonReport, TargetRange, TrendPoint } from '../../stats/figures/results.ts'
import type { ScorecardReport } from '../../stats/scorecards/results.ts'

/** Questions named at most. */
const questionsAtMost = 3
const longestQuestion = 90

/** A single week holds too few cards to say that a question moved: four weeks, or the period when it is longer. */
export const questionPeriod = (period: Period): Period =>
  lengthDays(period) >= 28 ? period : { from: addDays(period.to, -28), to: period.to }

/** `Best week for talk ratio 9–15 Nov (44 %), worst 19–25 Oct (61 %); best is nearest to 43 % (Gong Labs, 2025).` Undefined without a target or two weeks. */
export function weeksLine(report: PersonReport, measures: readonly MeasureDefinition[], locale: string): Line | undefined {
  for (const measure of measures) {
    const range = report.figures.measures.get(measure.id)?.target?.range
    const aim = range && (range.low ?? range.high)
    if (range === undefined || aim === undefined) continue
    const weeks = (report.trend.get(measure.id) ?? []).flatMap((point) => known(point))
    const sorted = weeks.toSorted((a, b) => Math.abs(a.value - aim) - Math.abs(b.value - aim))
    const [best] = sorted
    const worst = sorted.at(-1)
    if (!best || !worst || best === worst) continue
    return inWords(measure, range, aim, { best, worst }, locale)
  }
  return undefined
}

interface Week {
  readonly period: Period
  readonly value: number
}

const known = ({ period, value }: TrendPoint): readonly Week[] => (value.known ? [{ period, value: value.value }] : [])

function inWords(
  { label, unit }: MeasureDefinition,
  range: TargetRange,
  aim: number,
  { best, worst }: { readonly best: Week; readonly worst: Week },
  locale: string,
): Line {
  const week = ({ period, value }: Week): string => `${periodTitle(period, locale)} (${figure(value, unit, locale)})`
  return line(
    bold(`${label}:`),
    ` best week ${week(best)}, worst ${week(worst)}; best is nearest to ${figure(aim, unit, locale)} (${range.source}).`,
  )
}

/** `Questions that moved: "Agreed next step" 2.6, down 0.8 (4 answers) …`, the biggest first. Undefined when none did. */
export function questionsLine({ cards, period, before }: ScorecardReport, locale: string): Line | undefined {
  const moved = cards
    .flatMap(({ questions }) => questions)
    .flatMap(({ text, average: { value, change, n, range } }) =>
      text !== undefined && value.known && change.known && isVisibleChange(change.value, 'score')
        ? [{ text, n, value: value.value, change: change.value, size: Math.abs(change.value) / (range ? range.max - range.min || 1 : 1) }]
        : [],
    )
    .toSorted((a, b) => b.size - a.size)
    .slice(0, questionsAtMost)
  if (moved.length === 0) return undefined
  const one = ({ text, n, value, change }: (typeof moved)[number]): string =>
    `"${clip(text.trim(), longestQuestion)}" ${score(value, locale)}, ${changeWords(change, 'score', locale)} (${plural(n, 'answer', locale)})`
  return line(
    bold('Questions that moved:'),
    ` ${moved.map(one).join('; ')}. ${periodTitle(period, locale)} against ${periodTitle(before, locale)}.`,
  )
}
