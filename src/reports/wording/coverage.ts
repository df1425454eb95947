// How far back an answer knows, in words: what it looks back at may not all have been fetched, and nothing is counted beyond what was.
// One definition for every section that counts over several weeks.
import { daysBetween, lastDate, type Period, wholeMonths } from '../../domain/period.ts'
import { dateShort, periodTitle } from '../../render/text/dates.ts'
import { decimal, plural } from '../../render/text/numbers.ts'
import type { DataState, PartKnown } from '../../stats/data-state.ts'
import { usualWeeks } from '../../stats/figures/usual-week.ts'

/** `last 8 weeks`, or `5 of the 8 weeks before, the others were not fetched`. */
export const usualWeeksWords = ({ weeksKnown }: DataState, locale: string): string =>
  weeksKnown ? `${weeksWords(weeksKnown, locale)} before, the others were not fetched` : `last ${usualWeeks} weeks`

const weeksWords = ({ read, of }: PartKnown, locale: string): string => `${decimal(read, locale)} of the ${plural(of, 'week', locale)}`

/** `with 3+ calls`: which calls those are where that is not one number of Gong's, whose figures are of all calls a person was in. */
export const withCalls = ({ contract, callsClosed }: DataState, minimumCalls: number): string =>
  callsClosed
    ? "with figures (the bot's key may not read how many calls each had)"
    : `with ${minimumCalls}+ calls${contract === 'live' ? ', hosted or attended' : ''}`

/**
 * Sentences with a space before each: which scorecards and coaching counts the answer rests on, and that Gong gives no
 * talk ratio. Empty when everything is there.
 */
export function coverageWords({ cardsKnown, countsKnown, workspacesKnown, lacksTalkRatio }: DataState, locale: string): string {
  const cards =
    cardsKnown === undefined
      ? ''
      : cardsKnown === 'none'
        ? ' Scorecards of these weeks are not yet fetched.'
        : ` Scorecards were fetched for ${periodTitle(cardsKnown, locale)} only; no other is counted.`
  const counts = countsKnown
    ? ` Gong's counts per report were fetched for ${weeksWords(countsKnown, locale)}; for the others coverage rests on scorecards.`
    : ''
  const workspaces = workspacesKnown
    ? ` Gong's coaching counts are of ${decimal(workspacesKnown.read, locale)} of its ${plural(workspacesKnown.of, 'workspace', locale)}; it does not give the others.`
    : ''
  const ratio = lacksTalkRatio ? ' Gong gives no talk ratio for this period.' : ''
  return `${cards}${counts}${workspaces}${ratio}`
}

/** `since 14 Aug` where not all of the period's scorecards were fetched; undefined when they were. */
export function sinceKnown({ cardsKnown }: DataState, period: Period, locale: string): string | undefined {
  if (cardsKnown === undefined || cardsKnown === 'none' || cardsKnown.from <= period.from) return undefined
  return `since ${dateShort(cardsKnown.from, locale)}`
}

/** Said of somebody without a card: `on record` where the whole look back was fetched, else `since 14 Aug`, or `fetched yet`. */
export const noneFurther = ({ cardsKnown }: DataState, locale: string): string =>
  cardsKnown === undefined ? 'on record' : cardsKnown === 'none' ? 'fetched yet' : `since ${dateShort(cardsKnown.from, locale)}`

/** Instead of how many were coached, where that is not known for these weeks. */
export const coachedUnknown = 'How many people were coached in the last weeks is not known: not all scorecards were fetched.'

/** ` (5 a week before)`: the trend in one figure, counted in the same way to the end of the period before. */
export const coachedBeforeWords = (
  count: number | undefined,
  { period, before }: { readonly period: Period; readonly before: Period },
  locale: string,
): string => (count === undefined ? '' : ` (${decimal(count, locale)} ${howLongAgo(period, before, locale)})`)

/** `a week before`, `a month before`: from one period's end to the other's. Of any other its last date: `by 15 Nov`. */
function howLongAgo(period: Period, before: Period, locale: string): string {
  if (daysBetween(before.to, period.to) === 7) return 'a week before'
  return wholeMonths(before) === 1 ? 'a month before' : `by ${dateShort(lastDate(before), locale)}`
}
