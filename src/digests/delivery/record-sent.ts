// What is written down when a digest has arrived: whose figures were shown to whom, and that a person has met the bot.

import type { Clock } from '../../clock.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { DeliveryBody } from '../../reports/delivery-body.ts'
import type { AccessStore } from '../../store/people/access.ts'
import type { TenantStore } from '../../store/tenant.ts'

export interface SentRecord {
  isIntroduced(slackUserId: string): Promise<boolean>
  beforeSent(subscription: Subscription | undefined, delivery: Delivery, body: DeliveryBody): Promise<void>
}

export function createSentRecord(parts: {
  readonly access: Pick<AccessStore, 'record'>
  readonly tenant: Pick<TenantStore, 'setting' | 'saveSetting'>
  readonly clock: Clock
}): SentRecord {
  const key = (slackUserId: string) => `introduced:${slackUserId}`
  return {
    isIntroduced: async (slackUserId) => (await parts.tenant.setting(key(slackUserId))) !== undefined,
    async beforeSent(subscription, _delivery, body) {
      const at = parts.clock.now()
      if (body.introduces !== undefined) await parts.tenant.saveSetting(key(body.introduces), at.toISOString())
      if (!subscription || body.shows.length === 0) return
      const { destination } = subscription
      // In a channel the owner answers for who reads it; in a DM the reader is known.
      const bySlackId = destination.type === 'dm' ? destination.slackUserId : subscription.ownerSlackId
      const detail = destination.type === 'dm' ? `digest ${subscription.kind}` : `digest ${subscription.kind} in a channel`
      await parts.access.record(body.shows.map((personId) => ({ at, what: 'delivery', bySlackId, personId, detail })))
    },
  }
}
