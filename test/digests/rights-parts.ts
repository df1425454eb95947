// What building a digest asks for, over the company of the commands' tests: Olga (1) leads Maria (2) and Tom (7); Maria leads Ana (3), Ben,
// Kai and Lena; Lee (9) has left. Nothing is stored and nothing sent.

import { movableClock } from '../../src/clock.ts'
import type { BuildDeps } from '../../src/digests/prepare.ts'
import type { Delivery, Subscription } from '../../src/domain/subscription.ts'
import type { ChannelReaders } from '../../src/slack-ports.ts'
import { chart, viewers } from '../bot/commands/company.ts'
import { member } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'

const now = new Date('2026-11-23T08:00:00Z')
export const introduced = new Set<string>()
const never = async (): Promise<never> => {
  throw new Error('not asked for here')
}
export const parts = {
  clock: movableClock(now),
  company: { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 },
  gongAppUrl: 'https://app.gong.io',
  namesInChannels: 'ask',
  chart: async () => chart,
  viewerOf: async (id: string) => Object.values(viewers).find(({ slackUserId }) => slackUserId === id) ?? viewers.outsider,
  onlookersOf: async (readers?: ChannelReaders) => ({ viewers: [], everyLeader: readers === undefined, readBy: () => '' }),
  groupSettings: async () => '',
  keyedHash: (text: string) => text,
  readersIn: async () => undefined,
  slackPerson: async (id: string) => ({ name: `Name of ${id}` }),
  isIntroduced: async (id: string) => introduced.has(id),
  orgOfProgramme: async () => ({ words: "Olga Boss's organization", headId: '1' }),
  reminders: { request: never, whyLeftOut: never, leftOut: never, opened: never },
  sameHour: { leftToAnother: async () => undefined, brought: async () => undefined, wouldBring: async () => false },
  unansweredBy: async () => [],
  notMineOf: async () => new Set<string>(),
} as unknown as BuildDeps

export const delivery: Delivery = {
  id: 'd1',
  subscriptionId: 's1',
  occurrence: '2026-11-23T09:00[Europe/Berlin]',
  dueAt: now,
  status: 'reserved',
  attempts: 0,
  looks: 0,
  createdAt: now,
}
export const digest = (change: Partial<Subscription>): Subscription =>
  teamDigest({ id: 's1', subjectId: '2', ownerSlackId: viewers.manager.slackUserId, ...change })
export const to = (viewer: { readonly slackUserId: string }) => ({ destination: { type: 'dm', slackUserId: viewer.slackUserId } }) as const
export const by = (viewer: { readonly slackUserId: string }) => ({ ownerSlackId: viewer.slackUserId })
export const audience = (isPrivate: boolean, ...readers: readonly { readonly slackUserId: string }[]): ChannelReaders => ({
  channelName: 'emea',
  isPrivate,
  people: readers.map(({ slackUserId }) => member(slackUserId, slackUserId)),
})
