// POST /mcp: what Slackbot sends, in bounds. Slack's signature and its age are checked on the raw bytes before anything is parsed. One JSON
// answer a request; there are no sessions and no streams, so GET and DELETE are turned away.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isValidSlackRequest } from '@slack/bolt'
import { cleanJson } from '../domain/outside-text.ts'
import { jsonExcess } from '../json-bounds.ts'
import { createUnverifiedBodies } from '../unverified-bodies.ts'
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
/** Signed ones. More than these do not even wait: Slackbot is asked to come back. */
const mostAtOnce = 100

export function createMcpEndpoint(deps: EndpointDeps): McpEndpoint {
  const bodies = createUnverifiedBodies()
  const underWay = new Set<Promise<void>>()
  let answering = 0

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return send(response, 405, undefined, { allow: 'POST' })
    const text = await signedText(request, bodies.read, deps.signingSecret)
    if (typeof text === 'number') {
      deps.log.warn({ status: text }, 'a request in the name of Slackbot was turned away')
      // What is still on its way is not read.
      return send(response, text, undefined, { connection: 'close' })
    }
    if (answering >= mostAtOnce) return send(response, 503, undefined, { 'retry-after': '1' })
    answering += 1
    await answer(text, request, response, deps).finally(() => {
      answering -= 1
    })
  }

  return {
    handle(request, response) {
      const work = handle(request, response)
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

/** What Slack signed, or the HTTP status the request is refused with. */
async function signedText(
  request: IncomingMessage,
  read: ReturnType<typeof createUnverifiedBodies>['read'],
  signingSecret: string,
): Promise<string | number> {
  const signature = signatureOf(request)
  if (!signature) return 401
  const bytes = await read(request, mostBytes)
  if (typeof bytes === 'number') return bytes
  await nextTurn()
  const body = bytes.toString('utf8')
  return isValidSlackRequest({ signingSecret, body, headers: signature }) ? body : 401
}

async function answer(text: string, request: IncomingMessage, response: ServerResponse, deps: EndpointDeps): Promise<void> {
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

/** Of the headers; undefined where they hold none. A header that came twice is no signature. */
function signatureOf({ headers }: IncomingMessage): Parameters<typeof isValidSlackRequest>[0]['headers'] | undefined {
  const { 'x-slack-signature': signature, 'x-slack-request-timestamp': at } = headers
  if (typeof signature !== 'string' || !signatureForm.test(signature)) return undefined
  if (typeof at !== 'string' || !/^\d{1,12}$/.test(at)) return undefined
  return { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(at) }
}

/**
 * Whether this signed request was not answered yet: a copy of one, within the minutes for which its signature holds, gets no figures. One
 * whose answer did not arrive may be sent again. @throws RpcError where the database cannot say
 */
async function isFirst(request: IncomingMessage, response: ServerResponse, { answered, log }: EndpointDeps): Promise<boolean> {
  const key = `mcp ${String(request.headers['x-slack-signature'])}`
  const claim = await answered.claim(key, signatureHoldsMs).catch((error: unknown) => {
    log.warn({ err: error }, 'a request of Slackbot could not be told from a copy')
    throw new RpcError(errorCodes.internal, 'my database does not answer right now; ask again in a few minutes')
  })
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
  const excess = jsonExcess(text)
  if (excess !== undefined) throw new RpcError(errorCodes.parse, `this is ${excess}`, 400)
  try {
    return cleanJson(JSON.parse(text) as unknown)
  } catch {
    throw new RpcError(errorCodes.parse, 'this is no JSON', 400)
  }
}

function send(response: ServerResponse, status: number, body?: object, headers: Readonly<Record<string, string>> = {}): void {
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response
    .writeHead(status, { ...type, 'cache-control': 'no-store', ...headers })
    .end(body === undefined ? undefined : JSON.stringify(body))
}
