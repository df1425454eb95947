// Late data: posted digests of the last week are corrected in place when their figures changed.
import type { Job } from '../job.ts'

export const correctDigests: Job = {
  name: 'correct-digests',
  concurrency: 1,
  expireSeconds: 1800,
  everyMinutes: 240,
  run: (desk) => desk.correctDigests(),
}
