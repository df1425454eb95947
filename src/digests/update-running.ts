// Writes a change of a digest, unless its reader has stopped it since it was read: a stop is only taken back by the reader.
import type { AccessRecord } from '../domain/access-record.ts'
import type { Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import { mustBeKept } from '../people/must-be-kept.ts'
import type { ReaderOf } from '../store/digests/reader-stops.ts'
import type { SubscriptionChange } from '../store/digests/subscriptions.ts'
import type { RecordedStores } from '../store/store.ts'
import { stopStands } from './check-draft.ts'
import type { DigestServiceDeps } from './deps.ts'
import { noSuchDigest } from './rights.ts'

/** `reader`: given where the change decides who gets it. `record`: kept with the change. @throws AskError where it was stopped or deleted meanwhile */
export async function updateRunning(
  id: string,
  change: SubscriptionChange,
  { store }: Pick<DigestServiceDeps, 'store'>,
  record?: AccessRecord,
  reader?: ReaderOf,
): Promise<void> {
  const write = ({ subscriptions }: Pick<RecordedStores, 'subscriptions'>) => subscriptions.updateUnlessStopped(id, change, reader)
  if (await (record ? store.recorded(write, (isWritten) => (isWritten ? [record] : [])) : write(store))) return
  await mustBeKept(namedIn(change), store)
  throw (await store.subscriptions.find(id)) ? new AskError(stopStands) : noSuchDigest()
}

/** The same for one that may have been stopped when it was read: it starts again. */
export async function updateOrStart(
  before: Subscription,
  change: SubscriptionChange,
  { store }: Pick<DigestServiceDeps, 'store'>,
  record: AccessRecord,
  reader: ReaderOf | undefined,
): Promise<void> {
  if (before.status !== 'stopped') return updateRunning(before.id, change, { store }, record, reader)
  const write = ({ subscriptions }: RecordedStores) => subscriptions.start(before.id, change, reader)
  if (await store.recorded(write, (isWritten) => (isWritten ? [record] : []))) return
  await mustBeKept(namedIn(change), store)
  throw (await store.subscriptions.find(before.id)) ? new AskError(stopStands) : noSuchDigest()
}

const namedIn = ({ ownerSlackId, subjectId, destination }: SubscriptionChange): readonly string[] =>
  [ownerSlackId, subjectId, destination?.type === 'dm' ? destination.slackUserId : undefined].flatMap((id) => id ?? [])
