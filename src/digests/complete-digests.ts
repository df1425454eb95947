// Completes digests that went out without some kinds of figures, as soon as those are there: Gong had failed on them, or did not let the
// bot read them. One try for each kind that comes; what may not be said then waits for the daily look at corrections.
import { type Period, periodKey } from '../domain/period.ts'
import type { Delivery } from '../domain/subscription.ts'
import { guarded } from '../guarded.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import { type CorrectionDeps, correctDigest, correctedSince } from './correct-digests.ts'
import type { PeriodReading } from './period-reading.ts'

export interface CompletionDeps extends Omit<CorrectionDeps, 'deliveries'> {
  readonly deliveries: Pick<DeliveryStore, 'lackingSince' | 'find' | 'history' | 'update'>
  /** The week a delivery is about. */
  periodOf(delivery: Pick<Delivery, 'occurrence' | 'dueAt'>): Period
  /** Kinds of figures of that week that were not fetched since it settled. */
  missingIn(period: Period): Promise<PeriodReading['missing']>
}

/** Returns how many messages were completed. */
export async function completeDigests(deps: CompletionDeps): Promise<number> {
  const asked = new Map<string, Promise<Missing>>()
  const missingOf = (period: Period): Promise<Missing> => {
    const key = periodKey(period)
    const missing = asked.get(key) ?? deps.missingIn(period)
    asked.set(key, missing)
    return missing
  }
  let completed = 0
  for (const row of await deps.deliveries.lackingSince(correctedSince(deps.clock))) {
    const work = () => completeDigest(row, missingOf, deps)
    const outcome = await guarded(work, { log: deps.log, deliveryId: row.id }, 'A posted digest could not be completed')
    if (outcome === 'refused') break
    if (outcome === 'corrected') completed += 1
  }
  return completed
}

type Missing = PeriodReading['missing']

async function completeDigest(
  row: Pick<Delivery, 'id' | 'occurrence' | 'dueAt' | 'lacks'>,
  missingOf: (period: Period) => Promise<Missing>,
  deps: CompletionDeps,
): Promise<'corrected' | 'refused' | undefined> {
  const missing = await missingOf(deps.periodOf(row))
  const lacks = (row.lacks ?? []).filter((kind) => missing.has(kind))
  if (lacks.length === row.lacks?.length) return undefined
  const delivery = await deps.deliveries.find(row.id)
  const outcome = delivery && (await correctDigest(delivery, 'at-once', deps))
  if (outcome === 'refused') return outcome
  if (outcome === 'later') return undefined
  await deps.deliveries.update(row.id, { lacks: lacks.length > 0 ? lacks : null })
  return outcome === 'corrected' ? outcome : undefined
}
