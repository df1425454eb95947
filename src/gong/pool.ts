// The connections to Gong: one keep-alive pool with time limits for connecting, headers and body; through a proxy where one is
// configured (values come in plain; NODE_EXTRA_CA_CERTS is Node's own).
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
