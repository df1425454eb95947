// Logging: messages never change, facts go into fields, and nothing secret or personal gets in: tokens, message texts, e-mails
// and figures are redacted wherever they appear by name.
import { type Logger, pino } from 'pino'

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
]

/** A pino logger writing JSON lines to standard output, or to `destination`. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  return destination ? pino(options, destination) : pino(options)
}
