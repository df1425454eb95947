// Writes a change of a digest, unless its reader has stopped it since it was read: a stop is only taken back by the reader.
import { AskError } from '../errors.ts'
import type { SubscriptionChange } from '../store/digests/subscriptions.ts'
import { stopStands } from './check-draft.ts'
import type { DigestServiceDeps } from './deps.ts'
import { noSuchDigest } from './rights.ts'

/** @throws AskError where it was stopped or deleted meanwhile */
export async function updateRunning(
  id: string,
  change: SubscriptionChange,
  { store: { subscriptions } }: Pick<DigestServiceDeps, 'store'>,
): Promise<void> {
  if (await subscriptions.updateUnlessStopped(id, change)) return
  throw (await subscriptions.find(id))?.status === 'stopped' ? new AskError(stopStands) : noSuchDigest()
}
