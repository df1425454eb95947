// Fetches the Slack directory when it is due: once a day, and within minutes after a failure. Joins and changes in between arrive as events.
import type { Job } from '../job.ts'

export const refreshDirectory: Job = {
  name: 'refresh-directory',
  concurrency: 1,
  // 100,000 people take 27 minutes at the rate Slack allows.
  expireSeconds: 3600,
  everyMinutes: 1,
  run: (deps) => deps.refreshDirectory(),
}
