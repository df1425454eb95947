// Takes one delivery row a step further. The key is the row's id.
import type { Job } from '../job.ts'

export const deliverDigest: Job = {
  name: 'deliver-digest',
  concurrency: 12,
  expireSeconds: 900,
  run: (desk, key) => desk.deliver(key),
}
