// A loopback server between the client and a Gong: passes everything on unchanged and keeps what was asked and answered, so that
// both can be judged afterwards.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Exchange } from './contract-check.ts'

export interface WatchedGong {
  /** Without `/v2`. */
  readonly baseUrl: string
  readonly exchanges: Exchange[]
  close(): Promise<void>
}

export interface Passed {
  readonly method: string
  /** Path with query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

export type Upstream = (
  request: Passed,
) => Promise<{ readonly status: number; readonly headers: Record<string, string>; readonly text: string }>

/** Passes requests on to a Gong that listens at `baseUrl`. */
export const upstreamAt =
  (baseUrl: string): Upstream =>
  async ({ method, url, headers, body }) => {
    const answer = await fetch(`${baseUrl}${url}`, { method, headers, ...(body === undefined ? {} : { body }) })
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
  }

export async function watchGong(upstream: Upstream): Promise<WatchedGong> {
  const exchanges: Exchange[] = []
  const server = createServer((request, response) => {
    void pass().catch((error: unknown) => response.writeHead(500).end(String(error)))
    async function pass() {
      const body = await bodyOf(request)
      const url = new URL(request.url ?? '/', 'http://gong')
      const { authorization = '', 'content-type': type } = request.headers
      const headers = { authorization, ...(type && { 'content-type': type }) }
      const answer = await upstream({ method: request.method ?? '', url: `${url.pathname}${url.search}`, headers, body })
      exchanges.push({
        method: request.method ?? '',
        path: url.pathname.replace(/^\/v2/, ''),
        query: url.searchParams,
        requestBody: body === undefined ? undefined : JSON.parse(body),
        status: answer.status,
        answerBody: parsed(answer.text),
      })
      const { 'content-type': contentType = '', 'retry-after': retryAfter } = answer.headers
      response.writeHead(answer.status, { 'content-type': contentType, ...(retryAfter && { 'retry-after': retryAfter }) }).end(answer.text)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return chunks.length === 0 ? undefined : Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
