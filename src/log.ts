// Logging: messages never change, facts go into fields, and nothing secret or personal gets in. Fields that carry tokens, texts or
// e-mails are redacted by name; errors are reduced to class, codes and frames, wherever they stand; codes from outside stay codes.
import { type Logger, pino } from 'pino'
import { createTroubleLines } from './log-trouble.ts'
import { codeIn, isError, safeError } from './safe-error.ts'

export type Log = Logger

const secretFields = [
  'token',
  'authorization',
  'accessKey',
  'accessKeySecret',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'signingSecret',
  'password',
  'email',
  'emails',
  'text',
  'blocks',
  'body',
  'response_url',
  'query',
  'params',
]

/** Filled by Slack, Gong or a library: a code gets in, a sentence does not. */
const codesFromOutside = new Set(['code', 'error', 'slackError', 'needed', 'scope', 'requestId', 'reference'])

/** A pino logger writing JSON lines to standard output, or to `destination`. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const troubleLines = createTroubleLines(() => performance.now())
  const options = {
    level,
    base: null,
    redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    // The error serializer would add message and every other property again.
    serializers: { err: (value: unknown) => value },
    formatters: { log: safeFacts, bindings: safeFacts },
    hooks: {
      // An error alone would lend the line its message, and further arguments would be formatted into it.
      logMethod(this: Logger, args: unknown[], write: (...args: [object, string]) => void) {
        const [first, second] = args
        const message = typeof first === 'string' ? first : typeof second === 'string' ? second : 'an error'
        const facts = isError(first) ? { err: first } : typeof first === 'object' && first !== null ? first : {}
        const line = troubleLines(facts, message)
        if (line) write.apply(this, [line.facts, line.message])
      },
    },
  }
  return destination ? pino(options, destination) : pino(options)
}

const safeFacts = (facts: Record<string, unknown>): Record<string, unknown> => safe(facts, 0) as Record<string, unknown>

const deepest = 4

/** The same facts with every error reduced and every code checked. */
function safe(value: unknown, depth: number, field = ''): unknown {
  if (isError(value) || field === 'err') return safeError(value)
  if (codesFromOutside.has(field) && typeof value === 'string') return codeIn(value) ?? '[text]'
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth >= deepest) return '[deep]'
  if (Array.isArray(value)) return value.map((each) => safe(each, depth + 1, field))
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, safe(each, depth + 1, name)]))
}
