// What of an error reaches the log: class, codes, operation and frames; never a message, a query or what else it carries.
import { describe, expect, it } from 'vitest'
import { GongRefused } from '../src/errors.ts'
import { safeError } from '../src/safe-error.ts'
import { keptLog } from './kit/quiet-log.ts'

const text = 'Ana Diaz'

/** As drizzle-orm throws it: everything it was given is in its message. */
class DrizzleQueryError extends Error {
  readonly query: string
  readonly params: readonly unknown[]
  constructor(query: string, params: readonly unknown[], cause: Error) {
    super(`Failed query: ${query}\nparams: ${params.join(',')}`, { cause })
    this.query = query
    this.params = params
  }
}
const diskFull = () =>
  Object.assign(new Error(`could not extend file: row of ${text}`), { code: '53100', detail: `(${text})`, table: 'people', where: text })
const failedQuery = () =>
  new DrizzleQueryError('insert into "people" ("id", "name") values ($1, $2)', ['7', text, 'ana@x.example', 0.4375], diskFull())

function logged(write: (log: ReturnType<typeof keptLog>['log']) => void): {
  readonly line: string
  readonly entry: Record<string, unknown>
} {
  const { log, lines } = keptLog()
  write(log)
  return { line: lines.join(''), entry: JSON.parse(lines[0] ?? '{}') }
}

describe('an error in the log', () => {
  it('keeps its class, its code, the statement’s verb and table, and its frames, down to its cause', () => {
    const { entry } = logged((log) => log.error({ err: failedQuery(), deliveryId: 'd-1' }, 'A delivery failed'))
    expect(entry).toMatchObject({
      msg: 'A delivery failed',
      deliveryId: 'd-1',
      err: { class: 'DrizzleQueryError', operation: 'insert people', cause: { class: 'Error', code: '53100' } },
    })
    const [first] = (entry.err as { frames: string[] }).frames
    expect(first).toMatch(/^failedQuery .*log\.test\.ts(\?\S*)?:\d+:\d+$/)
  })

  it.each<[string, (log: ReturnType<typeof keptLog>['log']) => void]>([
    ['as a field', (log) => log.error({ err: failedQuery() }, 'fact')],
    ['as a field of another name', (log) => log.warn({ why: failedQuery() }, 'fact')],
    ['deep in a field', (log) => log.warn({ answer: { tries: [failedQuery()] } }, 'fact')],
    ['without words', (log) => log.error({ err: failedQuery() })],
    ['alone', (log) => log.error(failedQuery())],
    ['alone with words', (log) => log.error(failedQuery(), 'fact')],
    ['formatted into the words', (log) => log.error('failed: %s', failedQuery())],
    ['formatted behind a field', (log) => log.error({ n: 1 }, 'failed: %o', failedQuery())],
    ['as a text', (log) => log.error({ err: String(failedQuery()) }, 'fact')],
    ['as a code', (log) => log.error({ slackError: failedQuery().message, error: text }, 'fact')],
    ['bound to a child', (log) => log.child({ err: failedQuery() }).error('fact')],
    ['as the cause of another', (log) => log.error({ err: new Error(text, { cause: failedQuery() }) }, 'fact')],
    ['one of several', (log) => log.error({ err: new AggregateError([failedQuery(), diskFull()], text) }, 'fact')],
    ['as a plain object with a stack', (log) => log.error({ err: { message: text, stack: `Error: ${text}` } }, 'fact')],
    ['thrown as a text', (log) => log.error({ err: text }, 'fact')],
    ['whose message looks like frames', (log) => log.error({ err: new Error(`x\n    at ${text} (/people/Ana:1:1)`) }, 'fact')],
    ['renamed after it was made', (log) => log.error({ err: Object.assign(new Error(text), { message: 'other', name: text }) }, 'fact')],
  ])('says nothing it carries: %s', (_how, write) => {
    const { line } = logged(write)
    expect(line).not.toBe('')
    expect(line).not.toMatch(/Ana|Diaz|ana@x|0\.4375|extend file|values \(/)
  })

  it('of ours says what is needed to follow it up, but not Gong’s own words', () => {
    const refused = new GongRefused({ endpoint: 'POST /stats/interaction', status: 400, errors: [`no user ${text}`], requestId: 'req-7' })
    expect(safeError(refused)).toMatchObject({
      class: 'GongRefused',
      code: 'gong-refused',
      operation: 'POST /stats/interaction',
      status: 400,
      requestId: 'req-7',
    })
    expect(JSON.stringify(safeError(refused))).not.toContain('Ana')
  })

  it('of Slack keeps its code alone', () => {
    const error = Object.assign(new Error(`An API error occurred: ${text}`), {
      code: 'slack_webapi_platform_error',
      data: { ok: false, error: 'invalid_blocks', response_metadata: { messages: [text] } },
    })
    const { line, entry } = logged((log) => log.warn({ err: error }, 'fact'))
    expect(entry.err).toMatchObject({ code: 'slack_webapi_platform_error', slackError: 'invalid_blocks' })
    expect(line).not.toContain('Ana')
  })
})
