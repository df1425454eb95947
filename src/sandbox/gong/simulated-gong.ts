// A Gong of a made-up company on a loopback address: either contract, with Gong's refusals, pages and limits. For the demo, the tests and
// the benchmarks; the app can distinguish it from the real one only by its address.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../clock.ts'
import { localDateOf } from '../../domain/period.ts'
import { createAccess, type SimulatedCredentials, simulatedCredentials } from './access.ts'
import { createAllowance } from './allowance.ts'
import { type CallBook, createCallBook } from './calls.ts'
import type { SimulatedCard } from './cards.ts'
import type { Company } from './company.ts'
import { createCompany, type Personas } from './company.ts'
import { documentedOperations } from './documented.ts'
import { createGongFaults, type GongFault, type GongFaults } from './faults.ts'
import { type AddedCard, handMade } from './hand-made-card.ts'
import { liveOperations } from './live/index.ts'
import { type FurtherWorkspace, type Operation, Refusal } from './operation.ts'
import { createPager, type PagedAnswer } from './pager.ts'
import { createGongRequestLog, type GongRequestLog } from './request-log.ts'
import { type GongAnswer, send } from './sent-answer.ts'

export interface SimulatedGongOptions {
  /** 43 unless given; at least 14. */
  readonly people?: number
  readonly seed?: number
  readonly contract?: 'documented' | 'live'
  /** Nothing after its now exists. */
  readonly clock: Clock
  /** IANA zone in which the company counts days; Europe/Berlin unless given. */
  readonly zone?: string
  /** A free one unless given. */
  readonly port?: number
  readonly credentials?: Partial<SimulatedCredentials>
  readonly requestsPerSecond?: number
  readonly requestsPerDay?: number
  /** How a 429 gives its wait; seconds unless given. */
  readonly retryAfter?: 'seconds' | 'date'
  /** Real time, for the rate, the log and how long a cursor lives. */
  readonly realClock: Clock
  readonly pageSize?: number
  /** Of `realClock`; ten minutes unless given. */
  readonly cursorLifetimeMs?: number
  /** Share of the calls analyzed up to two days late; 0.1 unless given. */
  readonly lateShare?: number
  /** Whether the week in which it starts is news (news.ts); every week is like the others unless given. */
  readonly news?: boolean
  readonly talkRatioUnit?: 'percent' | 'fraction'
  readonly coachingRows?: 'totals' | 'per-report'
  /** Waited for before each answer is sent: a slow Gong, on whatever clock the caller has. */
  readonly beforeAnswer?: () => Promise<void>
  /** Further workspaces, without calls; the key may not enter a closed one (live). */
  readonly furtherWorkspaces?: readonly FurtherWorkspace[]
  /** Scopes the key lacks. */
  readonly missingScopes?: readonly string[]
}

export interface SimulatedGong {
  /** With `/v2`. */
  readonly baseUrl: string
  readonly tokenUrl: string
  readonly contract: 'documented' | 'live'
  readonly zone: string
  readonly credentials: SimulatedCredentials
  readonly company: Company
  readonly personas: Personas
  /** The true calls: figures can be worked by hand from them. */
  readonly book: CallBook
  readonly log: GongRequestLog
  readonly faults: GongFaults
  /** Somebody fills a scorecard now; it counts as coaching too. */
  addScorecard(card: AddedCard): SimulatedCard
  expireCursors(): void
  stop(): Promise<void>
}

