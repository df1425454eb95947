// Fetches the Slack directory once a day; joins and changes in between arrive as events.
import type { Job } from '../job.ts'

export const refreshDirectory: Job = {
  name: 'refresh-directory',
  concurrency: 1,
  expireSeconds: 1800,
  everyMinutes: 23 * 60,
  run: (deps) => deps.refreshDirectory(),
}
