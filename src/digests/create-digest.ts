// Sets up a digest.

import type { Viewer } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import { mustBeKept } from '../people/must-be-kept.ts'
import { mustPass, stopStands } from './check-draft.ts'
import type { DigestServiceDeps } from './deps.ts'
import { digestIdOf, mustBeNew } from './duplicate.ts'
import { entryOf } from './find-digest.ts'
import { nextFreeRun } from './next-free-run.ts'
import { changeBy } from './record-change.ts'
import { readerOf } from './rights.ts'
import type { DigestDraft, DigestEntry } from './service.ts'

/** A team's, an org's and a company's in several channels are a dozen. */
const ownAtMost = 50

/** A form whose process died over it may be submitted again: `submission` is what both have in common. */
export async function createDigest(
  viewer: Viewer,
  draft: DigestDraft,
  submission: string | undefined,
  deps: DigestServiceDeps,
): Promise<DigestEntry> {
  const id = submission === undefined ? crypto.randomUUID() : digestIdOf(submission)
  const before = submission === undefined ? undefined : await deps.store.subscriptions.find(id)
  if (before) return entryOf(viewer, before, deps)
  await mustPass(viewer, draft, deps)
  await mustBeNew(viewer, draft, deps)
  const subscription: Subscription = {
    ...draft,
    id,
    ownerSlackId: viewer.slackUserId,
    status: 'active',
    nextAt: await nextFreeRun(draft.recurrence, undefined, deps),
    createdAt: deps.clock.now(),
  }
  // Setting one up for oneself takes an earlier stop back. For others, checkDraft has refused; one that came since then stands.
  const record = changeBy(viewer, `digest ${draft.kind} created${draft.showNames ? ', names shown' : ''}`, draft.subjectId, deps)
  const outcome = await deps.store.recorded(
    ({ subscriptions }) => subscriptions.insertIfFew(subscription, ownAtMost, readerOf(viewer, draft)),
    (inserted) => (inserted === 'inserted' ? [record] : []),
  )
  if (outcome === 'too-many') throw tooMany()
  if (outcome === 'stopped') throw new AskError(stopStands)
  const { destination, subjectId } = draft
  const readerId = destination.type === 'dm' ? destination.slackUserId : undefined
  await mustBeKept([viewer.slackUserId, subjectId, readerId], deps.store, viewer.slackUserId)
  return entryOf(viewer, subscription, deps)
}

/** For one that a programme had set up: those do not count. @throws AskError where the viewer has set up as many as one person can */
export async function mustOwnFew({ slackUserId }: Viewer, { store }: DigestServiceDeps): Promise<void> {
  const own = (await store.subscriptions.ownedBy(slackUserId)).filter(({ programmeId }) => programmeId === undefined)
  if (own.length >= ownAtMost) throw tooMany()
}

const tooMany = (): AskError =>
  new AskError(`You have set up ${ownAtMost} digests, which is as many as one person can. Delete one that nobody needs any more.`, [
    { label: 'My digests', command: '/gong-digest', text: '' },
  ])
