// The Web API over HTTP: token, faults, rate limit, scopes, then the method. Answers as Slack does: HTTP 200 with `ok`, 429 with
// Retry-After. Also the response_url and the upload address.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SlackFaults } from './faults.ts'
import { isJson, type Method, needScope, type SlackWorld } from './method.ts'
import { methods } from './methods/index.ts'
import type { RateLimits } from './rate-limits.ts'
import { Refusal } from './refusal.ts'
import type { RequestLog } from './request-log.ts'
import { answerResponseUrl } from './response-url.ts'
import type { Json } from './workspace.ts'

export interface WebApiParts {
  readonly world: SlackWorld
  readonly faults: SlackFaults
  readonly limits: RateLimits | undefined
  readonly log: RequestLog
  readonly botToken: string
  readonly appToken: string
  /** Posts whose connection broke before they landed. */
  readonly latePosts: (() => Promise<void>)[]
}

interface Answer {
  readonly status: number
  readonly body: Json
  readonly headers?: Readonly<Record<string, string>>
  /** Sent in place of `body`. */
  readonly page?: string
  /** Break the connection instead of answering. */
  readonly broken?: boolean
}

const longestBodyBytes = 4_000_000
const byName = new Map(methods.map((method) => [method.name, method]))

/** Handles one request; false when the path is none of Slack's. */
export async function handleWebApi(request: IncomingMessage, response: ServerResponse, parts: WebApiParts): Promise<boolean> {
  const path = new URL(request.url ?? '/', 'http://slack').pathname
  const [, area, key = ''] = path.split('/')
  if (area !== 'api' && area !== 'respond' && area !== 'upload') return false
  const body = await readBody(request)
  if (area === 'upload') {
    const upload = parts.world.workspace.uploads.get(key)
    if (upload) parts.world.workspace.uploads.set(key, { ...upload, content: uploadedText(body, request.headers['content-type'] ?? '') })
    response.writeHead(upload ? 200 : 404).end(upload ? `OK - ${body.length}` : '')
    return true
  }
  const { realClock } = parts.world
  const at = realClock.now()
  const args = area === 'respond' ? argumentsOf(body, 'application/json') : argumentsOf(body, request.headers['content-type'] ?? '')
  const name = area === 'respond' ? 'response_url' : key
  const answer = area === 'respond' ? await respond(key, args, parts) : await call(key, args, tokenOf(request, args), parts)
  const error = answer.broken ? 'connection broken' : typeof answer.body.error === 'string' ? answer.body.error : undefined
  parts.log.add({
    at,
    direction: 'app-to-slack',
    name,
    status: answer.broken ? 0 : answer.status,
    durationMs: realClock.now().getTime() - at.getTime(),
    detail: detailOf(args),
    ...(error !== undefined && { error }),
  })
  if (answer.broken) request.socket.destroy()
  else {
    const slackNow = parts.world.clock.now().toUTCString()
    const scopes = [...parts.world.manifest.scopes].join(',')
    response
      .writeHead(answer.status, {
        'content-type': 'application/json; charset=utf-8',
        'x-oauth-scopes': scopes,
        date: slackNow,
        ...answer.headers,
      })
      .end(answer.page ?? JSON.stringify(answer.body))
  }
  return true
}

async function call(name: string, args: Json, token: string, parts: WebApiParts): Promise<Answer> {
  const { world, faults, limits } = parts
  try {
    const down = faults.take('down', name)
    if (down) return down.status === undefined ? { status: 0, body: {}, broken: true } : { status: down.status, body: {} }
    const page = faults.take('not-slack', name)
    if (page) return { status: 200, body: { error: 'not Slack' }, page: page.body, headers: { 'content-type': 'text/html' } }
    const method = byName.get(name)
    if (!method) throw new Refusal('unknown_method', { req_method: name })
    checkToken(method, token, parts)
    const slow = faults.take('rate-limited', name)
    const wait = slow?.retryAfterSeconds ?? limits?.take(name, method.tier, typeof args.channel === 'string' ? args.channel : undefined)
    if (wait !== undefined) return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(wait) } }
    for (const scope of method.scopes) needScope(world, scope)
    const broken = faults.take('error', name, typeof args.channel === 'string' ? args.channel : undefined)
    if (broken) throw new Refusal(broken.error)
    const run = async (): Promise<Json> => method.run(args, world)
    if (name === 'chat.postMessage' && faults.take('late-post', name)) {
      parts.latePosts.push(async () => void (await run()))
      return { status: 0, body: {}, broken: true }
    }
    const body = { ok: true, ...(await run()) }
    return { status: 200, body, broken: faults.take('lost-answer', name) !== undefined }
  } catch (error) {
    if (error instanceof Refusal) return { status: 200, body: { ok: false, error: error.error, ...error.fields } }
    throw error
  }
}

async function respond(key: string, args: Json, parts: WebApiParts): Promise<Answer> {
  try {
    if (parts.faults.take('down', 'response_url')) return { status: 0, body: {}, broken: true }
    answerResponseUrl(key, args, parts.world)
    return { status: 200, body: { ok: true } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // A dead url answers 404; everything else is a 200 that says no.
    const status = error.error === 'expired_url' || error.error === 'used_url' ? 404 : 200
    return { status, body: { ok: false, error: error.error, ...error.fields } }
  }
}

function checkToken(method: Method, token: string, parts: WebApiParts): void {
  if (token === '') throw new Refusal('not_authed')
  if (token !== parts.botToken && token !== parts.appToken) throw new Refusal('invalid_auth')
  if (parts.faults.take('token-revoked', method.name)) throw new Refusal('token_revoked')
  if ((method.token === 'app') !== (token === parts.appToken)) throw new Refusal('not_allowed_token_type')
}

const tokenOf = (request: IncomingMessage, args: Json): string =>
  (request.headers.authorization ?? '').replace(/^Bearer /, '') || (typeof args.token === 'string' ? args.token : '')

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > longestBodyBytes) throw new Error('a request body was too long for the simulated Slack')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function argumentsOf(body: Buffer, contentType: string): Json {
  if (contentType.includes('application/json')) {
    try {
      const value: unknown = JSON.parse(body.toString())
      return isJson(value) ? value : {}
    } catch {
      return {}
    }
  }
  return Object.fromEntries(new URLSearchParams(body.toString()))
}

/** A file comes as it is or as the one part of a form. */
function uploadedText(body: Buffer, contentType: string): string {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType)
  const text = body.toString()
  if (!boundary) return text
  const start = text.indexOf('\r\n\r\n') + 4
  return text.slice(start, text.lastIndexOf(`\r\n--${boundary[1] ?? boundary[2]}`))
}

const hidden = new Set(['token', 'blocks', 'view', 'text', 'metadata'])

const detailOf = (args: Json): string =>
  Object.entries(args)
    .filter(([name]) => !hidden.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')
    .slice(0, 200)
