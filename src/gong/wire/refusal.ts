// Sorts an answer that carries no data into one of the expected failures, with Gong's own words and request id.

import { longestPauseMs } from '../../domain/gong-ports.ts'
import { cutText } from '../../domain/outside-text.ts'
import { GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from '../../errors.ts'

export interface ErrorBody {
  readonly requestId: string | undefined
  readonly errors: readonly string[]
  /** Whether the answer had a usable `errors` list at all. */
  readonly usable: boolean
}

/** Gong gives one or two; a body may list as many as it likes. */
const mostErrors = 20
const longestError = 300
const longestRequestId = 100

/** Reads `{requestId, errors}`; of each there is as much as a person reads. Anything else gives no errors. */
export function errorBody(json: unknown): ErrorBody {
  const body = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
  const usable = Array.isArray(body.errors)
  const texts = usable ? (body.errors as unknown[]).filter((text) => typeof text === 'string').slice(0, mostErrors) : []
  const errors = texts.map((text) => cutText(text, longestError))
  const requestId = typeof body.requestId === 'string' ? cutText(body.requestId, longestRequestId) : undefined
  return { requestId, errors, usable }
}

/** The scope Gong names when a key lacks it: such a 401 is no bad credential and no token refresh helps. */
function missingScope(errors: readonly string[]): string | undefined {
  for (const text of errors) {
    const scope = /permission to use '?(api:[\w:-]+)'?/i.exec(text) ?? /scope[^']*'?(api:[\w:-]+)'?/i.exec(text)
    if (scope) return scope[1]
  }
  return undefined
}

/** Whether the key is taken and only lacks the scope of what was asked: Gong names it in a 401, and need not in a 403. */
export const lacksScope = (status: number, errors: readonly string[]): boolean =>
  status === 403 || (status === 401 && missingScope(errors) !== undefined)

/** GONG.md's rule: 404 with JSON `errors` that says nothing was found. Only meaningful on a known list path. */
export function saysNothingFound(status: number, body: ErrorBody): boolean {
  return status === 404 && body.errors.some((text) => /\bno\b.+\bfound\b|\bnot found\b/i.test(text))
}

export interface BadAnswer {
  readonly endpoint: string
  readonly status: number
  readonly body: ErrorBody
  readonly location: string | undefined
  readonly retryAfterMs: number | undefined
}

/** The failure a status other than 2xx stands for. A 429 is put off by what `Retry-After` says, a day at most; without it, by a minute. */
export function failureOf({ endpoint, status, body, location, retryAfterMs }: BadAnswer): Error {
  const { requestId, errors } = body
  if (status === 429) {
    const waitMs = Math.min(retryAfterMs ?? 60_000, longestPauseMs)
    return new GongRateLimited({ endpoint, requestId, retryAfterMs: waitMs, by: 'gong' })
  }
  if (status === 408 || status >= 500) return new GongUnavailable({ endpoint, requestId, status, what: `it answered ${status}` })
  if (status < 400) {
    const where = location ? ` to ${hostOf(location)}` : ''
    return new GongSurprise({ endpoint, requestId, what: `it redirects${where} (${status}); check GONG_BASE_URL` })
  }
  return new GongRefused({ endpoint, requestId, status, errors, missingScope: missingScope(errors) })
}

function hostOf(location: string): string {
  return URL.canParse(location) ? new URL(location).host : 'another page'
}
