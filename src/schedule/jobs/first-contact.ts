// Each admin is told once what was found; looked at each minute, so that it comes soon after the first reading.
import type { Job } from '../job.ts'

export const firstContact: Job = {
  name: 'first-contact',
  concurrency: 1,
  expireSeconds: 300,
  everyMinutes: 1,
  run: (deps) => deps.contactAdmins(),
}
