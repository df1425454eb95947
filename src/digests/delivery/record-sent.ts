// After a digest is delivered, records whose figures were shown to whom, and that the recipient has had the introduction.

import type { Clock } from '../../clock.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { DeliveryBody } from '../../reports/delivery-body.ts'
import type { AccessStore } from '../../store/people/access.ts'
import type { TenantStore } from '../../store/tenant.ts'

export interface SentRecord {
  isIntroduced(slackUserId: string): Promise<boolean>
  recordSent(subscription: Subscription | undefined, delivery: Delivery, body: DeliveryBody): Promise<void>
}

export function createSentRecord(deps: {
  readonly access: Pick<AccessStore, 'record'>
  readonly tenant: Pick<TenantStore, 'setting' | 'saveSetting'>
  readonly clock: Clock
}): SentRecord {
  const key = (slackUserId: string) => `introduced:${slackUserId}`
  return {
    isIntroduced: async (slackUserId) => (await deps.tenant.setting(key(slackUserId))) !== undefined,
    async recordSent(subscription, _delivery, body) {
      const at = deps.clock.now()
      if (body.introduces !== undefined) await deps.tenant.saveSetting(key(body.introduces), at.toISOString())
      if (!subscription || body.shows.length === 0) return
      const { destination } = subscription
      // In a channel the owner answers for who reads it; in a DM the reader is known.
      const bySlackId = destination.type === 'dm' ? destination.slackUserId : subscription.ownerSlackId
      const detail = destination.type === 'dm' ? `digest ${subscription.kind}` : `digest ${subscription.kind} in a channel`
      await deps.access.record(body.shows.map((personId) => ({ at, what: 'delivery', bySlackId, personId, detail })))
    },
  }
}
