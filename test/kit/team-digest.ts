// The one builder of a subscription in tests: a weekly team digest in a channel, with whatever a test changes; and of a posted run of it.
import type { Delivery, Subscription } from '../../src/domain/subscription.ts'

export const teamDigest = (change: Partial<Subscription> = {}): Subscription => ({
  id: crypto.randomUUID(),
  kind: 'team',
  subjectId: '100',
  destination: { type: 'channel', channelId: 'C1' },
  recurrence: { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' },
  whenEmpty: 'say',
  skipDates: [],
  showNames: false,
  ownerSlackId: 'UOWNER',
  status: 'active',
  createdAt: new Date('2026-11-01T00:00:00Z'),
  ...change,
})

/** Monday's run, posted in the subscription's channel at `sentAt`. */
export const sentDelivery = (
  { id, destination }: Subscription,
  { sentAt, ...change }: Partial<Delivery> & { readonly sentAt: Date },
): Delivery => ({
  id: 'd1',
  subscriptionId: id,
  occurrence: '2026-11-23T09:00[Europe/Berlin]',
  dueAt: sentAt,
  status: 'sent',
  attempts: 1,
  looks: 0,
  channelId: destination.type === 'channel' ? destination.channelId : destination.slackUserId,
  messageTs: '1.1',
  sentAt,
  createdAt: sentAt,
  ...change,
})
