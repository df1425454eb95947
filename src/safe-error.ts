// The one way an error gets into the log: its class, codes, operation and stack frames. Its message, query, parameters and everything
// else it carries are dropped, because they may hold names, texts or figures.

export interface SafeError {
  readonly class: string
  readonly code?: string
  /** What was tried: `POST /stats/interaction`, `insert people`. */
  readonly operation?: string
  /** The HTTP status. */
  readonly status?: number
  /** Slack's error code. */
  readonly slackError?: string
  /** Gong's id of the request. */
  readonly requestId?: string
  /** Function and place, the innermost first. */
  readonly frames?: readonly string[]
  readonly cause?: SafeError
  /** Of several at once, the first few. */
  readonly errors?: readonly SafeError[]
}

const framesAtMost = 20
const causesAtMost = 5
const errorsAtMost = 5

/** Errors of other realms and libraries count: whatever has a message and a stack. */
export const isError = (value: unknown): value is Error =>
  value instanceof Error || (isObject(value) && typeof value.message === 'string' && typeof value.stack === 'string')

/** Of anything thrown, also what is no error at all. */
export function safeError(thrown: unknown, depth = 0): SafeError {
  if (!isObject(thrown)) return { class: typeof thrown }
  const { endpoint, query, status, statusCode, slackError, data, requestId, cause, original, errors } = thrown
  const own: Partial<Record<keyof SafeError, unknown>> = {
    code: codeIn(thrown.code),
    operation: operationIn(endpoint) ?? operationOfQuery(query),
    status: statusIn(status) ?? statusIn(statusCode),
    slackError: codeIn(slackError) ?? (isObject(data) ? codeIn(data.error) : undefined),
    requestId: codeIn(requestId),
    frames: isError(thrown) ? framesOf(thrown) : undefined,
    cause: depth < causesAtMost && isObject(cause ?? original) ? safeError(cause ?? original, depth + 1) : undefined,
    errors:
      depth < causesAtMost && Array.isArray(errors) && errors.some(isError)
        ? errors.slice(0, errorsAtMost).map((each) => safeError(each, depth + 1))
        : undefined,
  }
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  return { class: codeIn(Object.getPrototypeOf(thrown)?.constructor?.name) ?? 'Object', ...given }
}

/** For the terminal: the same in lines. */
export function safeErrorInLines(error: SafeError): string {
  const { class: name, frames = [], cause, errors = [], ...facts } = error
  const head = [name, ...Object.entries(facts).map(([fact, value]) => `${fact}=${value}`)].join(' ')
  const below = [...(cause ? [cause] : []), ...errors].map((each) => `caused by ${safeErrorInLines(each)}`)
  return [head, ...frames.map((frame) => `    at ${frame}`), ...below].join('\n')
}

/** A word without spaces, as codes are: anything longer or freer may be somebody's text. */
export const codeIn = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z0-9][\w.:-]{0,63}$/.test(value) ? value : undefined

const statusIn = (value: unknown): number | undefined =>
  Number.isInteger(value) && Number(value) >= 100 && Number(value) < 600 ? Number(value) : undefined

const operationIn = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Z]{3,7} \/[\w/{}.-]{0,80}$/.test(value) ? value : undefined

/** The verb and the first table of a statement, of one that begins with WITH those of its write. Values are parameters, which stand elsewhere. */
function operationOfQuery(query: unknown): string | undefined {
  if (typeof query !== 'string') return undefined
  const verb = /^\s*(select|insert|update|delete|with|begin|commit|rollback|create|alter|lock)\b/i.exec(query)?.[1]?.toLowerCase()
  const written = verb === 'with' ? /\b(insert into|delete from|update(?! set\b))\s+"?([a-z_]{1,40})\b/i.exec(query) : undefined
  if (written) return `${written[1]?.toLowerCase().split(' ')[0]} ${written[2]}`
  const table = /\b(?:into|from|update|join|INTO|FROM|UPDATE|JOIN)\s+(?:"[a-z_]{1,40}"\.)?"?([a-z_]{1,40})\b/.exec(query)?.[1]
  return verb && (table ? `${verb} ${table}` : verb)
}

/** Frames alone: what stands before them repeats the message, which may have any number of lines. */
function framesOf({ stack, message }: Error): string[] {
  if (typeof stack !== 'string') return []
  const at = message === '' ? -1 : stack.indexOf(message)
  const trace = at < 0 ? stack : stack.slice(at + message.length)
  return [...trace.matchAll(/^ {4}at ((?:[\w$.<>[\] #]{1,100} \()?(?:file:|node:|\/|[A-Z]:\\)[^\s()]+:\d+:\d+)\)?$/gm)]
    .slice(0, framesAtMost)
    .map(([, frame = '']) => frame.replace(' (', ' '))
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
