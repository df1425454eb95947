// What somebody decides about a digest while one is made holds: stopped, paused, deleted, moved, without names. Making one can take minutes,
// while Gong is read; so the digest is read once more before it is posted, and before anything becomes of it for what it was.
import { isDeepStrictEqual } from 'node:util'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import { madeFor } from '../../reports/delivery-body.ts'
import type { StepDeps } from './deps.ts'
import { isDigest, threadParentOf } from './row-kind.ts'

/** It is not the digest any more that this delivery was begun for. Begin it again. */
export class DigestChanged extends Error {
  constructor() {
    super('the digest was changed while a message was made')
  }
}

/** @throws DigestChanged */
export async function mustBeAsRead(row: Delivery, read: Subscription | undefined, { subscriptions }: StepDeps): Promise<void> {
  if (!read || !(isDigest(row) || threadParentOf(row) !== undefined)) return
  const now = await subscriptions.find(read.id)
  if (!now || !isDeepStrictEqual(deciding(now), deciding(read))) throw new DigestChanged()
}

/** What decides whether, where, for whom and how it is posted. */
const deciding = (digest: Subscription) => [madeFor(digest), digest.status, digest.pausedUntil, digest.showNames, digest.ownerSlackId]
