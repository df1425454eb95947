// Completes posted digests that lacked figures, within minutes of whoever fetched those. Costs one small query while none lacks any.
import type { Job } from '../job.ts'

export const completeDigests: Job = {
  name: 'complete-digests',
  concurrency: 1,
  expireSeconds: 1800,
  everyMinutes: 5,
  run: (deps) => deps.completeDigests(),
}
