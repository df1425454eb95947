// Joiners enter a programme, leavers drop out: hourly, so that somebody hired on Friday is served on Monday untouched.
import type { Job } from '../job.ts'

export const alignProgrammes: Job = {
  name: 'align-programmes',
  concurrency: 1,
  expireSeconds: 900,
  everyMinutes: 60,
  run: (deps) => deps.alignProgrammes(),
}
