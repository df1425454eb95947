// Authentication of the simulated Gong: access key and secret, a bearer token, or OAuth whose access tokens last a day and whose refresh
// tokens work once.
import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { Refusal } from './operation.ts'

export interface SimulatedCredentials {
  readonly accessKey: string
  readonly accessKeySecret: string
  readonly accessToken: string
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
  /** Of the first code exchange. */
  readonly code: string
}

export const simulatedCredentials: SimulatedCredentials = {
  accessKey: 'SIMULATEDKEY',
  accessKeySecret: 'simulated-secret',
  accessToken: 'simulated-token',
  clientId: 'simulated-client',
  clientSecret: 'simulated-client-secret',
  refreshToken: 'simulated-refresh-1',
  code: 'simulated-code',
}

export interface Access {
  /** @throws Refusal 401 */
  check(authorization: string | undefined): void
  /** The token address. @throws Refusal 400 or 401 */
  exchange(query: URLSearchParams, authorization: string | undefined): Readonly<Record<string, unknown>>
}

const lifetimeSeconds = 86_400

export function createAccess(credentials: SimulatedCredentials, clock: Clock, baseUrl: () => string): Access {
  const basic = (user: string, secret: string) => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
  const refreshTokens = new Set([credentials.refreshToken])
  const codes = new Set([credentials.code])
  const tokens = new Map<string, number>()
  let issued = 0
  const token = (kind: string) => createHash('sha256').update(`${credentials.clientSecret}/${kind}/${issued}`).digest('hex')

  return {
    check(authorization) {
      if (authorization === basic(credentials.accessKey, credentials.accessKeySecret)) return
      const bearer = authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined
      if (bearer !== undefined && bearer === credentials.accessToken) return
      if (bearer !== undefined && (tokens.get(bearer) ?? 0) > clock.now().getTime()) return
      throw new Refusal(401, authorization === undefined ? 'Authorization is missing' : 'The credentials are invalid or have expired')
    },
    exchange(query, authorization) {
      if (authorization !== basic(credentials.clientId, credentials.clientSecret)) throw new Refusal(401, 'invalid_client')
      const grant = query.get('grant_type')
      const good =
        grant === 'refresh_token'
          ? refreshTokens.delete(query.get('refresh_token') ?? '')
          : grant === 'authorization_code' && codes.delete(query.get('code') ?? '')
      if (!good) throw new Refusal(400, 'invalid_grant')
      issued += 1
      const refreshToken = token('refresh')
      const accessToken = token('access')
      refreshTokens.add(refreshToken)
      tokens.set(accessToken, clock.now().getTime() + lifetimeSeconds * 1000)
      return {
        access_token: accessToken,
        refresh_token: refreshToken,
        token_type: 'bearer',
        expires_in: lifetimeSeconds,
        api_base_url_for_customer: baseUrl(),
      }
    },
  }
}
