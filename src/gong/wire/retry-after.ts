// `Retry-After` in both its forms: seconds, or an HTTP date. Says what was asked for, however long; who waits decides how much of it.
import type { Clock } from '../../clock.ts'
import type { RawAnswer } from './whole-answer.ts'

/** Milliseconds to wait from `now`; undefined when the header is missing or says nothing. A date in the past is 0. */
function retryAfterMs(header: string | readonly string[] | undefined, now: Date): number | undefined {
  const value = (typeof header === 'string' ? header : header?.[0])?.trim()
  if (!value) return undefined
  // A number in another form is no date, though `Date.parse` takes `-5` for one.
  if (!/[a-z]{3}/i.test(value)) return /^\d+(\.\d+)?$/.test(value) ? Math.ceil(Number(value) * 1000) : undefined
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}

/** What an answer asks for. A date is counted from the answer's own `Date`, so that neither clock has to be right. */
export function askedToWaitMs(headers: RawAnswer['headers'] | undefined, clock: Clock): number | undefined {
  const answered = Date.parse(String(headers?.date ?? ''))
  return retryAfterMs(headers?.['retry-after'], Number.isNaN(answered) ? clock.now() : new Date(answered))
}
