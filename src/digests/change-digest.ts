// Changes a digest to what the editor says.
import { isDeepStrictEqual } from 'node:util'
import type { Viewer } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import { mustPass } from './check-draft.ts'
import { mustOwnFew } from './create-digest.ts'
import type { DigestServiceDeps } from './deps.ts'
import { changeableDigest, findEntry } from './find-digest.ts'
import { nextFreeRun } from './next-free-run.ts'
import { chosenAlone } from './programmes/follow-rule.ts'
import { mustGoOn } from './programmes/wanted.ts'
import { changeBy } from './record-change.ts'
import { isRunDue, reserveRun } from './reserve-run.ts'
import { mayName, readerOf } from './rights.ts'
import type { ChangedDigest, DigestDraft } from './service.ts'
import { updateOrStart } from './update-running.ts'

export async function changeDigest(viewer: Viewer, id: string, draft: DigestDraft, deps: DigestServiceDeps): Promise<ChangedDigest> {
  const before = await changeableDigest(viewer, id, deps)
  await mustPass(viewer, draft, deps)
  const leaves = await leavesProgramme(before, draft, deps)
  if (leaves) await mustOwnFew(viewer, deps)
  else await mustGoOn(before, deps.store)
  const { subjectId, name, ...fields } = draft
  // What somebody paused stays paused; what the bot paused was waiting for a change.
  const staysPaused = before.status === 'paused' && before.pausedWhy === undefined
  const from = before.status === 'active' ? before.pausedUntil : undefined
  // A run that came due before the save goes out as the digest is saved; its day gets no second one.
  const due = isRunDue(before, deps.clock)
    ? await reserveRun({ ...before, skipDates: draft.skipDates }, { ...deps.store, clock: deps.clock, company: deps.company })
    : undefined
  const running = staysPaused
    ? ({ nextAt: null } as const)
    : ({ status: 'active', pausedWhy: null, nextAt: await nextFreeRun(draft.recurrence, { id, from }, deps) } as const)
  const isOwned = makesOwner(before, draft)
  const owner = isOwned ? { ownerSlackId: viewer.slackUserId } : {}
  const rule = leaves ? undefined : (await deps.store.subscriptions.programmes()).find(({ id: each }) => each === before.programmeId)
  const programme = { ...(leaves && { programmeId: null }), ...chosenAlone(before, draft, rule) }
  // Whoever may not read the name was not shown it: it stays, and is no new owner's.
  const called = mayName(viewer, before) ? { name: name ?? null } : isOwned ? { name: null } : {}
  const change = { ...fields, subjectId: subjectId ?? null, ...called, ...owner, ...programme, ...running }
  const namesAdded = draft.showNames && !before.showNames
  const record = changeBy(viewer, `digest ${draft.kind} changed${namesAdded ? ', names shown' : ''}`, draft.subjectId, deps)
  await updateOrStart(before, change, deps, record, readerOf(viewer, draft))
  const entry = await findEntry(viewer, id, deps)
  if (!due || due.dueAt > deps.clock.now()) return entry
  await deps.wake(deps.store.queue, [due.id])
  deps.nudge()
  return { ...entry, goesOutNow: true }
}

const isAboutOthers = (before: Subscription, { kind, subjectId }: DigestDraft): boolean =>
  kind !== before.kind || subjectId !== before.subjectId

/**
 * Whoever decides whom it is about, where it goes or that people are named becomes its owner, and answers for it: for example a manager who
 * moves the direct message that a programme set up into a channel.
 */
const makesOwner = (before: Subscription, draft: DigestDraft): boolean =>
  isAboutOthers(before, draft) || !isDeepStrictEqual(draft.destination, before.destination) || (draft.showNames && !before.showNames)

/**
 * A programme's digest is about the person whom it goes to. About somebody else, or to another person, it is a digest like any other, and the
 * programme sets its own up again. In a channel it stays the programme's.
 */
async function leavesProgramme(before: Subscription, draft: DigestDraft, deps: DigestServiceDeps): Promise<boolean> {
  if (before.programmeId === undefined) return false
  if (isAboutOthers(before, draft)) return true
  const { destination } = draft
  if (destination.type === 'channel' || isDeepStrictEqual(destination, before.destination)) return false
  return (await deps.viewerOf(destination.slackUserId)).person?.id !== before.subjectId
}
