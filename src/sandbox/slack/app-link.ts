// How Slack reaches the app: signed HTTP to its request url, or a Socket Mode envelope while a connection stands. Three seconds to
// acknowledge; events are tried four times, everything else once.
import { createHmac } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { RequestLog } from './request-log.ts'
import type { SocketMode } from './socket-mode.ts'
import type { Json } from './workspace.ts'

/** Source: Slack waits three seconds. Without limits of time only what hangs ends. */
const ackMs = { checked: 3000, unchecked: 240_000 }
const eventRetries = 3

export type Delivery =
  | { readonly type: 'acknowledged'; readonly body: unknown }
  /** `error` as Slack's clients show it. */
  | { readonly type: 'failed'; readonly error: 'dispatch_failed' | 'operation_timeout' }

export interface AppLink {
  command(payload: Readonly<Record<string, string>>): Promise<Delivery>
  interaction(name: string, payload: Json): Promise<Delivery>
  event(name: string, payload: Json): Promise<Delivery>
}

export function createAppLink(parts: {
  readonly requestUrl: () => string | undefined
  readonly signingSecret: string
  readonly socket: SocketMode
  readonly realClock: Clock
  readonly checkTimes: boolean
  readonly log: RequestLog
}): AppLink {
  const { realClock, socket, log } = parts
  const ackWithinMs = parts.checkTimes ? ackMs.checked : ackMs.unchecked

  async function overHttp(
    body: string,
    contentType: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Delivery & { status: number }> {
    const url = parts.requestUrl()
    if (url === undefined) return { type: 'failed', error: 'dispatch_failed', status: 0 }
    const timestamp = String(Math.floor(realClock.now().getTime() / 1000))
    const signature = `v0=${createHmac('sha256', parts.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': contentType,
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          ...headers,
        },
        signal: AbortSignal.timeout(ackWithinMs),
      })
      const text = await response.text()
      if (!response.ok) return { type: 'failed', error: 'dispatch_failed', status: response.status }
      return { type: 'acknowledged', body: parsed(text), status: response.status }
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError'
      return { type: 'failed', error: timedOut ? 'operation_timeout' : 'dispatch_failed', status: 0 }
    }
  }

  async function overSocket(type: string, payload: Json): Promise<Delivery & { status: number }> {
    try {
      return { type: 'acknowledged', body: (await socket.send(type, payload, ackWithinMs)) ?? '', status: 200 }
    } catch {
      return { type: 'failed', error: 'operation_timeout', status: 0 }
    }
  }

  async function logged(name: string, detail: string, send: () => Promise<Delivery & { status: number }>): Promise<Delivery> {
    const at = realClock.now()
    const delivery = await send()
    const durationMs = realClock.now().getTime() - at.getTime()
    const failure = delivery.type === 'failed' ? { error: delivery.error } : {}
    const { status, ...rest } = delivery
    log.add({ at, direction: 'slack-to-app', name, status, durationMs, detail, ...failure })
    return rest
  }

  const form = 'application/x-www-form-urlencoded'
  return {
    command: (payload) =>
      logged(`command ${payload.command}`, payload.text ?? '', () =>
        socket.isConnected() ? overSocket('slash_commands', payload) : overHttp(new URLSearchParams(payload).toString(), form, {}),
      ),
    interaction: (name, payload) =>
      logged(name, '', () =>
        socket.isConnected()
          ? overSocket('interactive', payload)
          : overHttp(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), form, {}),
      ),
    async event(name, payload) {
      let delivery: Delivery = { type: 'failed', error: 'dispatch_failed' }
      for (let attempt = 0; attempt <= eventRetries; attempt += 1) {
        const headers: Record<string, string> =
          attempt === 0 ? {} : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': 'http_error' }
        delivery = await logged(`event ${name}`, attempt === 0 ? '' : `retry ${attempt}`, () =>
          socket.isConnected()
            ? overSocket('events_api', { ...payload, retry_attempt: attempt })
            : overHttp(JSON.stringify(payload), 'application/json', headers),
        )
        if (delivery.type === 'acknowledged') break
      }
      return delivery
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
