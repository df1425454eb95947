// POST /mcp: what Slackbot sends, in bounds. Slack's signature and its age are checked on the raw bytes before anything is parsed. One JSON
// answer a request; there are no sessions and no streams, so GET and DELETE are turned away.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isValidSlackRequest } from '@slack/bolt'
import { cleanJson } from '../domain/outside-text.ts'
import { isShallowJson } from '../json-depth.ts'
import { nextTurn } from '../yielding.ts'
import { errorCodes, errorOf, RpcError, type RpcId, requestIn, resultOf } from './json-rpc.ts'
import { type ProtocolDeps, protocolVersions, respond } from './protocol.ts'

export interface EndpointDeps extends ProtocolDeps {
  readonly signingSecret: string
  /** Remembers what was answered, over replicas too. */
  readonly answered: AnsweredOnce
}

/** `mine`: answer it, then settle it; `done`: it was answered, `busy`: it is being answered. */
export interface AnsweredOnce {
  claim(key: string, endsAfterMs: number): Promise<'mine' | 'done' | 'busy'>
  /** `done` false: the answer did not arrive, so the same question may come again. */
  settle(key: string, done: boolean): Promise<void>
}

export interface McpEndpoint {
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Waits until everything begun is answered. */
  idle(): Promise<void>
}

/** A question and its arguments are a few hundred bytes. */
const mostBytes = 100_000
const bodyWithinMs = 10_000
/** More than these do not even wait: Slackbot is asked to come back. */
const mostAtOnce = 100

export function createMcpEndpoint(deps: EndpointDeps): McpEndpoint {
  const underWay = new Set<Promise<void>>()
  return {
    handle(request, response) {
      const work = answer(request, response, underWay.size >= mostAtOnce, deps)
        .catch((error: unknown) => {
          deps.log.error({ err: error }, 'a request of Slackbot could not be answered')
          if (!response.headersSent) send(response, 500)
        })
        .finally(() => underWay.delete(work))
      underWay.add(work)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, isBusy: boolean, deps: EndpointDeps): Promise<void> {
  if (request.method !== 'POST') return send(response, 405, undefined, { allow: 'POST' })
  const body = await bytesOf(request)
  if (typeof body === 'number') {
    deps.log.warn({ status: body }, 'a request in the name of Slackbot was turned away')
    // What is still on its way is not read.
    return send(response, body, undefined, { connection: 'close' })
  }
  await nextTurn()
  const text = body.toString('utf8')
  if (!isSigned(request, text, deps.signingSecret)) {
    deps.log.warn({ status: 401 }, 'a request in the name of Slackbot was turned away')
    return send(response, 401)
  }
  if (isBusy) return send(response, 503, undefined, { 'retry-after': '1' })
  let id: RpcId | undefined
  try {
    const version = request.headers['mcp-protocol-version']
    if (version !== undefined && !protocolVersions.includes(String(version)))
      throw new RpcError(errorCodes.request, `this protocol version is not known; there are ${protocolVersions.join(', ')}`, 400)
    const asked = requestIn(parsed(text))
    id = asked.id
    if (asked.method === 'tools/call' && !(await isFirst(request, response, deps)))
      throw new RpcError(errorCodes.request, 'this very request was answered before', 409)
    const result = await respond(asked, deps)
    if (id === undefined) return send(response, 202)
    send(response, 200, resultOf(id, result))
  } catch (error) {
    if (!(error instanceof RpcError)) deps.log.error({ err: error }, 'a request of Slackbot failed')
    const failure = error instanceof RpcError ? error : new RpcError(errorCodes.internal, 'the bot itself failed')
    if (failure.status !== 200)
      deps.log.warn({ status: failure.status, code: failure.code }, 'a request in the name of Slackbot was turned away')
    send(response, failure.status, errorOf(id, failure))
  }
}

/** A signature is taken for five minutes, and as long before where Slack's clock is ahead: no copy is answered while it is. */
const signatureHoldsMs = 10 * 60_000

/** Whatever follows the hash is ignored where it is compared, so that a copy with more there would pass for another request. */
const signatureForm = /^v0=[0-9a-f]{64}$/

/** A header that came twice is no signature. */
function isSigned({ headers }: IncomingMessage, body: string, signingSecret: string): boolean {
  const { 'x-slack-signature': signature, 'x-slack-request-timestamp': at } = headers
  if (typeof signature !== 'string' || !signatureForm.test(signature)) return false
  if (typeof at !== 'string' || !/^\d{1,12}$/.test(at)) return false
  return isValidSlackRequest({ signingSecret, body, headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(at) } })
}

/**
 * Whether this signed request was not answered yet: a copy of one, within the minutes for which its signature holds, gets no figures. One
 * whose answer did not arrive may be sent again.
 */
async function isFirst(request: IncomingMessage, response: ServerResponse, { answered, log }: EndpointDeps): Promise<boolean> {
  const key = `mcp ${String(request.headers['x-slack-signature'])}`
  // Without the database no figure is answered either, and the tool says why.
  const claim = await answered.claim(key, signatureHoldsMs).catch(() => undefined)
  if (claim === undefined) return true
  if (claim !== 'mine') return false
  response.once('close', () => {
    answered
      .settle(key, response.writableFinished)
      .catch((error: unknown) => log.warn({ err: error }, 'an answered request could not be remembered'))
  })
  return true
}

/** @throws RpcError */
function parsed(text: string): unknown {
  if (!isShallowJson(text)) throw new RpcError(errorCodes.parse, 'this is nested too deep', 400)
  try {
    return cleanJson(JSON.parse(text) as unknown)
  } catch {
    throw new RpcError(errorCodes.parse, 'this is no JSON', 400)
  }
}

/** The body, or the HTTP status it is refused with: too large, too slow, broken off. */
async function bytesOf(request: IncomingMessage): Promise<Buffer | 413 | 408 | 400> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return 413
  const chunks: Buffer[] = []
  let bytes = 0
  const { promise: tooSlow, resolve } = Promise.withResolvers<408>()
  const timer = setTimeout(() => resolve(408), bodyWithinMs)
  const read = async (): Promise<Buffer | 413 | 400> => {
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        bytes += chunk.length
        if (bytes > mostBytes) return 413
        chunks.push(chunk)
      }
      return Buffer.concat(chunks)
    } catch {
      return 400
    }
  }
  const body = await Promise.race([read(), tooSlow])
  clearTimeout(timer)
  return body
}

function send(response: ServerResponse, status: number, body?: object, headers: Readonly<Record<string, string>> = {}): void {
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response
    .writeHead(status, { ...type, 'cache-control': 'no-store', ...headers })
    .end(body === undefined ? undefined : JSON.stringify(body))
}
