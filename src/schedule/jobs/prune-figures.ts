// Deletes figures older than the retention, with roles that ended before, and short-lived ones after five weeks: a week so far as it stood on
// some day, and periods fetched because one person asked.
import { subDays } from 'date-fns/subDays'
import { subMonths } from 'date-fns/subMonths'
import type { Job } from '../job.ts'
import { whileClockIsSteady } from '../while-clock-is-steady.ts'

const passingDays = 35

export const pruneFigures: Job = {
  name: 'prune-figures',
  concurrency: 1,
  expireSeconds: 900,
  everyMinutes: 24 * 60,
  async run({ store, clock, log, retentionMonths }) {
    const dateOf = (at: Date) => at.toISOString().slice(0, 10)
    const now = clock.now()
    await whileClockIsSteady('prune-figures', { tenant: store.tenant, clock, log }, async () => {
      const kept = dateOf(subMonths(now, retentionMonths))
      const rows = await store.prune(kept, dateOf(subDays(now, passingDays)))
      await store.access.pruneRoles(kept)
      if (rows > 0) log.info({ rows }, 'Old figures deleted')
    })
  },
}
