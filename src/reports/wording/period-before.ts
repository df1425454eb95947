// How a figure of the period compared with is said beside the figure of now. It is named, because "usually", the median of eight weeks, may
// stand beside it.
import { lengthDays, type Period, wholeMonths } from '../../domain/period.ts'
import { periodTitle } from '../../render/text/dates.ts'

/** A period and the one it is compared with. */
export interface Compared {
  readonly period: Period
  readonly before: Period
}

const monthsName: Readonly<Record<number, string>> = { 1: 'month', 3: 'quarter', 12: 'year' }

/** `the week before`, `the month before`; undefined for a length without a name. */
function nameOf({ period, before }: Compared): string | undefined {
  const months = wholeMonths(before)
  const name = lengthDays(before) === 7 ? 'week' : months === wholeMonths(period) ? monthsName[months] : undefined
  return name !== undefined && before.to === period.from ? `the ${name} before` : undefined
}

/** `49 the week before`; of dates without a name `1–14 Oct: 49`. `shown`: the figure as people read it. */
export function figureBefore(shown: string, compared: Compared, locale: string): string {
  const name = nameOf(compared)
  return name === undefined ? `${periodTitle(compared.before, locale)}: ${shown}` : `${shown} ${name}`
}
