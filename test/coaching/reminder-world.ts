// What the tests of reminders on the schedule share: the real store, queue, builder and delivery against a simulated Slack, on a clock the
// test moves, made anew for each test. Company and statistics are those of kit/coached-company.ts; manager 0 has never scored anybody, so
// somebody is always due.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type MovableClock, movableClock, systemClock } from '../../src/clock.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import { moveClock } from '../../src/sandbox/demo-stage.ts'
import { type SimulatedSlack, startSimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import type { StatsService } from '../../src/stats/results.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { coachedCompany, coachedStats } from '../kit/coached-company.ts'
import { type DeliveryWorld, worldOf, zone } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { type Answers, fakeStats } from '../kit/report-fixtures.ts'
import { usualStore } from '../kit/store.ts'

/** Sunday noon in Berlin; the first Monday is 2026-09-07. */
export const sunday = new Date('2026-09-06T10:00:00Z')
const company = coachedCompany(3)
export const coach = 'U1000'
/** Reports of manager 0 and of manager 1. */
export const own = ['10000', '10001', '10002']
export const others = ['10010', '10011', '10012']

export let clock: MovableClock
export let store: OpenedStore
let slack: SimulatedSlack
export let schedule: DeliveryWorld

/** Registers the hooks. To be called once at the top of a test file; what this file exports is good inside its tests only. */
export function eachInAWorldOfItsOwn(): void {
  beforeEach(async () => {
    clock = movableClock(sunday)
    store = await usualStore({ clock })
    // A rep with a Slack user of their own.
    const rep: Person = { id: '10000', name: 'Rep 0 0', emails: ['rep@acme.test'], managerId: '1000', active: true }
    await store.people.replaceAll(
      company.people.map((person) => (person.id === rep.id ? rep : person)),
      { readAt: sunday, seenOn: '2026-01-05' },
    )
    const members = [
      ...company.members,
      { ...(company.members[1] as (typeof company.members)[0]), slackUserId: 'UREP', email: 'rep@acme.test' },
    ]
    await store.directory.replaceAll(members, sunday)
    slack = await startSimulatedSlack({
      clock,
      realClock: systemClock,
      manifest: readFileSync(path.join(import.meta.dirname, '../../manifest.yml'), 'utf8'),
      users: members.map(({ slackUserId, name, email, zone: there }) => ({
        id: slackUserId,
        name: slackUserId.toLowerCase(),
        realName: name,
        email: email ?? '',
        zone: there ?? 'UTC',
      })),
      channels: [],
      rateLimits: false,
      checkTimes: false,
    })
    schedule = worldOf({
      store,
      clock,
      log: keptLog().log,
      slack,
      change: { stats: coachedStats(company.people, zone), build: buildDigest, render: renderForSlack() },
    })
    await schedule.start()
  })
  afterEach(async () => {
    await schedule?.stop()
    await slack?.stop()
    await store?.close()
  })
}

export const viewer = (slackUserId: string, personId?: string, more: Partial<Viewer> = {}): Viewer => {
  const person = company.people.find(({ id }) => id === personId)
  return { slackUserId, ...(person && { person }), standing: 'member', isAdmin: false, grants: [], ...more }
}
export const manager = viewer(coach, '1000')
export const otherManager = viewer('U1001', '1001')
export const rep = viewer('UREP', '10000')

export const turnOn = async (): Promise<Subscription> => {
  const { subscriptionId } = await schedule.coaching.turnOn(manager, zone)
  return (await store.subscriptions.find(subscriptionId ?? '')) as Subscription
}
export const until = (iso: string) => moveClock(clock, schedule, new Date(iso))
/** As Slack has it, so that the daily reading of the directory finds the same, and as an event would tell it at once. */
export async function status(statusText: string): Promise<void> {
  const user = slack.workspace.users.get(coach)
  if (user) slack.workspace.users.set(coach, { ...user, statusText })
  await store.directory.upsert({ ...(company.members[1] as (typeof company.members)[0]), ...(statusText !== '' && { statusText }) })
}
/** What somebody has, replies in threads left out. */
const received = (slackUserId: string) => slack.directMessages(slackUserId).filter(({ threadTs }) => threadTs === undefined)
export const arrived = (slackUserId = coach) =>
  received(slackUserId).map(({ ts }) => new Date(Number(ts) * 1000).toISOString().slice(0, 16))
export const said = (slackUserId = coach) => JSON.stringify(received(slackUserId).map(({ blocks }) => blocks))
export const namedIn = (slackUserId = coach) =>
  received(slackUserId).map(({ blocks }) => [...JSON.stringify(blocks).matchAll(/"done [0-9a-f-]{36}\.(\d+)"/g)].map(([, id]) => id))
export const history = async ({ id }: Subscription) =>
  (await store.deliveries.history(id, 20)).map(({ occurrence, status: became, reason }) =>
    [occurrence, became, reason ?? ''].join(' ').trim(),
  )

/** The blocks of every message somebody has, as they read now. */
export const messagesOf = (slackUserId = coach) => received(slackUserId).map(({ blocks }) => JSON.stringify(blocks))

/** The statistics of coaching here, with an ordinary week of everything else. */
export const withFigures = (answers: Answers = {}): StatsService => ({
  ...fakeStats(answers),
  coaching: coachedStats(company.people, zone).coaching,
})

/** The schedule as it is after a start with another part. */
export async function restart(change: Parameters<typeof worldOf>[0]['change']): Promise<void> {
  await schedule.stop()
  const parts = { stats: coachedStats(company.people, zone), build: buildDigest, render: renderForSlack() }
  schedule = worldOf({ store, clock, log: keptLog().log, slack, change: { ...parts, ...change } })
  await schedule.start()
}
