// Fetches from Gong what digests and common questions need, then closes reminders that it shows as done. Sync decides what is fresh enough.
import { GongRateLimited, GongRefused, GongUnavailable } from '../../errors.ts'
import type { Job } from '../job.ts'

export const refreshGong: Job = {
  name: 'refresh-gong',
  concurrency: 1,
  expireSeconds: 6 * 3600,
  everyMinutes: 60,
  async run({ refresh, closeReminders, notifyOfPause, log }, _key, signal) {
    try {
      await refresh('background', signal)
      await closeReminders()
    } catch (error) {
      if (error instanceof GongRateLimited) await notifyOfPause()
      // The next hour tries again; answers and digests say how old their figures are meanwhile.
      if (error instanceof GongRateLimited || error instanceof GongUnavailable) log.warn({ err: error }, 'Fetching from Gong has to wait')
      else if (error instanceof GongRefused) log.error({ status: error.status, requestId: error.requestId }, 'Gong refused a fetch')
      else throw error
    }
  },
}
