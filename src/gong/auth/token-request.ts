// Gong's OAuth token address: exchanges a code or a refresh token for an access token, the next refresh token and the tenant's own
// host. These requests do not count against the API's budget.
import { type Dispatcher, request } from 'undici'
import { z } from 'zod'
import { AnswerTooLong, boundedText } from '../../bounded-answer.ts'
import { GongRefused, GongSurprise, GongUnavailable } from '../../errors.ts'
import { parseJson } from '../wire/json.ts'
import { errorBody } from '../wire/refusal.ts'
import { basicHeader, withVersion } from './authorization.ts'

export interface OAuthClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly tokenUrl: string
}

export interface Tokens {
  readonly accessToken: string
  /** Undefined when the answer holds none: the one that was sent stays good. */
  readonly refreshToken: string | undefined
  readonly expiresInSeconds: number
  /** With `/v2`. */
  readonly apiBaseUrl: string | undefined
  /** The tenant's host is not Gong's: whoever has stored the new refresh token throws this. */
  readonly distrusted: GongSurprise | undefined
}

/** An access token without a stated life is taken for this short one. */
const shortLifeSeconds = 900
/** Gong's live for a day. One that claims to live longer than this is renewed then: the claim may be in another unit, or past every date. */
const longestLifeSeconds = 30 * 86_400

export type Grant =
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string }
  | { readonly grant_type: 'authorization_code'; readonly code: string; readonly redirect_uri: string; readonly client_id: string }

const answer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive().nullish().catch(undefined),
  api_base_url_for_customer: z.string().nullish().catch(undefined),
})

/**
 * One exchange; a failed one is not repeated here.
 * @throws GongRefused when Gong takes neither client nor token, GongUnavailable, GongSurprise when the access token is missing.
 */
export async function exchangeTokens(
  pool: Dispatcher,
  client: OAuthClient,
  grant: Grant,
  configuredBaseUrl: string,
  timeoutMs = 30_000,
): Promise<Tokens> {
  const url = new URL(client.tokenUrl)
  for (const [name, value] of Object.entries(grant)) url.searchParams.set(name, value)
  const endpoint = `POST ${url.pathname}`
  const { status, text } = await send(pool, url, client, endpoint, timeoutMs)
  const json = parsed(text)
  const { requestId, errors } = errorBody(json)
  if (status === 408 || status === 429 || status >= 500)
    throw new GongUnavailable({ endpoint, requestId, status, what: `it answered ${status}` })
  if (status >= 300) throw new GongRefused({ endpoint, requestId, status, errors })
  const result = answer.safeParse(json)
  if (!result.success)
    throw new GongSurprise({
      endpoint,
      requestId,
      what: 'the tokens are missing',
      paths: result.error.issues.map((issue) => issue.path.join('.')),
    })
  const host = result.data.api_base_url_for_customer
  const isForeign = host !== undefined && host !== null && host !== '' && !isTenantHost(host, configuredBaseUrl)
  const foreign = () =>
    new GongSurprise({ endpoint, requestId, what: "the tenant's host is not Gong's", paths: ['api_base_url_for_customer'] })
  return {
    accessToken: result.data.access_token,
    refreshToken: result.data.refresh_token ?? undefined,
    expiresInSeconds: Math.min(result.data.expires_in ?? shortLifeSeconds, longestLifeSeconds),
    apiBaseUrl: host && !isForeign ? withVersion(host) : undefined,
    distrusted: isForeign ? foreign() : undefined,
  }
}

/** Two tokens and an address have about 4 kB. */
const answerAtMost = { bytes: 256 * 1024, values: 2000 }

async function send(
  pool: Dispatcher,
  url: URL,
  client: OAuthClient,
  endpoint: string,
  timeoutMs: number,
): Promise<{ status: number; text: string }> {
  try {
    const { statusCode, body } = await request(url, {
      dispatcher: pool,
      method: 'POST',
      headers: { authorization: basicHeader(client.clientId, client.clientSecret), accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: statusCode, text: await boundedText(body, answerAtMost) }
  } catch (cause) {
    if (cause instanceof AnswerTooLong)
      throw new GongSurprise({ endpoint, what: `${cause.message}; check GONG_TOKEN_URL and what answers at ${url.host}`, cause })
    throw new GongUnavailable({ endpoint, what: 'the token address cannot be reached', cause })
  }
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/**
 * Whether a token may be sent to this host: https, and under the domain of the configured address (`api.gong.io` →
 * `*.gong.io`). Loopback over http only when the configured address is loopback too.
 */
export function isTenantHost(address: string, configuredBaseUrl: string): boolean {
  if (!URL.canParse(address)) return false
  const host = new URL(address)
  const configured = new URL(configuredBaseUrl)
  if (host.username || host.password) return false
  if (isLoopback(configured.hostname)) return isLoopback(host.hostname)
  const labels = configured.hostname.split('.')
  const domain = labels.length > 2 ? labels.slice(1).join('.') : configured.hostname
  return host.protocol === 'https:' && (host.hostname === domain || host.hostname.endsWith(`.${domain}`))
}

const isLoopback = (hostname: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
