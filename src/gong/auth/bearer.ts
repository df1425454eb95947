// A fixed bearer token ends about a day after it was made and cannot renew itself: say so before it does. When it ends is read from
// the token where it is a JWT, else counted from the first time it was seen (a fingerprint is kept, never the token).
import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Secrets } from './oauth.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Told once when so much is left, and again every hour at the very end. */
const firstWarningMs = dayMs
const lastHoursMs = 4 * 3_600_000

/** When the token ends, as far as can be told. */
export async function bearerEnd(token: string, secrets: Secrets, clock: Clock): Promise<Date> {
  const told = expiryInside(token)
  if (told) return told
  const fingerprint = createHash('sha256').update(token).digest('hex').slice(0, 16)
  return secrets.secret('gong-bearer-seen', async (current) => {
    const [known, at] = current?.split(' ') ?? []
    const seen = known === fingerprint && at ? new Date(at) : clock.now()
    const result = new Date(seen.getTime() + dayMs)
    return known === fingerprint ? { result } : { value: `${fingerprint} ${seen.toISOString()}`, result }
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
