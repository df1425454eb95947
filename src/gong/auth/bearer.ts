// Warns before a fixed bearer token expires: it lasts about a day and cannot renew itself. The expiry is read from the token when it
// is a JWT, else counted from the first time we saw it (we keep fingerprints, never a token).
import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Secrets } from './oauth.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Warns once when this much is left, and every hour in the last hours. */
const firstWarningMs = dayMs
const lastHoursMs = 4 * 3_600_000
/** A command of the terminal may be given another one than the service has; older ones ended days ago. */
const tokensKept = 5

/** When the token expires, as far as we know. */
export async function bearerEnd(token: string, secrets: Secrets, clock: Clock): Promise<Date> {
  const inside = expiryInside(token)
  if (inside) return inside
  const fingerprint = createHash('sha256').update(token).digest('hex').slice(0, 16)
  return secrets.secret('gong-bearer-seen', async (current) => {
    const lines = current?.split('\n') ?? []
    const at = lines.find((line) => line.startsWith(`${fingerprint} `))?.slice(fingerprint.length + 1)
    const seen = at ? new Date(at) : clock.now()
    const result = new Date(seen.getTime() + dayMs)
    return at ? { result } : { value: [`${fingerprint} ${seen.toISOString()}`, ...lines].slice(0, tokensKept).join('\n'), result }
  })
}

/** Looks at the token at most once an hour and warns in the log: once a day before it ends, hourly in its last four hours and after. */
export function watchBearer(token: string, secrets: Secrets, clock: Clock, log: Log): () => Promise<void> {
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let isWarned = false
  return async () => {
    const nowMs = clock.now().getTime()
    if (nowMs - lookedAtMs < hourMs) return
    lookedAtMs = nowMs
    const endsAt = await bearerEnd(token, secrets, clock)
    const leftMs = endsAt.getTime() - nowMs
    if (leftMs > firstWarningMs || (isWarned && leftMs > lastHoursMs)) return
    isWarned = true
    log.warn(
      { endsAt: endsAt.toISOString(), hoursLeft: Math.max(0, Math.floor(leftMs / hourMs)) },
      'GONG_ACCESS_TOKEN is about to end or has ended; use OAuth (npm run gong-login) or an access key',
    )
  }
}

function expiryInside(token: string): Date | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    const expires = typeof claims === 'object' && claims !== null ? (claims as { exp?: unknown }).exp : undefined
    return typeof expires === 'number' ? new Date(expires * 1000) : undefined
  } catch {
    return undefined
  }
}
