// The ways out of this machine: to Gong one keep-alive pool with time limits for connecting, headers and body; to Slack the platform's
// own fetch, both through a proxy where one is configured (values come in plain; NODE_EXTRA_CA_CERTS is Node's own).
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { boundedFetch, slackAnswer } from './bounded-answer.ts'

export interface ProxySettings {
  readonly httpsProxy?: string | undefined
  /** Hosts reached directly, comma-separated. */
  readonly noProxy?: string | undefined
}

/** How long one attempt may take, part by part. What passes them is asked for again. */
export interface TimeLimits {
  readonly connectMs: number
  /** From the request to the answer's first line. */
  readonly headersMs: number
  /** Between two parts of the answer's body. */
  readonly bodyMs: number
}

const usualTimeLimits: TimeLimits = { connectMs: 10_000, headersMs: 60_000, bodyMs: 30_000 }

export function openPool(proxy: ProxySettings = {}, timeLimits: Partial<TimeLimits> = {}): Dispatcher {
  const { connectMs, headersMs, bodyMs } = { ...usualTimeLimits, ...timeLimits }
  const limits = {
    connect: { timeout: connectMs },
    headersTimeout: headersMs,
    bodyTimeout: bodyMs,
    keepAliveTimeout: 10_000,
    // The readings of a refresh at once, and questions beside them.
    connections: 8,
  }
  if (!proxy.httpsProxy) return new Agent(limits)
  return new EnvHttpProxyAgent({
    ...limits,
    httpProxy: proxy.httpsProxy,
    httpsProxy: proxy.httpsProxy,
    noProxy: proxy.noProxy ?? '',
  })
}

/** The way to Slack's Web API (`fetch`, whose answers are bounded) and Socket Mode (`dispatcher`, missing where no proxy is configured). */
export interface Egress {
  readonly fetch: typeof globalThis.fetch
  readonly dispatcher?: Dispatcher
  close(): Promise<void>
}

/**
 * Node's own fetch, because the Slack SDK hands it Node's own FormData; it takes any dispatcher of the same undici. It goes where it is sent
 * and nowhere else: a redirect would carry figures on to another host.
 */
const fetchStraight =
  (dispatcher?: Dispatcher): typeof globalThis.fetch =>
  (input, init) =>
    globalThis.fetch(input, { ...init, redirect: 'error', ...(dispatcher && { dispatcher }) } as RequestInit)

export function openEgress(proxy: ProxySettings = {}): Egress {
  const { httpsProxy, noProxy = '' } = proxy
  if (!httpsProxy) return { fetch: boundedFetch(fetchStraight(), slackAnswer), close: async () => undefined }
  const dispatcher = new EnvHttpProxyAgent({
    connect: { timeout: usualTimeLimits.connectMs },
    httpProxy: httpsProxy,
    httpsProxy,
    noProxy,
    proxyTunnel: true,
  })
  return {
    fetch: boundedFetch(fetchStraight(dispatcher), slackAnswer),
    dispatcher,
    close: () => dispatcher.destroy(),
  }
}
