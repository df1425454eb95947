// Records whose figures a digest shows to whom, before it is posted: whatever becomes of the post, somebody may have read it. And that the
// recipient has had the introduction, once it was.
import type { Clock } from '../../clock.ts'
import { inItsThread } from '../../domain/access-record.ts'
import type { Company } from '../../domain/company.ts'
import { addDays } from '../../domain/period.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { DeliveryBody } from '../../reports/delivery-body.ts'
import type { ChannelReaders } from '../../slack-ports.ts'
import type { AccessStore } from '../../store/people/access.ts'
import type { KeyedHash } from '../../store/people/forgotten.ts'
import type { TenantStore } from '../../store/tenant.ts'
import { weekOf } from '../prepare.ts'
import { threadParentOf } from './row-kind.ts'

export interface SentRecord {
  isIntroduced(slackUserId: string): Promise<boolean>
  recordIntroduced(body: DeliveryBody): Promise<void>
  recordSent(
    subscription: Subscription | undefined,
    delivery: Delivery,
    body: DeliveryBody,
    readers: ChannelReaders | undefined,
  ): Promise<void>
}

/** Whoever reads a week by name is about to read the next one: its last day, counted from the day after the week. */
const nextWeek = 6

export function createSentRecord(deps: {
  readonly access: Pick<AccessStore, 'record'>
  readonly tenant: Pick<TenantStore, 'setting' | 'saveSetting'>
  readonly clock: Clock
  readonly company: Company
}): SentRecord {
  const key = (slackUserId: string) => `introduced:${slackUserId}`
  return {
    isIntroduced: async (slackUserId) => (await deps.tenant.setting(key(slackUserId))) !== undefined,
    async recordIntroduced({ introduces }) {
      if (introduces !== undefined) await deps.tenant.saveSetting(key(introduces), deps.clock.now().toISOString())
    },
    async recordSent(subscription, delivery, body, readers) {
      const at = deps.clock.now()
      if (!subscription || body.shows.length === 0) return
      const { destination, kind } = subscription
      // In a channel everybody who could read it is recorded, and its owner answers for the post; in a direct message the reader is known.
      const isDirect = destination.type === 'dm'
      const record = {
        at,
        what: 'delivery',
        bySlackId: isDirect ? destination.slackUserId : subscription.ownerSlackId,
        detail: `digest ${kind}${isDirect ? '' : ' in a channel'}${threadParentOf(delivery) === undefined ? '' : inItsThread}`,
        channelName: readers?.channelName,
        readerIds: readers?.people.map(({ slackUserId }) => slackUserId),
        ...(!isDirect && { shownUntil: addDays(weekOf(delivery, deps.company).to, nextWeek) }),
      } as const
      await deps.access.record(body.shows.map((personId) => ({ ...record, personId })))
    },
  }
}

/** The same as long as it shows the same people in the same place to the same readers; undefined where it shows nobody by name. */
export const recordKeyOf = (
  { shows, madeFor }: DeliveryBody,
  readers: ChannelReaders | undefined,
  keyedHash: KeyedHash,
): string | undefined =>
  shows.length === 0
    ? undefined
    : keyedHash(
        JSON.stringify([madeFor, shows, readers?.channelName, readers?.people.map(({ slackUserId }) => slackUserId).toSorted()]),
      ).slice(0, 22)
