// Admins hear once when people, directory or figures stop being refreshed; checked every ten minutes, so that it is within the day.
import type { Job } from '../job.ts'

export const notifyDataProblems: Job = {
  name: 'notify-data-problems',
  concurrency: 1,
  expireSeconds: 300,
  everyMinutes: 10,
  run: (deps) => deps.notifyDataProblems(),
}
