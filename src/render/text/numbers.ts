// Figures as people read them, in the reader's locale: percent, durations, counts, changes, and words for what is missing. The only
// place that rounds. Knows no statistic; units come as words of its own.
import type { Measured, Missing } from '../../domain/measured.ts'
import type { Unit } from '../../domain/unit.ts'

const writers = new Map<string, (value: number) => string>()

/** Writing a number takes long, and a message says the same ones in several places: what was written is kept for a while. */
const mostKept = 2000

function writer(locale: string, decimals: number, fewest: number): (value: number) => string {
  const key = `${locale} ${decimals} ${fewest}`
  const known = writers.get(key)
  if (known) return known
  const options = { minimumFractionDigits: fewest, maximumFractionDigits: decimals, useGrouping: 'min2' } as const
  const format = new Intl.NumberFormat(supported(locale), options)
  const kept = new Map<number, string>()
  const write = (value: number): string => {
    let text = kept.get(value)
    if (text === undefined) {
      text = format.format(roundTo(value, decimals)).replace(/^-/, '−')
      if (kept.size >= mostKept) kept.clear()
      kept.set(value, text)
    }
    return text
  }
  writers.set(key, write)
  return write
}

const known = new Map<string, string>()

/** The locale itself when this machine can write it, else English as written in Europe (weeks begin on Monday, days before months). */
export function supported(locale: string): string {
  let answer = known.get(locale)
  if (answer === undefined) {
    answer = 'en-GB'
    try {
      if (Intl.NumberFormat.supportedLocalesOf(locale).length > 0) answer = locale
    } catch {
      // Not a locale at all.
    }
    known.set(locale, answer)
  }
  return answer
}

/** `1,234`; `6.1` with one decimal. Minus signs are real ones. */
export const decimal = (value: number, locale: string, decimals = 0, fewest = 0): string => writer(locale, decimals, fewest)(value)

/** Never "−0". */
const roundTo = (value: number, decimals: number): number => {
  const scale = 10 ** decimals
  return Math.round(Math.abs(value) * scale + 1e-9) === 0 ? 0 : value
}

/** 0.513 → `51 %`. */
export const percent = (share: number, locale: string): string => `${decimal(share * 100, locale)} %`

