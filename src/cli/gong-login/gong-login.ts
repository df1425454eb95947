// The first exchange of Gong's OAuth: an administrator agrees in the browser, the code that comes back becomes a refresh token. Knows
// neither terminal nor file: it is given what to ask and returns what to keep.
import { randomBytes } from 'node:crypto'
import { openPool, type ProxySettings } from '../../egress.ts'
import { AskError } from '../../errors.ts'
import { exchangeTokens } from '../../gong/auth/token-request.ts'
import { scopeOf } from '../../gong/check/check.ts'

export interface LoginClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly tokenUrl: string
  readonly baseUrl: string
  /** Exactly as registered with the integration in Gong. */
  readonly redirectUri: string
}

/** Everything the bot reads, in either contract. */
const loginScopes: readonly string[] = Object.values(scopeOf)

/** The page on which the administrator agrees. `state` comes back with the code. */
export function consentAddress({ clientId, tokenUrl, redirectUri }: LoginClient, state: string): string {
  const address = new URL('authorize', tokenUrl)
  const query = { client_id: clientId, response_type: 'code', scope: loginScopes.join(' '), redirect_uri: redirectUri, state }
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
  return address.href
}

/**
 * The code in the address the browser ended on.
 * @throws AskError that says what to do: not that address, refused by the administrator, or of another attempt.
 */
export function codeFrom(pasted: string, state: string): string {
  const address = URL.canParse(pasted.trim()) ? new URL(pasted.trim()) : undefined
  const refused = address?.searchParams.get('error')
  if (refused)
    throw new AskError(`Gong says ${refused.slice(0, 80)}: the administrator did not agree, or a scope is not registered. Try again.`)
  const code = address?.searchParams.get('code')
  if (!code)
    throw new AskError('That is not the address Gong sent the browser to: copy the whole line that begins with your redirect address.')
  if (address?.searchParams.get('state') !== state)
    throw new AskError('That address belongs to another attempt. Open the page shown here and paste what it leads to.')
  return code
}

/**
 * Turns the code into the values for the environment. A `TOKEN_ENCRYPTION_KEY` is made when there is none.
 * @throws GongRefused, GongUnavailable, GongSurprise from the exchange.
 */
export async function finishLogin(
  client: LoginClient,
  code: string,
  kept: { readonly encryptionKey?: string | undefined; readonly proxy?: ProxySettings },
): Promise<{ readonly GONG_REFRESH_TOKEN: string; readonly TOKEN_ENCRYPTION_KEY: string }> {
  const pool = openPool(kept.proxy)
  try {
    const grant = { grant_type: 'authorization_code', code, redirect_uri: client.redirectUri, client_id: client.clientId } as const
    const { refreshToken, distrusted } = await exchangeTokens(pool, client, grant, client.baseUrl)
    if (distrusted) throw distrusted
    if (refreshToken === undefined)
      throw new AskError('Gong gave no refresh token: ask for offline access for this app in Gong, then try again.')
    return { GONG_REFRESH_TOKEN: refreshToken, TOKEN_ENCRYPTION_KEY: kept.encryptionKey ?? randomBytes(32).toString('base64url') }
  } finally {
    await pool.close()
  }
}

export const newState = (): string => randomBytes(16).toString('base64url')
