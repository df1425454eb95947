// Deletes access-log rows older than twelve months.
import { addMonths } from 'date-fns/addMonths'
import { accessKeptMonths } from '../../domain/access-record.ts'
import type { Job } from '../job.ts'
import { whileClockIsSteady } from '../while-clock-is-steady.ts'

export const pruneAccessLog: Job = {
  name: 'prune-access-log',
  concurrency: 1,
  expireSeconds: 900,
  everyMinutes: 24 * 60,
  async run({ store, clock, log }) {
    await whileClockIsSteady('prune-access-log', { store, clock, log }, async (now) => {
      const rows = await store.access.prune(addMonths(now, -accessKeptMonths))
      if (rows > 0) log.info({ rows }, 'Old access-log rows deleted')
    })
  },
}