/** 170 → `2:50`, 4000 → `1:06:40`; whole seconds. */
export function duration(seconds: number): string {
  const whole = Math.round(Math.abs(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return `${seconds < 0 && whole > 0 ? '−' : ''}${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`
}

/** A figure in its unit, without saying what it is: `51 %`, `2:50`, `6.1`, `13`. */
export function figure(value: number, unit: Unit, locale: string): string {
  switch (unit) {
    case 'share':
      return percent(value, locale)
    case 'seconds':
      // Patience is below ten seconds, where a clock reading would say nothing.
      return Math.abs(value) < 10 ? `${decimal(value, locale, 1)} s` : duration(value)
    case 'count':
      return decimal(value, locale, Number.isInteger(value) ? 0 : 1)
    case 'per-call':
      return decimal(value, locale, Math.abs(value) >= 10 ? 0 : 1)
    case 'score':
      return decimal(value, locale, 1, 1)
    case 'none':
      return decimal(value, locale, 1)
  }
}

/** The figure of a share without its sign, for comparisons beside a figure that has one: `51`. */
export const bareFigure = (value: number, unit: Unit, locale: string): string =>
  unit === 'share' ? decimal(value * 100, locale) : figure(value, unit, locale)

/** A score with its scale, which is shown only when it is known: `3.8`, `3.8 of 5`. */
export const score = (value: number, locale: string, range?: { readonly max: number }): string =>
  `${decimal(value, locale, 1, 1)}${range ? ` of ${decimal(range.max, locale)}` : ''}`

/** The size of a change: `5 points`, `0:25`, `3`. Empty when it would round to nothing. */
function changeSize(change: number, unit: Unit, locale: string): string {
  const size = Math.abs(change)
  if (unit === 'share') {
    const points = Math.round(size * 100)
    return points === 0 ? '' : plural(points, 'point', locale)
  }
  if (unit === 'seconds' && size >= 10) return duration(size)
  const shown = `${decimal(size, locale, unit === 'count' && Number.isInteger(size) ? 0 : 1)}${unit === 'seconds' ? ' s' : ''}`
  return /[1-9]/.test(shown) ? shown : ''
}

/** `up 3 points`, `down 0:25`, `unchanged`. */
export function changeWords(change: number, unit: Unit, locale: string): string {
  const size = changeSize(change, unit, locale)
  return size === '' ? 'unchanged' : `${change > 0 ? 'up' : 'down'} ${size}`
}

/** Whether a change would be written as one. */
export const isVisibleChange = (change: number, unit: Unit): boolean => changeSize(change, unit, 'en-GB') !== ''

/** `+3`, `−2`, `−0:12`, `±0`: for tables, whose headings have the unit. */
export function signed(change: number, unit: Unit, locale: string): string {
  const size = Math.abs(change)
  const shown =
    unit === 'share'
      ? decimal(size * 100, locale)
      : unit === 'seconds' && size >= 10
        ? duration(size)
        : decimal(size, locale, unit === 'count' && Number.isInteger(size) ? 0 : 1)
  if (!/[1-9]/.test(shown)) return '±0'
  return `${change > 0 ? '+' : '−'}${shown}`
}

/** `−2 points`, `−0:12`, `+0.4 s`, `±0`: beside a figure. */
export function signedWithUnit(change: number, unit: Unit, locale: string): string {
  const shown = signed(change, unit, locale)
  if (shown === '±0') return shown
  if (unit === 'share') return `${shown} ${Math.round(Math.abs(change) * 100) === 1 ? 'point' : 'points'}`
  return unit === 'seconds' && Math.abs(change) < 10 ? `${shown} s` : shown
}

/** Messages are written in English; figures and dates in the reader's locale. */
const language = 'en-GB'
const rules = new Intl.PluralRules(language)
const lists = new Intl.ListFormat(language)

/** One of two words by what is counted: `oneOrMany(1, 'is', 'are')`. */
export const oneOrMany = (count: number, one: string, many: string): string => (rules.select(count) === 'one' ? one : many)

/** `1 call`, `12 calls`, `no calls`. */
export const plural = (count: number, one: string, locale = language, many = `${one}s`): string =>
  `${count === 0 ? 'no' : decimal(count, locale)} ${oneOrMany(count, one, many)}`

/** `1 person`, `8 people`. */
export const people = (count: number, locale = 'en-GB'): string => plural(count, 'person', locale, 'people')

const reasons: Readonly<Record<Missing, string>> = {
  'no-calls': 'no calls',
  'too-few-calls': 'too few calls',
  'too-few-people': 'withheld: too few people',
  'not-read': 'not yet fetched',
  'not-given': 'Gong gives none',
  quarantined: 'set aside: impossible value',
  'no-comparison': 'nothing to compare with',
  'not-whole': 'withheld: shown for whole weeks only',
  deleted: 'withheld: some of its figures were deleted',
  'other-setting': 'withheld: settings of group figures were changed, or a backup restored, since',
  'not-kept': 'withheld: older than figures of groups are kept',
}

/** Why there is no figure, in words. `minimumPeople`: how many people a figure without names must rest on, where that is the reason. */
export const missingWords = (why: Missing, minimumPeople?: number): string =>
  why === 'too-few-people' && minimumPeople ? `withheld: fewer than ${minimumPeople} people` : reasons[why]

/** Why there is no score: one that nobody gave is not one that may not be shown. */
export const missingScore = (why: Missing, minimumPeople?: number): string =>
  why === 'not-given' || why === 'no-comparison' ? 'not scored' : missingWords(why, minimumPeople)

const shortReasons: Readonly<Record<Missing, string>> = {
  ...reasons,
  'too-few-calls': 'few calls',
  'too-few-people': 'withheld',
  'not-read': 'not yet fetched',
  'not-given': 'none given',
  quarantined: 'set aside',
  'no-comparison': '–',
  'not-whole': 'withheld',
  deleted: 'withheld',
  'other-setting': 'withheld',
  'not-kept': 'withheld',
}

/** Why there is no figure, in a table's cell. */
export const missingShort = (why: Missing): string => shortReasons[why]

/** The figure in its unit, or why there is none. */
export const measuredWords = (measured: Measured, unit: Unit, locale: string): string =>
  measured.known ? figure(measured.value, unit, locale) : missingWords(measured.why)

/** A sentence with its full stop, once: some locales end a date with one. */
export const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`)

/** `Ana`, `Ana and Ben`, `Ana, Ben and Kai`. */
export const listWords = (items: readonly string[]): string => lists.format(items)

/** A sentence begins with a capital. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
