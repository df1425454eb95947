// Looks in the channel for a post that may or may not have landed. Counts it as absent only after two
// looks, because a post that timed out can still arrive. Where it cannot be looked for, the owner is asked.

import { isAskedAbout } from '../../domain/delivery-doubt.ts'
import type { Subscription } from '../../domain/subscription.ts'
import { readBody } from '../../reports/delivery-body.ts'
import { askOwner } from './ask-owner.ts'
import { confirm } from './confirm.ts'
import { inMs, type LookTimes, type StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'
import { handleFailure } from './setbacks.ts'
import { sentMessage } from './thread-row.ts'

/** 30 s and 60 s after the attempt; a send is given up after 10 s. */
export const usualLookTimes: LookTimes = { sendMs: 10_000, firstMs: 30_000, secondMs: 60_000 }

/** `absent`: it did not land, so it can be posted again. `settled`: nothing more to do for now. */
export async function settleDoubt(lease: Lease, subscription: Subscription | undefined, deps: StepDeps): Promise<'absent' | 'settled'> {
  const { clock, log, lookTimes } = deps
  const { row } = lease
  const attemptedAt = row.postedAttemptAt ?? row.createdAt
  if (row.status === 'posting') {
    // Its worker died or was frozen. Its right has ended; what it sent before may still be on its way.
    const now = clock.now().getTime()
    const sentBy = Math.max(Math.min(attemptedAt.getTime(), now) + lookTimes.firstMs, now + lookTimes.sendMs)
    await lease.release({ status: 'doubtful', looks: 0, retryAt: new Date(sentBy) })
    return 'settled'
  }
  const dueAt = new Date(attemptedAt.getTime() + (row.looks === 0 ? lookTimes.firstMs : lookTimes.secondMs))
  const leftMs = dueAt.getTime() - clock.now().getTime()
  // An attempt that lies ahead was marked by a clock that has been set right: its row has waited by `retryAt`.
  if (leftMs > 0 && leftMs <= lookTimes.secondMs) {
    await lease.release({ retryAt: dueAt })
    return 'settled'
  }
  const keptBody = row.body === undefined ? undefined : readBody(row.body)
  const look = await deps.reconciler.look({ id: row.id, channelId: row.channelId ?? '', attemptedAt, threadTs: keptBody?.threadTs })
  await deps.step?.('looked')
  switch (look.type) {
    case 'found':
      log.info({ deliveryId: row.id }, 'A doubtful delivery had arrived')
      await confirm(lease, subscription, look, keptBody && sentMessage(keptBody, deps.render), deps)
      return 'settled'
    case 'absent':
      if (row.looks + 1 >= 2) {
        await lease.write({ looks: row.looks + 1 })
        return 'absent'
      }
      await lease.release({ looks: row.looks + 1, retryAt: inMs(clock, lookTimes.secondMs - lookTimes.firstMs) })
      return 'settled'
    case 'blind':
      await askOwner(lease, subscription, look.error, deps)
      return 'settled'
    case 'failed':
      if (isAskedAbout(row)) await askOwner(lease, subscription, look.failure.error, deps)
      else await handleFailure(lease, subscription, look.failure, 'doubtful', deps)
      return 'settled'
  }
}
