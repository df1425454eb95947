// Deletes figures older than the retention, with roles that ended before, and short-lived ones after five weeks: a week so far as it stood on
// some day, and periods fetched because one person asked.
import { subDays } from 'date-fns/subDays'
import type { Job } from '../job.ts'
import { keptFrom, pruningFigures } from '../kept-from.ts'
import { whileClockIsSteady } from '../while-clock-is-steady.ts'

const passingDays = 35

export const pruneFigures: Job = {
  name: pruningFigures,
  concurrency: 1,
  expireSeconds: 900,
  everyMinutes: 24 * 60,
  async run({ store, clock, log, retentionMonths }) {
    await whileClockIsSteady(pruningFigures, { store, clock, log }, async (now) => {
      const kept = keptFrom(now, retentionMonths)
      const rows = await store.prune(kept, subDays(now, passingDays).toISOString().slice(0, 10))
      await store.access.pruneRoles(kept)
      if (rows > 0) log.info({ rows }, 'Old figures deleted')
    })
  },
}
