// Starts upkeep jobs whose interval is over, counted by the clock handed in and remembered in the store, so that replicas and
// restarts do not start them again.
import type { Clock } from '../clock.ts'
import type { TenantStore } from '../store/tenant.ts'
import type { Job } from './job.ts'

export async function startUpkeep(
  jobs: readonly Job[],
  parts: { readonly tenant: Pick<TenantStore, 'setting' | 'saveSetting'>; readonly clock: Clock; start(job: Job): Promise<void> },
): Promise<void> {
  const now = parts.clock.now()
  for (const job of jobs) {
    if (job.everyMinutes === undefined) continue
    const key = `upkeep:${job.name}`
    const last = await parts.tenant.setting(key)
    if (last !== undefined && now.getTime() - Date.parse(last) < job.everyMinutes * 60_000) continue
    await parts.start(job)
    await parts.tenant.saveSetting(key, now.toISOString())
  }
}
