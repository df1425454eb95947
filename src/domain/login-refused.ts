// Gong no longer takes the login as a whole: a refresh token that is used up or revoked. Everything waits for it, and no scope mends it. Kept
// as one text in the tenant's memory until Gong answers again.
import type { TenantMemory } from './gong-ports.ts'

export interface RefusedLogin {
  /** The first refusal since Gong last answered. */
  readonly since: Date
  /** What an operator can do, as a sentence without its full stop. */
  readonly remedy: string
}

const fact = 'login-refused'

/** Undefined while Gong takes it. */
export async function refusedLogin(memory: Pick<TenantMemory, 'get'>): Promise<RefusedLogin | undefined> {
  const [, since, remedy] = /^(\S+) (.+)$/s.exec((await memory.get(fact)) ?? '') ?? []
  return since && remedy ? { since: new Date(since), remedy } : undefined
}

/** `remedy`: undefined where Gong has answered. */
export async function rememberLogin(memory: TenantMemory, now: Date, remedy: string | undefined): Promise<void> {
  const known = await refusedLogin(memory)
  if (known?.remedy !== remedy) await memory.set(fact, remedy === undefined ? '' : `${(known?.since ?? now).toISOString()} ${remedy}`)
}

/** For admins. */
export const refusedLoginWords = ({ remedy }: RefusedLogin): string =>
  `Gong does not take my login any more, so nothing is fetched. ${remedy}. Until then answers and digests say how old their figures are.`
