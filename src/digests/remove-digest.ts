// Ends a digest: deleted by somebody who may change it, or stopped by its reader. Only the reader can take a stop back.
import type { Viewer } from '../domain/policy.ts'
import type { DigestServiceDeps } from './deps.ts'
import { changeableDigest } from './find-digest.ts'
import { changeBy } from './record-change.ts'
import { isReader, noSuchDigest } from './rights.ts'

export async function removeDigest(viewer: Viewer, id: string, deps: DigestServiceDeps): Promise<void> {
  const subscription = await changeableDigest(viewer, id, deps)
  const record = changeBy(viewer, `digest ${subscription.kind} deleted`, subscription.subjectId, deps)
  await deps.store.recorded(
    ({ subscriptions }) => {
      if (subscription.programmeId === undefined) return subscriptions.remove(id)
      // A programme would create a deleted row again; a stopped one it leaves alone.
      if (isReader(viewer, subscription)) return subscriptions.optOut(viewer.slackUserId, subscription.kind, deps.clock.now(), id)
      return subscriptions.update(id, { status: 'stopped', nextAt: null, pausedWhy: null })
    },
    () => [record],
  )
}

/** The reader of a direct message wants no more of this kind: every digest of the kind that comes to them ends, their own ones included. */
export async function stopDigest(viewer: Viewer, id: string, deps: DigestServiceDeps): Promise<void> {
  const subscription = await deps.store.subscriptions.find(id)
  if (!subscription || !isReader(viewer, subscription)) throw noSuchDigest()
  const record = changeBy(viewer, `digest ${subscription.kind} stopped by its reader`, subscription.subjectId, deps)
  await deps.store.recorded(
    ({ subscriptions }) => subscriptions.stopAll(viewer.slackUserId, subscription.kind, deps.clock.now()),
    () => [record],
  )
}
