// What an operator can fix, as sentences: shared by the start of the service and the commands of the terminal. Knows no terminal.
import { AskError, ConfigError, GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from './errors.ts'

/** One sentence a problem, never a secret. Undefined: a bug, to be thrown with its stack. */
export function problemsOf(error: unknown): readonly string[] | undefined {
  if (error instanceof ConfigError) return error.problems
  if (error instanceof AskError || isWrongArgument(error)) return [error.message]
  if (isGongFailure(error)) {
    const reference = error.requestId === undefined ? '' : ` (Gong's request id: ${error.requestId})`
    return [`${error.message}${reference}`]
  }
  return undefined
}

const gongFailures = [GongRateLimited, GongRefused, GongSurprise, GongUnavailable] as const

export const isGongFailure = (error: unknown): error is InstanceType<(typeof gongFailures)[number]> =>
  gongFailures.some((kind) => error instanceof kind)

/** `parseArgs` met an option it does not know, or one without its value. */
const isWrongArgument = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

/** `1 problem`, `2 problems`. */
export const problemCount = (count: number): string => `${count} ${count === 1 ? 'problem' : 'problems'}`
