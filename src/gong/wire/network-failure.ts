// What a request fails with when Gong's answer never came whole: which failures are worth another attempt, and what each is called.
import { AnswerTooLong } from '../../bounded-answer.ts'
import { GongRateLimited, GongSurprise, GongUnavailable } from '../../errors.ts'
import { BrokenEncoding } from './content-encoding.ts'

export function worthRetrying(error: Error, status: number | undefined): boolean {
  if (error instanceof GongRateLimited || error instanceof NotJson || error instanceof AnswerTooLong) return false
  return status === undefined || status === 408 || status === 429 || status >= 500
}

/** `host`: which was asked. */
export function networkFailure(endpoint: string, error: unknown, host: string): Error {
  if (error instanceof GongRateLimited) return error
  if (error instanceof AnswerTooLong)
    return new GongSurprise({ endpoint, what: `${error.message}; check GONG_BASE_URL and what answers at ${host}`, cause: error })
  if (error instanceof NotJson || error instanceof BrokenJson || error instanceof BrokenEncoding)
    return new GongSurprise({ endpoint, what: error.message, cause: error })
  const code = (error as { code?: string }).code
  const what = error instanceof DeadlinePassed ? error.message : `the connection failed${code ? ` (${code})` : ''}`
  return new GongUnavailable({ endpoint, what, cause: error })
}

export class NotJson extends Error {
  constructor(contentType: string) {
    super(`the answer is ${contentType.split(';')[0]} instead of JSON; something between here and Gong answered`)
  }
}

export class BrokenJson extends Error {
  constructor(cause: unknown) {
    super('the answer is cut off or no JSON', { cause })
  }
}

export class DeadlinePassed extends Error {
  constructor(deadlineMs: number) {
    super(`no whole answer within ${Math.round(deadlineMs / 1000)} s`)
  }
}
