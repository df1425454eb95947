// Takes one delivery row a step further. The key is the row's id.
import { postsAtOnce } from '../../slack/pacer.ts'
import type { Job } from '../job.ts'

export const deliverDigest: Job = {
  name: 'deliver-digest',
  concurrency: postsAtOnce,
  expireSeconds: 900,
  run: (desk, key) => desk.deliver(key),
}
