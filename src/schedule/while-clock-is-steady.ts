// Keeps what cannot be undone away from a wrong clock: old rows are deleted by their age, roles end by their date, and a year ahead makes all
// of them old and over. The database's clock, where it is another one, is asked too; where it is not, a jump is waited out.
import type { Clock } from '../clock.ts'
import { ageMs } from '../domain/age.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'

/** The setting that says when such work had its latest turn. */
export const turnOf = (name: string): string => `turn:${name}`

/** Of work that comes daily: after a longer break the clock is watched for a day first. */
const longestBreakMs = 4 * 24 * 3_600_000

/**
 * Does `work` only where its turn before this one was lately. After a break of days, and at the very first, it waits for its next turn. `now`: by
 * whichever clock is behind.
 */
export async function whileClockIsSteady(
  name: string,
  { store, clock, log }: { readonly store: Pick<Store, 'tenant' | 'realNow'>; readonly clock: Clock; readonly log: Log },
  work: (now: Date) => Promise<void>,
): Promise<void> {
  const key = turnOf(name)
  const now = clock.now()
  const before = await store.tenant.setting(key)
  await store.tenant.saveSetting(key, now.toISOString())
  if (before !== undefined && ageMs(new Date(before), now) <= longestBreakMs) {
    const real = await store.realNow()
    return work(real < now ? real : now)
  }
  log.info({ job: name }, 'Left for its next turn, until it is clear that the clock is right')
}
