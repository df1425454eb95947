// Reads from Gong what digests and the usual questions need, then closes the reminders it shows as done. How fresh is fresh enough is
// sync's to decide.
import { GongRateLimited, GongRefused, GongUnavailable } from '../../errors.ts'
import type { Job } from '../job.ts'

export const refreshGong: Job = {
  name: 'refresh-gong',
  concurrency: 1,
  expireSeconds: 6 * 3600,
  everyMinutes: 60,
  async run({ refresh, closeReminders, log }, _key, signal) {
    try {
      await refresh('background', signal)
      await closeReminders()
    } catch (error) {
      // The next hour tries again; answers and digests say how old their figures are meanwhile.
      if (error instanceof GongRateLimited || error instanceof GongUnavailable) log.warn({ err: error }, 'Reading Gong has to wait')
      else if (error instanceof GongRefused) log.error({ status: error.status, requestId: error.requestId }, 'Gong refused to be read')
      else throw error
    }
  },
}
