// One of Gong's expected failures as plain data, for whoever prints it.
import { GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from '../../errors.ts'

export interface CheckFailure {
  /** `refused` without a missing scope: the credential, the address or the request is wrong. */
  readonly type: 'refused' | 'rate-limited' | 'unavailable' | 'surprise'
  /** One sentence, never a secret or a figure. */
  readonly says: string
  readonly status?: number | undefined
  readonly requestId?: string | undefined
  /** Gong's own words. */
  readonly errors: readonly string[]
  readonly missingScope?: string | undefined
  readonly retryAfterMs?: number
  /** Of an answer that cannot be trusted: the fields at fault. */
  readonly paths?: readonly string[]
}

/** @throws the error itself when it is none of Gong's expected failures. */
export function checkFailureOf(error: unknown): CheckFailure {
  if (error instanceof GongRefused) {
    const { message, status, errors, requestId, missingScope } = error
    return { type: 'refused', says: message, status, errors, requestId, missingScope }
  }
  if (error instanceof GongRateLimited) {
    const { message, retryAfterMs, requestId } = error
    return { type: 'rate-limited', says: message, errors: [], retryAfterMs, requestId }
  }
  if (error instanceof GongUnavailable) {
    const { message, status, requestId } = error
    return { type: 'unavailable', says: message, errors: [], status, requestId }
  }
  if (error instanceof GongSurprise) {
    const { message, requestId, paths } = error
    return { type: 'surprise', says: message, errors: [], requestId, paths }
  }
  throw error
}
