// The ways out of this machine: to Gong one keep-alive pool with time limits for connecting, headers and body; to Slack the platform's
// own fetch, both through a proxy where one is configured (values come in plain; NODE_EXTRA_CA_CERTS is Node's own).
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'

export interface ProxySettings {
  readonly httpsProxy?: string | undefined
  /** Hosts reached directly, comma-separated. */
  readonly noProxy?: string | undefined
}

const limits = {
  connect: { timeout: 10_000 },
  headersTimeout: 60_000,
  bodyTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connections: 4,
}

export function openPool(proxy: ProxySettings = {}): Dispatcher {
  if (!proxy.httpsProxy) return new Agent(limits)
  return new EnvHttpProxyAgent({
    ...limits,
    httpProxy: proxy.httpsProxy,
    httpsProxy: proxy.httpsProxy,
    noProxy: proxy.noProxy ?? '',
  })
}

/** The way to Slack's Web API (`fetch`) and Socket Mode (`dispatcher`); both missing where no proxy is configured. */
export interface Egress {
  readonly fetch?: typeof globalThis.fetch
  readonly dispatcher?: Dispatcher
  close(): Promise<void>
}

export function openEgress(proxy: ProxySettings = {}): Egress {
  const { httpsProxy, noProxy = '' } = proxy
  if (!httpsProxy) return { close: async () => undefined }
  const dispatcher = new EnvHttpProxyAgent({ connect: limits.connect, httpProxy: httpsProxy, httpsProxy, noProxy, proxyTunnel: true })
  return {
    // Node's own fetch, because the Slack SDK hands it Node's own FormData; it takes any dispatcher of the same undici.
    fetch: (input, init) => globalThis.fetch(input, { ...init, dispatcher } as RequestInit),
    dispatcher,
    close: () => dispatcher.destroy(),
  }
}
