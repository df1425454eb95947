// Everything a request to Gong needs before the contract is known: the connection pool, authentication and the request rules.

import type { Dispatcher } from 'undici'
import type { Clock } from '../clock.ts'
import type { GongCredentials } from '../domain/gong-credentials.ts'
import type { RequestBudget, TenantMemory } from '../domain/gong-ports.ts'
import { openPool, type ProxySettings, type TimeLimits } from '../egress.ts'
import type { Log } from '../log.ts'
import { type Authorization, fixedAuthorization } from './auth/authorization.ts'
import { watchBearer } from './auth/bearer.ts'
import { type OAuthDeps, oauthAuthorization, type Secrets } from './auth/oauth.ts'
import type { OnAttempt, RequestLimits, Sleep } from './wire/attempts.ts'
import { createRequest, type GongCall, type OnErrors, type RequestGong } from './wire/request.ts'

export interface ConnectionOptions {
  /** With or without `/v2`. */
  readonly baseUrl: string
  readonly credentials: GongCredentials
  readonly clock: Clock
  readonly log: Log
  readonly memory: TenantMemory
  readonly budget: RequestBudget
  readonly secrets: Secrets
  readonly proxy?: ProxySettings | undefined
  /** For the metrics. */
  readonly onAttempt?: OnAttempt | undefined
  /** Called with every usable answer as it came, for a look at its shape. */
  readonly onReply?: ((call: GongCall, json: unknown) => void) | undefined
  readonly onErrors?: OnErrors | undefined
  readonly onRefresh?: OAuthDeps['onRefresh']
  /** Instead of the product's own limits. */
  readonly limits?: Partial<RequestLimits> | undefined
  readonly timeLimits?: Partial<TimeLimits> | undefined
  /** How pauses are spent; real time unless said otherwise. */
  readonly sleep?: Sleep | undefined
}

export interface Connection {
  readonly request: RequestGong
  /** Has OAuth tokens renewed now and stored as always; false with other credentials, which have nothing to renew. */
  renew(): Promise<boolean>
  /** Breaks off what is under way and closes every connection. */
  close(): Promise<void>
}

export function connectGong(options: ConnectionOptions): Connection {
  const { clock, log, budget, limits, sleep } = options
  const pool = openPool(options.proxy, options.timeLimits)
  const closing = new AbortController()
  const authorization = authorizationOf(options, pool)
  const ask = createRequest({
    onAttempt: options.onAttempt,
    onErrors: options.onErrors,
    pool,
    authorization,
    budget,
    clock,
    log,
    limits,
    sleep,
  })
  return {
    async request(call, asking) {
      const signal = asking.signal ? AbortSignal.any([asking.signal, closing.signal]) : closing.signal
      const reply = await ask(call, { ...asking, signal })
      if (reply.json !== 'empty') options.onReply?.(call, reply.json)
      return reply
    },
    async renew() {
      if (!authorization.renew) return false
      const { header } = await authorization.current(closing.signal)
      return authorization.renew(header, closing.signal)
    },
    async close() {
      closing.abort(new Error('Gong is being closed'))
      await pool.destroy()
    },
  }
}

function authorizationOf(options: ConnectionOptions, pool: Dispatcher): Authorization {
  const { credentials, baseUrl, secrets, memory, clock, log, onRefresh } = options
  if (credentials.type === 'oauth')
    return oauthAuthorization({ credentials, configuredBaseUrl: baseUrl, pool, secrets, memory, clock, log, onRefresh })
  const fixed = fixedAuthorization(credentials, baseUrl)
  if (credentials.type === 'basic') return fixed
  return watched(fixed, credentials.accessToken, options)
}

/** A fixed token: how long it still lasts is looked at now and then. */
function watched(fixed: Authorization, token: string, { secrets, clock, log }: ConnectionOptions): Authorization {
  const look = watchBearer(token, secrets, clock, log)
  return {
    async current(signal) {
      await look()
      return fixed.current(signal)
    },
  }
}
