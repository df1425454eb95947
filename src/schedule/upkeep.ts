// Starts upkeep jobs whose interval is over, by the clock passed in. The last start is stored, so that replicas and restarts do not start
// them again.
import type { Clock } from '../clock.ts'
import { ageMs } from '../domain/age.ts'
import type { TenantStore } from '../store/tenant.ts'
import type { Job } from './job.ts'

export async function startUpkeep(
  jobs: readonly Job[],
  deps: { readonly tenant: Pick<TenantStore, 'setting' | 'saveSetting'>; readonly clock: Clock; start(job: Job): Promise<void> },
): Promise<void> {
  const now = deps.clock.now()
  const upkeep = jobs.flatMap((job) =>
    job.everyMinutes === undefined ? [] : [{ job, key: `upkeep:${job.name}`, minutes: job.everyMinutes }],
  )
  // Asked for together, so that they are read together.
  const started = await Promise.all(upkeep.map(({ key }) => deps.tenant.setting(key)))
  const due = upkeep.filter(({ minutes }, index) => {
    const last = started[index]
    return last === undefined || ageMs(new Date(last), now) >= minutes * 60_000
  })
  for (const { job } of due) await deps.start(job)
  // Saved together too. A job that was started and not saved is started again: its wake-up joins the one that waits.
  await Promise.all(due.map(({ key }) => deps.tenant.saveSetting(key, now.toISOString())))
}
