// Keeps what cannot be undone away from a clock that jumped: old rows are deleted by their age, and a year's jump ahead makes all of them
// old.
import type { Clock } from '../clock.ts'
import { ageMs } from '../domain/age.ts'
import type { Log } from '../log.ts'
import type { TenantStore } from '../store/tenant.ts'

/** Of work that comes daily: after a longer break the clock is watched for a day first. */
const longestBreakMs = 4 * 24 * 3_600_000

/** Does `work` only where its turn before this one was lately. After a break of days, and at the very first, it waits for its next turn. */
export async function whileClockIsSteady(
  name: string,
  deps: { readonly tenant: Pick<TenantStore, 'setting' | 'saveSetting'>; readonly clock: Clock; readonly log: Log },
  work: () => Promise<void>,
): Promise<void> {
  const key = `turn:${name}`
  const now = deps.clock.now()
  const before = await deps.tenant.setting(key)
  await deps.tenant.saveSetting(key, now.toISOString())
  if (before !== undefined && ageMs(new Date(before), now) <= longestBreakMs) return work()
  deps.log.info({ job: name }, 'Old rows are left for a day, until it is clear that the clock is right')
}
