// Deletes access-log rows older than twelve months.
import { addMonths } from 'date-fns/addMonths'
import type { Job } from '../job.ts'

const monthsKept = 12

export const pruneAccessLog: Job = {
  name: 'prune-access-log',
  concurrency: 1,
  expireSeconds: 900,
  everyMinutes: 24 * 60,
  async run({ store, clock, log }) {
    const rows = await store.access.prune(addMonths(clock.now(), -monthsKept))
    if (rows > 0) log.info({ rows }, 'Old access-log rows deleted')
  },
}
