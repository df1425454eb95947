// Changes a digest to what the editor says.
import type { Viewer } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import { mustPass } from './check-draft.ts'
import type { DigestServiceDeps } from './deps.ts'
import { changeableDigest, findEntry } from './find-digest.ts'
import { nextFreeRun } from './next-free-run.ts'
import { recordChange } from './record-change.ts'
import { readerOf } from './rights.ts'
import type { DigestDraft, DigestEntry } from './service.ts'
import { updateOrStart } from './update-running.ts'

export async function changeDigest(viewer: Viewer, id: string, draft: DigestDraft, deps: DigestServiceDeps): Promise<DigestEntry> {
  const before = await changeableDigest(viewer, id, deps)
  await mustPass(viewer, draft, deps)
  const { subjectId, name, ...fields } = draft
  // What somebody paused stays paused; what the bot paused was waiting for a change.
  const staysPaused = before.status === 'paused' && before.pausedWhy === undefined
  const from = before.status === 'active' ? before.pausedUntil : undefined
  const running = staysPaused
    ? ({ nextAt: null } as const)
    : ({ status: 'active', pausedWhy: null, nextAt: await nextFreeRun(draft.recurrence, { id, from }, deps) } as const)
  const owner = makesOwner(before, draft) ? { ownerSlackId: viewer.slackUserId } : {}
  const change = { ...fields, subjectId: subjectId ?? null, name: name ?? null, ...owner, ...running }
  await updateOrStart(before, change, deps, readerOf(viewer, draft))
  const namesAdded = draft.showNames && !before.showNames
  await recordChange(viewer, `digest ${draft.kind} changed${namesAdded ? ', names shown' : ''}`, draft.subjectId, deps)
  return findEntry(viewer, id, deps)
}

/**
 * Whoever puts a digest into a channel, or has people named there, becomes its owner: for example a manager who moves the direct message
 * that a programme set up.
 */
const makesOwner = (before: Subscription, { destination, showNames }: DigestDraft): boolean =>
  destination.type === 'channel' &&
  (before.destination.type !== 'channel' || before.destination.channelId !== destination.channelId || (showNames && !before.showNames))
