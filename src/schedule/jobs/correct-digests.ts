// Late data: corrects posted digests of the last week in place when their figures changed. Once a day, because every digest is built again to
// find out.
import type { Job } from '../job.ts'

export const correctDigests: Job = {
  name: 'correct-digests',
  concurrency: 1,
  expireSeconds: 1800,
  everyMinutes: 24 * 60,
  run: (deps) => deps.correctDigests(),
}
