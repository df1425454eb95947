// Takes one delivery row a step further. The key is the row's id.
import type { Job } from '../job.ts'
import { deliveryJob } from '../queue.ts'

export const deliverDigest: Job = {
  name: deliveryJob,
  concurrency: 'posts',
  expireSeconds: 900,
  run: (deps, key) => deps.deliver(key),
}
