// Adds joiners to programmes and drops leavers. Hourly, so that somebody hired on Friday gets Monday's digest without anybody doing anything.
import type { Job } from '../job.ts'

export const alignProgrammes: Job = {
  name: 'align-programmes',
  concurrency: 1,
  expireSeconds: 900,
  everyMinutes: 60,
  run: (deps) => deps.alignProgrammes(),
}
