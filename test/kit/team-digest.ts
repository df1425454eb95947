// The one builder of a subscription in tests: a weekly team digest in a channel, with whatever a test changes.
import type { Subscription } from '../../src/domain/subscription.ts'

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
