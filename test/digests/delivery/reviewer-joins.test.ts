// Whoever joins a private channel while its digest waits for Slack may have filled scorecards, or was shown others elsewhere: what was made
// before them is made again.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../../src/clock.ts'
import type { Sending } from '../../../src/digests/delivery/sending.ts'
import { viewersOver } from '../../../src/people/viewers.ts'
import type { BuildDigest } from '../../../src/reports/digest.ts'
import type { GateVerdict, Post, SlackFailure } from '../../../src/slack-ports.ts'
import { createStatsService } from '../../../src/stats/service.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { fillCompany, member, smallCompany, zone } from '../../kit/delivery-world.ts'
import { usualStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'
import { card } from '../../stats/world.ts'
import { namedSending } from './named-sending.ts'

const monday = new Date('2026-11-23T08:00:00Z')
const reps = ['101', '102', '103', '104', '105', '106']
const team = { type: 'team', managerId: '100' } as const
const week = { from: '2026-11-16', to: '2026-11-23' }
const readBy = (...ids: readonly string[]) => ({
  type: 'open' as const,
  channelName: 'emea-private',
  isPrivate: true,
  people: ids.map((id) => member(`U${id}`, id)),
})
const ofTheTeam = readBy('100', ...reps)

let store: OpenedStore
let clock: MovableClock
let posts: Post[]
let failures: (SlackFailure | undefined)[]
let gate: GateVerdict
let sending: Sending
const viewers = () =>
  viewersOver(store, {
    directory: { whoIs: (id) => store.directory.find(id) },
    adminNames: [],
    slackAdminsAreAdmins: false,
    zone: async () => zone,
  })

beforeEach(async () => {
  clock = movableClock(monday)
  store = await usualStore({ clock, realTime: clock })
  const company = smallCompany()
  // Zoe, who leads nobody and has no role, filled five of the six cards.
  await fillCompany(store, monday, {
    people: [...company.people, { id: '200', name: 'Zoe', emails: ['u200@acme.test'], active: true }],
    members: [...company.members, member('U200', 'Zoe')],
  })
  const overallRange = { min: 1, max: 5 }
  const scores = [2, 3, 4, 5, 1, 2]
  const cards = reps.map((id, at) =>
    card(id, at < 5 ? '200' : '100', '2026-11-17T10:00:00Z', { overallScore: scores[at] ?? 0, overallRange }),
  )
  const read = { scope: 'all', readAt: monday, final: true, quarantined: 0, quarantinedIds: [] } as const
  await store.records.keepScorecards({ period: { from: '2026-11-09', to: '2026-11-23' }, ...read }, cards)
  posts = []
  failures = []
  gate = ofTheTeam
  const onlookers = () => viewers().onlookersOf(undefined)
  const rules = { minimumCalls: 3, minimumGroup: 5, weekStart: 1, targets: [], unmarkedScorecards: 'show' } as const
  const stats = createStatsService({ ...rules, reads: store.reads, onlookers, clock })
  const build: BuildDigest = async (_request, { audience }) => {
    const reader = audience.type === 'group' ? audience.onlookers : undefined
    const average = (await stats.scorecards(team, week, { type: 'group', reader })).overall?.[0]?.average.value
    const summary = `average ${average?.known ? average.value.toFixed(1) : 'withheld'}`
    return { message: { summary, parts: [] }, isEmpty: false, shows: [], mentions: [], figures: {} }
  }
  const slack = { posts, updates: [], nextFailure: () => failures.shift(), gate: () => gate }
  sending = namedSending({ store, clock, slack }, { build })
})
afterEach(() => store.close())

/** What is posted of a digest that Slack does not answer at first. */
async function postedAfter(meanwhile: () => unknown): Promise<string> {
  failures = [{ type: 'unreached', error: 'ECONNREFUSED' }]
  const subscription = teamDigest({ ownerSlackId: 'U100' })
  await store.subscriptions.insert(subscription)
  const occurrence = '2026-11-23T09:00[Europe/Berlin]'
  await store.deliveries.reserve({ id: subscription.id, subscriptionId: subscription.id, occurrence, dueAt: monday, createdAt: monday }, {})
  for (const minutes of [0, 1, 5, 60]) {
    clock.moveTo(new Date(monday.getTime() + minutes * 60_000))
    for (const { id } of await store.deliveries.wakeable(clock.now(), 100)) await sending.deliver(id)
    if (minutes === 0) await meanwhile()
  }
  return posts.map(({ payload }) => payload.text).join()
}

it('is posted as it was made where nobody joined who could know more of it', async () => {
  expect(
    await postedAfter(() => {
      gate = { ...ofTheTeam, people: [...ofTheTeam.people, member('USTRANGER', 'Not in Gong')] }
    }),
  ).toBe('average 2.8')
})

it('says no average once somebody joined who filled five of its six scorecards', async () => {
  expect(
    await postedAfter(() => {
      gate = readBy('100', '200', ...reps)
    }),
  ).toBe('average withheld')
})

it('is told apart where one of its readers was shown others elsewhere meanwhile, by everything but what it shows itself', async () => {
  const asked = async () => (await viewers().onlookersOf(ofTheTeam)).readBy
  const before = await asked()
  const named = { what: 'delivery', bySlackId: 'U100', detail: 'digest team in a channel', channelName: 'other' } as const
  await store.access.record([{ at: clock.now(), ...named, personId: '200', readerIds: ['U101'], shownUntil: '2026-11-29' }])
  const after = await asked()
  for (const message of [{}, { shown: ['101'] }]) expect(after(message)).not.toBe(before(message))
  expect(after({ shown: ['200'] })).toBe(before({ shown: ['200'] }))
})
