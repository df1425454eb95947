// The page over HTTP: the document, its regions as JSON, acts, suggestions, and a stream that says "something changed". Loopback unless a
// host is given; answers only to its own page (a foreign site cannot post here).
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { perform, suggestionRequest } from './acts.ts'
import { browserModule } from './browser-modules.ts'
import { document, iconSvg, styleFolder, styleNames } from './document.ts'
import { connectPage } from './drawn/connect.ts'
import { drawRegions } from './regions.ts'
import type { Seat, Stage } from './stage.ts'

const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
/** Changes within this time are sent once. */
const gatherMs = 25
/** While they go on, as when the clock is moved, the page is drawn anew this often: each time takes processor time here and in the browser. */
const betweenMs = 200
const longestBody = 200_000

export interface PageServer {
  readonly port: number
  close(): Promise<void>
}

export interface PageOptions {
  readonly host: string
  readonly port: number
  /** Begins again from nothing; `stage` gives another one then. Missing where that cannot be done. */
  readonly reset?: () => Promise<void>
}

/** Listens at `port`, or the next free one after it (20 tried). @throws Error when none is free */
export async function startPage(stage: () => Stage, options: PageOptions): Promise<PageServer> {
  const isOurs = namedAs(options.host)
  const streams = new Set<ServerResponse>()
  const page: Page = { stage, streams, reset: options.reset }
  const server = createServer((request, response) => {
    if (!isOurs(request.headers.host)) return send(response, 421, 'text/plain', 'This page is served at its own address only.')
    answer(request, response, page).catch((error: unknown) => {
      const words = error instanceof z.ZodError ? 'That request made no sense.' : error instanceof Error ? error.message : 'It failed.'
      if (!response.headersSent) send(response, 400, 'application/json', JSON.stringify({ error: words }))
    })
  })
  const port = await listen(server, options)
  return {
    port,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/**
 * Whether a request names this machine: a foreign page whose name was made to lead here would name itself. Where the demo was opened to the
 * network on purpose, others may call it as they like.
 */
function namedAs(host: string): (given: string | undefined) => boolean {
  const isLoopback = (name: string) => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)$/.test(name)
  if (!isLoopback(host)) return () => true
  return (given) => given !== undefined && URL.canParse(`http://${given}`) && isLoopback(new URL(`http://${given}`).hostname)
}

async function listen(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<number> {
  for (let attempt = 0; ; attempt += 1) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    server.once('error', reject)
    server.listen(port === 0 ? 0 : port + attempt, host, resolve)
    try {
      await promise
      return (server.address() as AddressInfo).port
    } catch (error) {
      if (attempt >= 20 || !(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    } finally {
      server.removeListener('error', reject)
    }
  }
}

interface Page {
  readonly stage: () => Stage
  /** Open ones; each listens to the stage of its time. */
  readonly streams: Set<ServerResponse>
  readonly reset: (() => Promise<void>) | undefined
}

/** Ends the streams: the browsers that held them ask again, and listen to the stage there is then. */
async function reset({ reset: begin, streams }: Page): Promise<void> {
  if (!begin) throw new Error('This demo keeps its data on a server, where it is not reset.')
  await begin()
  for (const stream of streams) stream.end()
}

async function answer(request: IncomingMessage, response: ServerResponse, page: Page): Promise<void> {
  const stage = page.stage()
  const url = new URL(request.url ?? '/', 'http://page')
  const [, area = '', name = ''] = url.pathname.split('/')
  const seat = seatOf(url, stage)
  if (request.method === 'POST') {
    const origin = request.headers.origin
    if (origin !== undefined && new URL(origin).host !== request.headers.host)
      return send(response, 403, 'text/plain', 'not from this page')
    const body: unknown = JSON.parse(await bodyOf(request))
    if (area === 'suggestions') {
      const { as, at, control, query } = suggestionRequest.parse(body)
      return json(response, await stage.slack.suggestions(as, at, control, query))
    }
    await perform(body, stage, () => reset(page))
    const now = page.stage()
    return json(response, drawRegions(now, seatOf(url, now)))
  }
  switch (area) {
    case '':
      return send(response, 200, 'text/html', document(stage, seat), { 'content-security-policy': policy })
    case 'regions':
      return json(response, drawRegions(stage, seat))
    case 'live':
      return live(request, response, page)
    case 'style': {
      const style = /^[a-z0-9-]+\.css$/.test(name) ? await readFile(path.join(styleFolder, name), 'utf8').catch(() => undefined) : undefined
      return style === undefined ? send(response, 404, 'text/plain', 'no such style') : send(response, 200, 'text/css', style)
    }
    case 'browser': {
      const code = await browserModule(name.replace(/\.js$/, ''))
      return code === undefined ? send(response, 404, 'text/plain', 'no such module') : send(response, 200, 'text/javascript', code)
    }
    case 'files':
      return file(url, response, stage, seat)
    case 'connect':
      return send(response, 200, 'text/html', connectPage(styleNames()), { 'content-security-policy': policy })
    case 'icon.svg':
      return send(response, 200, 'image/svg+xml', iconSvg)
    default:
      return send(response, 404, 'text/plain', 'nothing here')
  }
}

function seatOf(url: URL, stage: Stage): Seat {
  const asked = url.searchParams.get('as')
  const userId = asked !== null && stage.slack.workspace.users.has(asked) ? asked : stage.start.userId
  const channelId = url.searchParams.get('in') ?? stage.start.channelId
  const threadTs = url.searchParams.get('thread')
  return { userId, channelId, ...(threadTs && { threadTs }) }
}

/** Server-sent events without content: the browser asks for its regions again. */
function live(request: IncomingMessage, response: ServerResponse, { stage, streams }: Page): void {
  streams.add(response)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(': listening\n\n')
  let timer: NodeJS.Timeout | undefined
  let sentAt = Number.NEGATIVE_INFINITY
  const stop = stage().onChange(() => {
    timer ??= setTimeout(
      () => {
        timer = undefined
        sentAt = performance.now()
        response.write('data: changed\n\n')
      },
      Math.max(gatherMs, sentAt + betweenMs - performance.now()),
    )
  })
  request.on('close', () => {
    clearTimeout(timer)
    streams.delete(response)
    stop()
  })
}

function file(url: URL, response: ServerResponse, stage: Stage, seat: Seat): void {
  const [, , channelId = '', ts = '', fileId = ''] = url.pathname.split('/')
  const message = stage.slack.messages(channelId, seat.userId).find((one) => one.ts === ts)
  const found = message?.files?.find(({ id }) => id === fileId)
  if (!found || !stage.slack.workspace.channels.get(channelId)?.memberIds.includes(seat.userId)) {
    send(response, 404, 'text/plain', 'no such file')
    return
  }
  send(response, 200, 'text/csv', found.content, {
    'content-disposition': `attachment; filename="${found.name.replaceAll(/[^\w.-]/g, '_')}"`,
  })
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString()
    if (body.length > longestBody) throw new Error('That was too long.')
  }
  return body
}

const json = (response: ServerResponse, value: unknown): void => send(response, 200, 'application/json', JSON.stringify(value))

function send(response: ServerResponse, status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): void {
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    })
    .end(body)
}
