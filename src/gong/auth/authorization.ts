// How a request to Gong is authenticated, and its base address. A key and a fixed token never change; OAuth (oauth.ts) renews itself.
import type { GongCredentials } from '../../domain/gong-credentials.ts'

export interface Authorization {
  /** The header's value and the base address (with `/v2`, no slash at its end). */
  current(signal?: AbortSignal): Promise<{ readonly header: string; readonly baseUrl: string }>
  /** After a 401: gets a new token unless somebody already did since `usedHeader`. False when there is nothing to renew. */
  renew?(usedHeader: string, signal?: AbortSignal): Promise<boolean>
}

/** `https://api.gong.io` and `https://api.gong.io/v2/` both become `https://api.gong.io/v2`. */
export function withVersion(address: string): string {
  const trimmed = address.replace(/\/+$/, '')
  return /\/v2$/.test(trimmed) ? trimmed : `${trimmed}/v2`
}

export const basicHeader = (user: string, secret: string): string => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`

/** For credentials that never change. */
export function fixedAuthorization(credentials: Exclude<GongCredentials, { type: 'oauth' }>, address: string): Authorization {
  const header =
    credentials.type === 'basic' ? basicHeader(credentials.accessKey, credentials.accessKeySecret) : `Bearer ${credentials.accessToken}`
  const current = Promise.resolve({ header, baseUrl: withVersion(address) })
  return { current: () => current }
}