export async function startSimulatedGong(options: SimulatedGongOptions): Promise<SimulatedGong> {
  const { clock, contract = 'documented', zone = 'Europe/Berlin', seed = 1, pageSize = 100, realClock } = options
  const today = localDateOf(clock.now(), zone)
  const company = createCompany({ people: options.people ?? 43, seed, today, ...(options.news && { news: true }) })
  const book = createCallBook(company, zone, options.lateShare ?? 0.1)
  const added: SimulatedCard[] = []
  const { talkRatioUnit = 'percent', coachingRows = 'totals', furtherWorkspaces = [] } = options
  const world = { book, added, talkRatioUnit, coachingRows, furtherWorkspaces }
  const operations = new Map(
    (contract === 'live' ? liveOperations : documentedOperations).map((operation) => [`${operation.method} ${operation.path}`, operation]),
  )
  const credentials = { ...simulatedCredentials, ...options.credentials }
  const access = createAccess(credentials, clock, () => origin)
  const spend = createAllowance({ perSecond: options.requestsPerSecond ?? 3, perDay: options.requestsPerDay ?? 10_000, clock, realClock })
  const pager = createPager({ pageSize, lifetimeMs: options.cursorLifetimeMs ?? 600_000, seed })
  const faults = createGongFaults(seed)
  const log = createGongRequestLog()
  let requests = 0
  let origin = ''

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy())
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://gong')
    const path = url.pathname.replace(/^\/v2(?=\/)/, '')
    const method = request.method ?? 'GET'
    const body = await textOf(request)
    requests += 1
    const requestId = `sim-${requests}`
    const fault = path.startsWith('/oauth2/') ? undefined : faults.take(path)
    const entry = { at: realClock.now(), method, path, query: url.search.slice(1), body, fault: fault?.type }
    if (fault?.type === 'down' || fault?.type === 'reset') {
      log.add({ ...entry, status: 0, records: undefined, error: 'connection broken' })
      request.socket.destroy()
      return
    }
    let result: GongAnswer
    try {
      if (method === 'POST' && path === '/oauth2/generate-customer-token') {
        result = { status: 200, json: access.exchange(url.searchParams, request.headers.authorization) }
      } else {
        // A refused request counts as well, but for one refused by the rate itself.
        spend()
        access.check(request.headers.authorization)
        if (fault) failBy(fault)
        result = answer(`${method} ${path}`, url.searchParams, body, requestId)
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      result = {
        status: error.status,
        json: error.unusable ? undefined : { requestId, errors: [error.message] },
        error: error.message,
        retryAfterSeconds: error.retryAfterSeconds,
      }
    }
    log.add({ ...entry, status: result.status, records: result.records, error: result.error })
    await options.beforeAnswer?.()
    await send(response, result, fault, options.retryAfter === 'date' ? { as: 'date', now: realClock.now() } : { as: 'seconds' })
  }

  function answer(name: string, query: URLSearchParams, text: string, requestId: string): GongAnswer {
    const operation = operations.get(name)
    if (!operation) throw new Refusal(404, 'no such path', { unusable: true })
    if (options.missingScopes?.includes(operation.scope))
      throw new Refusal(401, `You don't have permission to use '${operation.scope}' in your app.`)
    const page = readPage(operation, query, text)
    if (page.total === 0 && page.answer.emptyIs404 !== undefined) throw new Refusal(404, page.answer.emptyIs404)
    const records = {
      totalRecords: page.total,
      currentPageSize: page.rows.length,

      ...(page.cursor !== undefined && { cursor: page.cursor }),
    }
    const json = { requestId, ...(page.answer.paged && { records }), ...page.answer.extra, [page.listKey]: page.rows }
    return { status: 200, json, records: page.rows.length }
  }

  function readPage(operation: Operation, query: URLSearchParams, text: string): PagedAnswer {
    const body = operation.method === 'POST' ? parsed(text) : {}
    const cursor = operation.method === 'POST' ? body.cursor : (query.get('cursor') ?? undefined)
    if (cursor !== undefined && typeof cursor !== 'string') throw new Refusal(400, 'cursor: must be a string')
    const key = JSON.stringify([operation.path, body.filter, [...query].filter(([name]) => name !== 'cursor')])
    const nowMs = clock.now().getTime()
    return pager.page(key, cursor, () => operation.answer({ query, body, nowMs }, world), realClock.now().getTime())
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    baseUrl: `${origin}/v2`,
    tokenUrl: `${origin}/oauth2/generate-customer-token`,
    contract,
    zone,
    credentials,
    company,
    personas: company.personas,
    book,
    log,
    faults,
    addScorecard(given) {
      const card = handMade(given, clock.now(), added.length)
      added.push(card)
      return card
    },
    expireCursors: () => pager.expireAll(),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function failBy(fault: GongFault): void {
  if (fault.type === 'rate-limited') throw new Refusal(429, 'API rate limit exceeded', { retryAfterSeconds: fault.retryAfterSeconds })
  if (fault.type === 'server-error') throw new Refusal(fault.status ?? 503, 'Internal error')
  if (fault.type === 'refused') throw new Refusal(fault.status, fault.error)
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Answered like any other body that is no object.
  }
  throw new Refusal(400, 'The body is not a JSON object')
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
