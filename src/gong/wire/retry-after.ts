// `Retry-After` in both its forms, seconds or an HTTP date, and as a number of seconds since 1970, as some proxies write it. Says what was
// asked for, however long; who waits decides how much of it.
import type { Clock } from '../../clock.ts'
import type { RawAnswer } from './whole-answer.ts'

/** Milliseconds to wait from `now`; undefined when the header is missing or says nothing. A date in the past is 0. */
function retryAfterMs(header: string | readonly string[] | undefined, now: Date): number | undefined {
  const value = (typeof header === 'string' ? header : header?.[0])?.trim()
  if (!value) return undefined
  // A number in another form is no date, though `Date.parse` takes `-5` for one.
  if (!/[a-z]{3}/i.test(value)) return /^\d+(\.\d+)?$/.test(value) ? numberMs(Number(value), now) : undefined
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}

/** Seconds. No pause is of thirty years: such a number is the instant itself, in seconds or milliseconds since 1970. */
function numberMs(value: number, now: Date): number {
  const instantMs = [value * 1000, value].find((ms) => Math.abs(ms - now.getTime()) < nearMs)
  return instantMs === undefined ? Math.ceil(value * 1000) : Math.max(0, Math.ceil(instantMs - now.getTime()))
}

/** An instant to wait for lies within a year. */
const nearMs = 365 * 86_400_000

/** What an answer asks for. A date is counted from the answer's own `Date`, so that neither clock has to be right. */
export function askedToWaitMs(headers: RawAnswer['headers'] | undefined, clock: Clock): number | undefined {
  const answered = Date.parse(String(headers?.date ?? ''))
  return retryAfterMs(headers?.['retry-after'], Number.isNaN(answered) ? clock.now() : new Date(answered))
}
