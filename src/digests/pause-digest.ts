// Pauses and resumes a digest, and leaves out its next run.
import type { LocalDate } from '../domain/period.ts'
import { rowOf } from '../domain/planned-run.ts'
import { isCalendarDate, isPlausibleDate, latestDate } from '../domain/plausible-date.ts'
import type { Viewer } from '../domain/policy.ts'
import { nextRun, runsBetween } from '../domain/recurrence.ts'
import type { Subscription } from '../domain/subscription.ts'
import { upcomingRuns } from '../domain/upcoming.ts'
import { AskError } from '../errors.ts'
import { mustPassAgain, stopStands } from './check-draft.ts'
import type { DigestServiceDeps } from './deps.ts'
import { changeableDigest, findEntry, todayOf } from './find-digest.ts'
import { nextFreeRun } from './next-free-run.ts'
import { mustGoOn } from './programmes/wanted.ts'
import { changeBy } from './record-change.ts'
import { isRunDue, reserveRun } from './reserve-run.ts'
import { isReader, readerOf } from './rights.ts'
import type { DigestEntry, Skipped } from './service.ts'
import { updateOrStart, updateRunning } from './update-running.ts'

/** One that still goes out. @throws AskError when its reader has stopped it */
export async function runningDigest(viewer: Viewer, id: string, deps: DigestServiceDeps): Promise<Subscription> {
  const subscription = await changeableDigest(viewer, id, deps)
  if (subscription.status === 'stopped') throw new AskError(stopStands)
  return subscription
}

/** `until` missing: until somebody resumes it. @throws AskError for a day that is past or not plausible */
export async function pauseDigest(viewer: Viewer, id: string, until: LocalDate | undefined, deps: DigestServiceDeps): Promise<DigestEntry> {
  const subscription = await runningDigest(viewer, id, deps)
  const { kind, subjectId, recurrence } = subscription
  const today = todayOf(deps)
  if (until !== undefined && !(isCalendarDate(until) && until > today && isPlausibleDate(until, today)))
    throw new AskError(`Until which day? Choose one after today, ${latestDate(today)} at the latest.`)
  const record = changeBy(viewer, `digest ${kind} paused`, subjectId, deps)
  if (until === undefined) await updateRunning(id, { status: 'paused', nextAt: null, pausedUntil: null, pausedWhy: null }, deps, record)
  else {
    await mustGoOn(subscription, deps.store)
    // Until a date it stays active and its next run is after that date: nothing has to wake it up again.
    const nextAt = await nextFreeRun(recurrence, { id, from: until }, deps)
    await updateRunning(id, { status: 'active', nextAt, pausedUntil: until, pausedWhy: null }, deps, record)
  }
  return findEntry(viewer, id, deps)
}

export async function resumeDigest(viewer: Viewer, id: string, deps: DigestServiceDeps): Promise<DigestEntry> {
  const subscription = await changeableDigest(viewer, id, deps)
  const wasStopped = subscription.status === 'stopped'
  if (wasStopped && !isReader(viewer, subscription)) throw new AskError(stopStands)
  await mustPassAgain(viewer, subscription, deps)
  await mustGoOn(subscription, deps.store)
  // Resumed while it runs: what has come due goes out.
  if (isRunDue(subscription, deps.clock)) await reserveRun(subscription, { ...deps.store, ...deps })
  const nextAt = await nextFreeRun(subscription.recurrence, { id }, deps)
  const change = { status: 'active', nextAt, pausedUntil: null, pausedWhy: null } as const
  const record = changeBy(viewer, `digest ${subscription.kind} resumed`, subscription.subjectId, deps)
  await updateOrStart(subscription, change, deps, record, wasStopped ? readerOf(viewer, subscription) : undefined)
  return findEntry(viewer, id, deps)
}

export async function skipNextRun(viewer: Viewer, id: string, deps: DigestServiceDeps): Promise<Skipped> {
  const { store, clock, company } = deps
  const subscription = await runningDigest(viewer, id, deps)
  const { recurrence, nextAt } = subscription
  if (!nextAt) throw new AskError('It is paused; there is no next run to skip.')
  await mustGoOn(subscription, store)
  const [run] = runsBetween(recurrence, new Date(nextAt.getTime() - 1), nextAt)
  const [said] = upcomingRuns(recurrence, [], new Date(nextAt.getTime() - 1), 1, company)
  const next = nextRun(recurrence, nextAt).at
  const row = run && rowOf(subscription, run, clock.now(), company, 'skipped-by-hand')
  const record = changeBy(viewer, `digest ${subscription.kind}: next run left out`, subscription.subjectId, deps)
  const then = { next: { read: subscription, at: next, isNeeded: true } } as const
  const isSkipped =
    row &&
    said &&
    (await store.recorded(
      ({ deliveries }) => deliveries.reserve(row, then),
      (isNew) => (isNew ? [record] : []),
    ))
  if (!isSkipped) throw new AskError('Its next run has come and is on its way, so it was not skipped. Look again in a minute.')
  return { entry: await findEntry(viewer, id, deps), run: said }
}
