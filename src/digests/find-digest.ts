// Loads a digest for somebody who may read or change it, as its owner or reader sees it. Changes nothing.

import { type LocalDate, localDateOf } from '../domain/period.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import { upcomingRuns } from '../domain/upcoming.ts'
import { isDigest } from './delivery/row-kind.ts'
import type { DigestServiceDeps } from './deps.ts'
import { goesOn } from './programmes/wanted.ts'
import { asReadBy, mayChange, mayName, mayRead, noSuchDigest } from './rights.ts'
import type { DigestEntry } from './service.ts'
import { aboutOf } from './subject.ts'

export type FindDeps = Pick<DigestServiceDeps, 'store' | 'clock' | 'company' | 'nameOf'>

export const todayOf = ({ clock, company }: Pick<FindDeps, 'clock' | 'company'>): LocalDate => localDateOf(clock.now(), company.zone)

/** @throws AskError when it does not exist or the viewer may not change it. */
export async function changeableDigest(viewer: Viewer, id: string, deps: FindDeps): Promise<Subscription> {
  const subscription = await deps.store.subscriptions.find(id)
  if (!subscription || !mayChange(viewer, subscription, await deps.store.people.chart(), todayOf(deps))) throw noSuchDigest()
  return subscription
}

/** @throws AskError when it does not exist or the viewer may not read it. */
export async function findEntry(viewer: Viewer, id: string, deps: FindDeps): Promise<DigestEntry> {
  const subscription = await deps.store.subscriptions.find(id)
  if (!subscription || !mayRead(viewer, subscription, await deps.store.people.chart(), todayOf(deps))) throw noSuchDigest()
  return entryOf(viewer, subscription, deps)
}

export async function entryOf(viewer: Viewer, subscription: Subscription, deps: FindDeps): Promise<DigestEntry> {
  const { store, company } = deps
  const today = todayOf(deps)
  const chart = await store.people.chart()
  const [latest] = (await store.deliveries.history(subscription.id, 5)).filter(isDigest)
  const { nextAt, recurrence, skipDates } = subscription
  const isNext = nextAt !== undefined && (await goesOn(subscription, store))
  const [nextRun] = isNext ? upcomingRuns(recurrence, skipDates, new Date(nextAt.getTime() - 1), 1, company) : []
  const shown = asReadBy(viewer, subscription)
  const { pausedUntil, ...unpaused } = shown
  const isPauseOver = pausedUntil !== undefined && pausedUntil <= today
  return {
    subscription: isPauseOver ? unpaused : shown,
    about: aboutOf(subscription, chart),
    ownerName: await deps.nameOf(subscription.ownerSlackId),
    nextRun,
    latest,
    mayChange: mayChange(viewer, subscription, chart, today),
    mayName: mayName(viewer, subscription),
  }
}
