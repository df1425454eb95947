// Writes to each admin once about what was found. Checked each minute, so that it comes soon after the first fetch.
import type { Job } from '../job.ts'

export const firstContact: Job = {
  name: 'first-contact',
  concurrency: 1,
  expireSeconds: 300,
  everyMinutes: 1,
  run: (deps) => deps.contactAdmins(),
}
