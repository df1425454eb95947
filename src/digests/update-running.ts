// Writes a change of a digest, unless its reader has stopped it since it was read: a stop is only taken back by the reader.
import type { Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import { mustBeKept } from '../people/must-be-kept.ts'
import type { ReaderOf } from '../store/digests/reader-stops.ts'
import type { SubscriptionChange } from '../store/digests/subscriptions.ts'
import { stopStands } from './check-draft.ts'
import type { DigestServiceDeps } from './deps.ts'
import { noSuchDigest } from './rights.ts'

/** `reader`: given where the change decides who gets it. @throws AskError where it was stopped or deleted meanwhile */
export async function updateRunning(
  id: string,
  change: SubscriptionChange,
  { store }: Pick<DigestServiceDeps, 'store'>,
  reader?: ReaderOf,
): Promise<void> {
  const { subscriptions } = store
  if (await subscriptions.updateUnlessStopped(id, change, reader)) return
  await mustBeKept(namedIn(change), store)
  throw (await subscriptions.find(id)) ? new AskError(stopStands) : noSuchDigest()
}

/** The same for one that may have been stopped when it was read: it starts again. */
export async function updateOrStart(
  before: Subscription,
  change: SubscriptionChange,
  deps: Pick<DigestServiceDeps, 'store'>,
  reader: ReaderOf | undefined,
): Promise<void> {
  if (before.status !== 'stopped') return updateRunning(before.id, change, deps, reader)
  const { subscriptions } = deps.store
  if (await subscriptions.start(before.id, change, reader)) return
  await mustBeKept(namedIn(change), deps.store)
  throw (await subscriptions.find(before.id)) ? new AskError(stopStands) : noSuchDigest()
}

const namedIn = ({ ownerSlackId, subjectId, destination }: SubscriptionChange): readonly string[] =>
  [ownerSlackId, subjectId, destination?.type === 'dm' ? destination.slackUserId : undefined].flatMap((id) => id ?? [])
