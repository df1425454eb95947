// OAuth that renews itself. The new refresh token is stored, encrypted, before the new access token is used. The store's row lock
// keeps it to one refresh at a time over all replicas. Every configured refresh token has a chain of its own: a command of the terminal that was
// given a new one leaves the service with those it has.

import { createHash } from 'node:crypto'
import type { Dispatcher } from 'undici'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { GongCredentials } from '../../domain/gong-credentials.ts'
import type { TenantMemory } from '../../domain/gong-ports.ts'
import { GongRefused, type GongSurprise } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { type Authorization, withVersion } from './authorization.ts'
import { seal, unseal } from './seal.ts'
import { exchangeTokens } from './token-request.ts'

/** The part of the store that keeps encrypted texts; `update` runs under a row lock. */
export interface Secrets {
  secret<T>(
    key: string,
    update: (current: string | undefined) => Promise<{ readonly value: string; readonly result: T } | { readonly result: T }>,
  ): Promise<T>
  /** Under which keys there is a text. */
  secretKeys(): Promise<readonly string[]>
}

export interface OAuthDeps {
  readonly credentials: Extract<GongCredentials, { type: 'oauth' }>
  readonly configuredBaseUrl: string
  readonly pool: Dispatcher
  readonly secrets: Secrets
  readonly memory: TenantMemory
  readonly clock: Clock
  readonly log: Log
  /** Called with what an exchange of the refresh token gave, once it is stored. For a look at the tenant. */
  readonly onRefresh?: ((seen: { readonly isRotated: boolean; readonly namesHost: boolean }) => void) | undefined
}

/** The last instant a `Date` can hold. */
const lastDateMs = 8.64e15

const storedTokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** One past every date JavaScript knows is over: it is renewed. */
  expiresAtMs: z.number().max(lastDateMs).catch(0),
  apiBaseUrl: z.string().optional(),
  /** Which configured refresh token this chain began with. */
  seed: z.string(),
})
type StoredTokens = z.output<typeof storedTokens>

/** Where the one chain lay before each had its own row; a chain begun then is taken from there. */
const oneChainKey = 'gong-oauth'
/** Renewed this long before its end, so that no request starts with a token about to end. */
const marginMs = 5 * 60_000

export function oauthAuthorization(deps: OAuthDeps): Authorization {
  const { clock } = deps
  let tokens: StoredTokens | undefined
  let refreshing: Promise<StoredTokens> | undefined
  const usable = (candidate: StoredTokens | undefined): candidate is StoredTokens =>
    candidate !== undefined && candidate.expiresAtMs - marginMs > clock.now().getTime()
  const renewUnless = (isGood: (stored: StoredTokens) => boolean): Promise<StoredTokens> => {
    refreshing ??= refreshStored(deps, isGood).finally(() => {
      refreshing = undefined
    })
    return refreshing
  }
  return {
    async current() {
      if (!usable(tokens)) tokens = await renewUnless(usable)
      return { header: `Bearer ${tokens.accessToken}`, baseUrl: tokens.apiBaseUrl ?? withVersion(deps.configuredBaseUrl) }
    },
    async renew(usedHeader) {
      tokens = await renewUnless((stored) => usable(stored) && `Bearer ${stored.accessToken}` !== usedHeader)
      return `Bearer ${tokens.accessToken}` !== usedHeader
    },
  }
}

async function refreshStored(deps: OAuthDeps, isGood: (stored: StoredTokens) => boolean): Promise<StoredTokens> {
  const { credentials, configuredBaseUrl, pool, secrets, memory, clock, log } = deps
  const seed = createHash('sha256').update(credentials.refreshToken).digest('hex').slice(0, 16)
  let distrusted: GongSurprise | undefined
  let isRotated: boolean | undefined
  const oneChain = await secrets.secret(oneChainKey, async (current) => ({ result: current }))
  const tokens = await secrets.secret<StoredTokens>(`${oneChainKey}:${seed}`, async (own) => {
    const current = own ?? oneChain
    const stored = readStored(current, credentials.encryptionKeys)
    const ours = stored?.seed === seed ? stored : undefined
    if (ours && isGood(ours)) {
      const isOldKey = current !== undefined && unseal(current, credentials.encryptionKeys.slice(0, 1)) === undefined
      return { result: ours, ...(isOldKey && { value: seal(JSON.stringify(ours), credentials.encryptionKeys) }) }
    }
    const refreshToken = ours?.refreshToken ?? credentials.refreshToken
    const fresh = await exchangeTokens(
      pool,
      credentials,
      { grant_type: 'refresh_token', refresh_token: refreshToken },
      configuredBaseUrl,
    ).catch((error: unknown) => explain(error, current !== undefined && stored === undefined))
    isRotated = fresh.refreshToken !== undefined && fresh.refreshToken !== refreshToken
    // A rotated refresh token works once: it is stored whatever else is wrong with the answer.
    distrusted = fresh.distrusted
    const apiBaseUrl = fresh.apiBaseUrl ?? ours?.apiBaseUrl
    const next: StoredTokens = {
      accessToken: fresh.accessToken,
      refreshToken: fresh.refreshToken ?? refreshToken,
      // An answer that is not trusted renews nothing: the next request asks again.
      expiresAtMs: distrusted ? 0 : clock.now().getTime() + fresh.expiresInSeconds * 1000,
      ...(apiBaseUrl === undefined ? {} : { apiBaseUrl }),
      seed,
    }
    return { value: seal(JSON.stringify(next), credentials.encryptionKeys), result: next }
  })
  if (isRotated !== undefined) deps.onRefresh?.({ isRotated, namesHost: tokens.apiBaseUrl !== undefined })
  if (distrusted) throw distrusted
  if (tokens.apiBaseUrl) await memory.set('api-base-url', tokens.apiBaseUrl)
  log.info({ expiresAt: new Date(tokens.expiresAtMs).toISOString() }, 'Gong access token ready')
  return tokens
}

function readStored(sealed: string | undefined, encryptionKeys: readonly string[]): StoredTokens | undefined {
  const text = sealed === undefined ? undefined : unseal(sealed, encryptionKeys)
  if (text === undefined) return undefined
  const result = storedTokens.safeParse(JSON.parse(text))
  return result.success ? result.data : undefined
}

/** `isSealedOtherwise`: tokens are stored that none of the keys opens, so the first one was tried, which is long used up. */
function explain(error: unknown, isSealedOtherwise: boolean): never {
  if (!(error instanceof GongRefused)) throw error
  const { endpoint, requestId, status, errors } = error
  throw new GongRefused({
    endpoint,
    requestId,
    status,
    errors,
    login: isSealedOtherwise
      ? 'TOKEN_ENCRYPTION_KEY does not open the tokens that are stored: put the key they were stored with behind it, after a comma, or connect again with: npm run gong-login'
      : 'The refresh token is no longer taken; connect again with: npm run gong-login',
  })
}
