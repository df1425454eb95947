// A narrow fake of Slack's side: answers the Web API methods the edge calls, takes what is posted to response urls, records both,
// and sends signed payloads as Slack would. No limits and no rendering: those are the simulated workspace's.
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RecordedCall {
  readonly method: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface RecordingSlack {
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string
  readonly calls: readonly RecordedCall[]
  readonly responses: readonly { readonly url: string; readonly body: Readonly<Record<string, unknown>> }[]
  /** A response url of this server. */
  responseUrl(name?: string): string
  /** Answers `method` from now on; a function sees the body. */
  answer(method: string, answer: object | ((body: Readonly<Record<string, unknown>>) => object)): void
  /** What response urls answer with status 200. */
  answerResponses(answer: (body: Readonly<Record<string, unknown>>, use: number) => { status?: number; body: string }): void
  callsOf(method: string): readonly Readonly<Record<string, unknown>>[]
  stop(): Promise<void>
}

export async function recordingSlack(): Promise<RecordingSlack> {
  const calls: RecordedCall[] = []
  const responses: { url: string; body: Readonly<Record<string, unknown>> }[] = []
  const answers = new Map<string, object | ((body: Readonly<Record<string, unknown>>) => object)>([
    ['auth.test', { team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT', team: 'Acme' }],
    ['chat.postMessage', (body) => ({ ts: '1.1', channel: body.channel })],
    ['views.open', { view: { id: 'V1' } }],
    ['views.push', { view: { id: 'V2' } }],
    ['conversations.open', { channel: { id: 'D1' } }],
  ])
  let respond: (body: Readonly<Record<string, unknown>>, use: number) => { status?: number; body: string } = () => ({ body: 'ok' })

  const server = createServer(async (request, response) => {
    const raw = await textOf(request)
    const path = request.url ?? ''
    if (path.startsWith('/response/')) {
      const body = JSON.parse(raw) as Record<string, unknown>
      responses.push({ url: path, body })
      const answered = respond(body, responses.filter(({ url }) => url === path).length)
      response.writeHead(answered.status ?? 200).end(answered.body)
      return
    }
    const method = path.replace(/^\/api\//, '')
    const body = fieldsOf(raw)
    calls.push({ method, body })
    const answer = answers.get(method)
    const given = typeof answer === 'function' ? answer(body) : answer
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, ...given }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    apiUrl: `${base}/api/`,
    calls,
    responses,
    responseUrl: (name = 'one') => `${base}/response/${name}`,
    answer: (method, answer) => void answers.set(method, answer),
    answerResponses: (answer) => {
      respond = answer
    },
    callsOf: (method) => calls.filter((call) => call.method === method).map(({ body }) => body),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Sends what Slack sends, signed as Slack signs it. `age` in seconds makes it old; `signature` replaces the right one. */
export async function sendSigned(
  port: number,
  payload: Readonly<Record<string, string>> | { readonly json: object },
  options: { readonly secret?: string; readonly ageSeconds?: number; readonly signature?: string } = {},
): Promise<{ readonly status: number; readonly body: string }> {
  const isJson = 'json' in payload && typeof payload.json === 'object'
  const body = isJson ? JSON.stringify(payload.json) : new URLSearchParams(payload as Record<string, string>).toString()
  return sendSignedBody(port, body, isJson ? 'application/json' : 'application/x-www-form-urlencoded', options)
}

/** Any text in the name of Slack, well-formed or not. */
export async function sendSignedBody(
  port: number,
  body: string,
  contentType: string,
  options: { readonly secret?: string; readonly ageSeconds?: number; readonly signature?: string } = {},
): Promise<{ readonly status: number; readonly body: string }> {
  const timestamp = String(Math.floor(performance.timeOrigin / 1000 + performance.now() / 1000) - (options.ageSeconds ?? 0))
  const signature =
    options.signature ??
    `v0=${createHmac('sha256', options.secret ?? 'secret')
      .update(`v0:${timestamp}:${body}`)
      .digest('hex')}`
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
    },
    body,
  })
  return { status: response.status, body: await response.text() }
}

/** A slash command as Slack sends it. */
export const typed = (command: string, text: string, slackUserId: string, responseUrl: string): Record<string, string> => ({
  token: 't',
  team_id: 'T1',
  team_domain: 'acme',
  channel_id: 'C1',
  channel_name: 'general',
  user_id: slackUserId,
  user_name: 'someone',
  command,
  text,
  api_app_id: 'A1',
  response_url: responseUrl,
  trigger_id: `trigger-${command}-${text}`,
})

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** web-api sends form fields, objects among them as JSON texts; posts arrive as one JSON text. */
function fieldsOf(raw: string): Record<string, unknown> {
  if (raw.startsWith('{')) return JSON.parse(raw) as Record<string, unknown>
  return Object.fromEntries(
    [...new URLSearchParams(raw)].map(([name, value]): [string, unknown] => {
      if (!/^[[{]/.test(value)) return [name, value]
      try {
        return [name, JSON.parse(value)]
      } catch {
        return [name, value]
      }
    }),
  )
}
