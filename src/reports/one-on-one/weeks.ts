// For the 1:1: the last week within a target with a source and the one furthest outside, and the scorecard questions that moved. Without a
// target no week is better than another; weeks without enough calls are left out.
import { addDays, lengthDays, type Period } from '../../domain/period.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { changeWords, isVisibleChange, plural, score } from '../../render/text/numbers.ts'
import { bold, clip, type Line, line } from '../../render/text/text.ts'
import type { MeasureDefinition, PersonReport, TargetRange, TrendPoint } from '../../stats/figures/results.ts'
import type { ScorecardReport } from '../../stats/scorecards/results.ts'
import { inUnit, targetWords } from '../wording/measure.ts'

/** Questions named at most. */
const questionsAtMost = 3
const longestQuestion = 90

/** A single week holds too few cards to say that a question moved: four weeks, or the period when it is longer. */
export const questionPeriod = (period: Period): Period =>
  lengthDays(period) >= 28 ? period : { from: addDays(period.to, -28), to: period.to }

/**
 * `Talk ratio: last week within the target of 43–65 % (Gong 2025): 9–15 Nov (44 %); furthest outside: 19–25 Oct (71 %).`
 * Undefined without a target, or when all weeks lie on the same side of it.
 */
export function weeksLine(report: PersonReport, measures: readonly MeasureDefinition[], locale: string): Line | undefined {
  for (const measure of measures) {
    const range = report.figures.measures.get(measure.id)?.target?.range
    if (range === undefined) continue
    const weeks = (report.trend.get(measure.id) ?? []).flatMap((point) => known(point))
    const best = weeks.filter((week) => distance(week.value, range) === 0).at(-1)
    const worst = weeks
      .filter((week) => distance(week.value, range) > 0)
      .toSorted((a, b) => distance(b.value, range) - distance(a.value, range))[0]
    if (best && worst) return inWords(measure, range, { best, worst }, locale)
  }
  return undefined
}

/** How far outside the target; 0 within it. */
const distance = (value: number, { low, high }: TargetRange): number =>
  low !== undefined && value < low ? low - value : high !== undefined && value > high ? value - high : 0

interface Week {
  readonly period: Period
  readonly value: number
}

const known = ({ period, value }: TrendPoint): readonly Week[] => (value.known ? [{ period, value: value.value }] : [])

function inWords(
  definition: MeasureDefinition,
  range: TargetRange,
  { best, worst }: { readonly best: Week; readonly worst: Week },
  locale: string,
): Line {
  const week = ({ period, value }: Week): string => `${periodTitle(period, locale)} (${inUnit(definition, value, locale)})`
  return line(
    bold(`${definition.label}:`),
    ` last week ${targetWords(definition, { range, position: 'within' }, locale)}: ${week(best)}; furthest outside: ${week(worst)}.`,
  )
}

/** `Questions that moved: "Agreed next step" 2.6, down 0.8 (4 answers) …`, the biggest first. Undefined when none did. */
export function questionsLine({ cards, period, before }: ScorecardReport, locale: string): Line | undefined {
  const moved = cards
    .flatMap(({ questions }) => questions)
    .flatMap(({ text, average: { value, change, n, range } }) =>
      text !== undefined && value.known && change.known && isVisibleChange(change.value, 'score')
        ? [
            {
              text,
              n,
              range,
              value: value.value,
              change: change.value,
              size: Math.abs(change.value) / (range ? range.max - range.min || 1 : 1),
            },
          ]
        : [],
    )
    .toSorted((a, b) => b.size - a.size)
    .slice(0, questionsAtMost)
  if (moved.length === 0) return undefined
  const one = ({ text, n, range, value, change }: (typeof moved)[number]): string =>
    `"${clip(text.trim(), longestQuestion)}" ${score(value, locale, range)}, ${changeWords(change, 'score', locale)} (${plural(n, 'answer', locale)})`
  return line(
    bold('Questions that moved:'),
    ` ${moved.map(one).join('; ')}. ${periodTitle(period, locale)} against ${periodTitle(before, locale)}.`,
  )
}
