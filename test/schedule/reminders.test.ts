// Reminders on the schedule: the real store, queue, builder and delivery against a simulated Slack, on a clock the test moves. Company and
// statistics are those of kit/coached-company.ts; manager 0 has never scored anybody, so somebody is always due.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import { moveClock } from '../../src/sandbox/demo-stage.ts'
import { type SimulatedSlack, startSimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import type { Schedule } from '../../src/schedule/schedule.ts'
import { renderForSlack } from '../../src/slack/render-for-slack.ts'
import type { OpenedStore } from '../../src/store/connect.ts'
import { coachedCompany, coachedStats } from '../kit/coached-company.ts'
import { teamDigest, worldOf, zone } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { memoryStore } from '../kit/store.ts'

/** Sunday noon in Berlin; the first Monday is 2026-09-07. */
const sunday = new Date('2026-09-06T10:00:00Z')
const company = coachedCompany(3)
const coach = 'U1000'
/** Reports of manager 0 and of manager 1. */
const own = ['10000', '10001', '10002']
const others = ['10010', '10011', '10012']

let clock: MovableClock
let store: OpenedStore
let slack: SimulatedSlack
let schedule: Schedule

beforeEach(async () => {
  clock = movableClock(sunday)
  store = await memoryStore({ clock })
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

const viewer = (slackUserId: string, personId?: string, more: Partial<Viewer> = {}): Viewer => {
  const person = company.people.find(({ id }) => id === personId)
  return { slackUserId, ...(person && { person }), standing: 'member', isAdmin: false, grants: [], ...more }
}
const manager = viewer(coach, '1000')
const otherManager = viewer('U1001', '1001')
const rep = viewer('UREP', '10000')

const turnOn = async (): Promise<Subscription> => {
  const { subscriptionId } = await schedule.coaching.turnOn(manager, zone)
  return (await store.subscriptions.find(subscriptionId ?? '')) as Subscription
}
const until = (iso: string) => moveClock(clock, schedule, new Date(iso))
/** As Slack has it, so that the daily reading of the directory finds the same, and as an event would tell it at once. */
async function status(statusText: string): Promise<void> {
  const user = slack.workspace.users.get(coach)
  if (user) slack.workspace.users.set(coach, { ...user, statusText })
  await store.directory.upsert({ ...(company.members[1] as (typeof company.members)[0]), ...(statusText !== '' && { statusText }) })
}
const arrived = (slackUserId = coach) =>
  slack.directMessages(slackUserId).map(({ ts }) => new Date(Number(ts) * 1000).toISOString().slice(0, 16))
const said = (slackUserId = coach) => JSON.stringify(slack.directMessages(slackUserId).map(({ blocks }) => blocks))
const namedIn = (slackUserId = coach) =>
  slack
    .directMessages(slackUserId)
    .map(({ blocks }) => [...JSON.stringify(blocks).matchAll(/"done [0-9a-f-]{36}\.(\d+)"/g)].map(([, id]) => id))
const history = async ({ id }: Subscription) =>
  (await store.deliveries.history(id, 20)).map(({ occurrence, status: became, reason }) =>
    [occurrence, became, reason ?? ''].join(' ').trim(),
  )

describe('the week', () => {
  it('brings one message on Monday 08:30 and the next a week later; who stays unanswered keeps the first date', async () => {
    await turnOn()
    await until('2026-09-14T12:00:00Z')
    // 08:30 in Berlin is 06:30 UTC in September.
    expect(arrived()).toEqual(['2026-09-07T06:30', '2026-09-14T06:30'])
    const items = await store.coaching.items('1000')
    expect(items.map(({ status: each }) => each).toSorted()).toEqual(['named-again', 'named-again', 'named-again', 'open', 'open', 'open'])
    expect(new Set(items.map(({ openedAt }) => openedAt.toISOString().slice(0, 10)))).toEqual(new Set(['2026-09-07']))
  })

  it('moves to the next day while the Slack status says away, weekends and the next Monday excepted', async () => {
    const subscription = await turnOn()
    await status('OOO until Wednesday')
    await until('2026-09-08T12:00:00Z')
    expect(arrived()).toEqual([])
    await status('')
    await until('2026-09-12T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-09T06:30'])
    await status('on vacation')
    await until('2026-09-19T12:00:00Z')
    expect(arrived()).toHaveLength(1)
    expect((await history(subscription)).slice(0, 5)).toEqual([
      'moved:2026-09-18 skipped away',
      'moved:2026-09-17 skipped away',
      'moved:2026-09-16 skipped away',
      'moved:2026-09-15 skipped away',
      '2026-09-14T08:30[Europe/Berlin] skipped away',
    ])
    await status('')
    await until('2026-09-21T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-09T06:30', '2026-09-21T06:30'])
  })

  it('moved to a Friday it is that of the Monday after too; moved to a Tuesday the rhythm stays', async () => {
    const subscription = await turnOn()
    await status('OOO until Friday')
    await until('2026-09-10T12:00:00Z')
    await status('')
    await until('2026-09-15T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-11T06:30'])
    expect(await history(subscription)).toContain('2026-09-14T08:30[Europe/Berlin] skipped already-reminded')
    await until('2026-09-18T12:00:00Z')
    await store.subscriptions.update(subscription.id, { skipDates: ['2026-09-21'] })
    await until('2026-09-29T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-11T06:30', '2026-09-22T06:30', '2026-09-28T06:30'])
  })

  it('moves past a day that is to be skipped', async () => {
    const { id } = await turnOn()
    await store.subscriptions.update(id, { skipDates: ['2026-09-07', '2026-09-08'] })
    await until('2026-09-12T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-09T06:30'])
  })

  it('never brings a second one in a week, whatever is changed on the way', async () => {
    const subscription = await turnOn()
    await until('2026-09-07T12:00:00Z')
    const { kind, target, recurrence, whenEmpty, skipDates, showNames } = subscription
    const thursday = {
      kind,
      target,
      whenEmpty,
      skipDates,
      showNames,
      subjectId: '1000',
      recurrence: { ...recurrence, weekdays: [4 as const] },
    }
    await schedule.digests.change(manager, subscription.id, thursday)
    await until('2026-09-17T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T06:30', '2026-09-17T06:30'])
    expect(await history(subscription)).toContain('2026-09-10T08:30[Europe/Berlin] skipped already-reminded')
    await expect(
      schedule.digests.change(manager, subscription.id, { ...thursday, recurrence: { ...recurrence, weekdays: [1, 4] } }),
    ).rejects.toThrow('once a week at most')
  })

  it('brings nothing when the goal is met, and says so in the history', async () => {
    const subscription = await turnOn()
    await schedule.coaching.setGoal(manager, 2, 'mine')
    for (const reportId of own) {
      await store.coaching.saveItem({
        id: `d.${reportId}`,
        deliveryId: 'd',
        managerId: '1000',
        reportId,
        status: 'done-said',
        openedAt: sunday,
        closedAt: sunday,
      })
    }
    await until('2026-09-08T12:00:00Z')
    expect(arrived()).toEqual([])
    expect(await history(subscription)).toEqual(['2026-09-07T08:30[Europe/Berlin] skipped goal-met'])
  })
})

describe('answers', () => {
  it('a snooze on Thursday comes again on Monday with the weekly message, on no weekend', async () => {
    await turnOn()
    await until('2026-09-10T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    if (!item) throw new Error('nobody was named')
    await schedule.coaching.answer(manager, item.id, 'snooze-2')
    expect(await store.coaching.item(item.id)).toMatchObject({ status: 'snoozed', snoozedUntil: '2026-09-14' })
    await until('2026-09-15T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T06:30', '2026-09-14T06:30'])
    expect(namedIn()[1]).toContain(item.reportId)
  })

  it('an undo opens again, and an answer that was given stands until then', async () => {
    await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    const id = item?.id ?? ''
    await schedule.coaching.answer(manager, id, 'not-mine')
    await schedule.coaching.answer(manager, id, 'done')
    expect((await store.coaching.item(id))?.status).toBe('not-mine')
    await schedule.coaching.answer(manager, id, 'undo')
    await schedule.coaching.answer(manager, id, 'done')
    expect((await store.coaching.item(id))?.status).toBe('done-said')
    expect(await schedule.coaching.waiting(manager)).toHaveLength(2)
  })

  it('are refused to everybody but the coach, reps and the coach of others included', async () => {
    await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    const id = item?.id ?? ''
    const admin = viewer('UOWNER', undefined, { isAdmin: true })
    for (const stranger of [rep, otherManager, admin, viewer('UX'), viewer(coach, '1000', { standing: 'guest' })]) {
      await expect(schedule.coaching.answer(stranger, id, 'done')).rejects.toThrow('not yours to answer')
      expect(await schedule.coaching.message(stranger, item?.deliveryId ?? '')).toBeUndefined()
      expect(await schedule.coaching.waiting(stranger)).toEqual([])
    }
    expect((await store.coaching.item(id))?.status).toBe('open')
  })

  it('a report that moved to another manager can be answered no more', async () => {
    await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    await store.people.move(item?.reportId ?? '', '1001')
    await expect(schedule.coaching.answer(manager, item?.id ?? '', 'done')).rejects.toThrow('not yours to answer')
    expect((await schedule.coaching.waiting(manager)).map(({ reportId }) => reportId)).not.toContain(item?.reportId)
  })

  it('turned off, nothing more comes, put off or not; turned on again there is one subscription', async () => {
    const { id } = await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    await schedule.coaching.answer(manager, item?.id ?? '', 'snooze-2')
    await schedule.coaching.turnOff(manager)
    await until('2026-09-16T12:00:00Z')
    expect(arrived()).toHaveLength(1)
    await Promise.all([schedule.coaching.turnOn(manager, zone), schedule.coaching.turnOn(manager, zone)])
    expect((await store.subscriptions.receivedBy(coach)).map((each) => [each.id, each.status])).toEqual([[id, 'active']])
  })
})

describe('whose they are', () => {
  it('a stand-in gets the people granted until the day, and nobody else', async () => {
    for (const personId of others.slice(0, 2)) {
      await store.access.grant('UREP', { type: 'coach', personId, until: '2026-09-14' }, 'UOWNER', sunday)
    }
    const grants = await store.access.grantsOf('UREP')
    await schedule.coaching.turnOn({ ...rep, grants }, zone)
    await until('2026-09-08T12:00:00Z')
    expect(namedIn('UREP')).toHaveLength(1)
    for (const id of namedIn('UREP')[0] ?? []) expect(others.slice(0, 2)).toContain(id)
    expect(said('UREP')).not.toContain('Rep 1 2')
    await until('2026-09-22T12:00:00Z')
    expect(namedIn('UREP')).toHaveLength(1)
    await expect(schedule.coaching.answer({ ...rep, grants }, `x.${others[0]}`, 'done')).rejects.toThrow('not yours')
  })

  it('somebody who coaches nobody cannot turn them on', async () => {
    await expect(schedule.coaching.turnOn(rep, zone)).rejects.toThrow('for those who coach')
    await expect(schedule.coaching.turnOn(viewer('UX'), zone)).rejects.toThrow('for those who coach')
    await expect(schedule.coaching.setGoal(rep, 3, 'mine')).rejects.toThrow('for those who coach')
  })

  it("the company's goal is set by admins, and holds for whoever set none", async () => {
    const admin = viewer('UOWNER', undefined, { isAdmin: true })
    await expect(schedule.coaching.setGoal(manager, 4, 'company')).rejects.toThrow('admins')
    await schedule.coaching.setGoal(admin, 4, 'company')
    expect(await schedule.coaching.goal(manager)).toMatchObject({ goal: { everyWeeks: 4 }, setBy: 'Olga' })
    await schedule.coaching.setGoal(manager, 1, 'mine')
    expect(await schedule.coaching.goal(manager)).toMatchObject({ goal: { everyWeeks: 1, setAt: sunday }, setBy: 'you' })
    expect(await schedule.coaching.goal(otherManager)).toMatchObject({ goal: { everyWeeks: 4 } })
  })

  it('one that would go to somebody else than its coach is held back, though an admin set it up', async () => {
    const subscription = teamDigest({
      kind: 'reminder',
      subjectId: '1000',
      target: { type: 'dm', slackUserId: 'UOWNER' },
      recurrence: { weekdays: [1], time: '08:30', zone },
      nextAt: new Date('2026-09-07T06:30:00Z'),
    })
    await store.subscriptions.insert(subscription)
    await until('2026-09-07T12:00:00Z')
    expect(await history(subscription)).toContain('2026-09-07T08:30[Europe/Berlin] held recipient')
    expect(said('UOWNER')).not.toContain('Rep 0')
    const admin = viewer('UOWNER', undefined, { isAdmin: true })
    await expect(schedule.digests.preview(admin, subscription)).rejects.toThrow('to nobody else')
  })

  it('a programme turns them on for every manager in their own zone; a stop stands', async () => {
    const admin = viewer('UOWNER', undefined, { isAdmin: true })
    const draft = {
      kind: 'reminder' as const,
      recurrence: { weekdays: [1 as const, 3 as const], time: '08:30', zone: 'UTC' },
      whenEmpty: 'say' as const,
      stage: 'everyone' as const,
      pilotTeams: [],
    }
    const { id } = await schedule.digests.createProgramme(admin, draft)
    const all = await store.subscriptions.ofProgramme(id)
    expect(all.map(({ recurrence, whenEmpty }) => [recurrence.weekdays.join(), recurrence.zone, whenEmpty]).toSorted()).toEqual([
      ['1', 'America/New_York', 'skip'],
      ['1', 'Australia/Sydney', 'skip'],
      ['1', 'Europe/Berlin', 'skip'],
    ])
    await until('2026-09-07T12:00:00Z')
    expect(said()).toContain('Olga switched this on for the whole company.')
    await schedule.coaching.turnOff(manager)
    await schedule.digests.changeProgramme(admin, id, { ...draft, recurrence: { ...draft.recurrence, time: '10:00' } })
    await until('2026-09-14T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T06:30'])
    const berlin = (await store.subscriptions.ofProgramme(id)).filter(({ recurrence }) => recurrence.zone === 'America/New_York')
    expect(berlin.map(({ recurrence }) => recurrence.time)).toEqual(['10:00'])
  })
})

describe('unanswered for two weeks', () => {
  it("becomes one line in the manager's own digest, and in nobody else's", async () => {
    await turnOn()
    const seen = new Set<string>()
    await schedule.stop()
    schedule = worldOf({
      store,
      clock,
      log: keptLog().log,
      slack,
      change: {
        stats: coachedStats(company.people, zone),
        build: async (request, context) => {
          if (request.kind === 'reminder') return buildDigest(request, context)
          const reader = context.audience.type === 'person' ? context.audience.viewer.slackUserId : ''
          // Digests of the last week are built again each day to see whether figures changed.
          seen.add(`${reader}: ${(request.unanswered ?? []).map(({ name }) => name).join()}`)
          return { message: { summary: 'digest', parts: [] }, isEmpty: false, shows: [], figures: {} }
        },
        render: renderForSlack(),
      },
    })
    await schedule.start()
    const digest = (subjectId: string, slackUserId: string) =>
      teamDigest({
        kind: 'manager',
        subjectId,
        ownerSlackId: slackUserId,
        target: { type: 'dm', slackUserId },
        nextAt: new Date('2026-09-07T07:00:00Z'),
      })
    for (const [subjectId, slackUserId] of [
      ['1000', coach],
      ['1000', 'UOWNER'],
      ['1001', 'U1001'],
    ] as const)
      await store.subscriptions.insert(digest(subjectId, slackUserId))
    await until('2026-09-14T12:00:00Z')
    expect([...seen].toSorted()).toEqual(['U1000: ', 'U1001: ', 'UOWNER: '])
    seen.clear()
    // Named on 7 September; on the 21st that is two weeks ago.
    await until('2026-09-21T12:00:00Z')
    expect([...seen].filter((line) => !line.endsWith(': '))).toEqual(['U1000: Rep 0 0,Rep 0 1,Rep 0 2'])
  })
})

describe('evidence', () => {
  it('closes what Gong shows, in the posted message too, and leaves the rest', async () => {
    await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [first, second] = await schedule.coaching.waiting(manager)
    await schedule.coaching.answer(manager, second?.id ?? '', 'done')
    const period = { from: '2026-09-07', to: '2026-09-14' }
    const range = { period, scope: 'all' as const, readAt: clock.now(), final: false, quarantined: 0, quarantinedIds: [] }
    const card = {
      id: 'c1',
      callId: '7',
      scorecardId: '1',
      scorecardName: 'Discovery',
      reviewedId: first?.reportId ?? '',
      reviewerId: '1000',
      answeredAt: new Date('2026-09-08T09:00:00Z'),
      method: 'human' as const,
      visibility: 'unmarked' as const,
      questions: [],
    }
    // Somebody else's card is no evidence for this manager.
    await store.records.keepScorecards(range, [card, { ...card, id: 'c2', reviewedId: second?.reportId ?? '', reviewerId: '1001' }])
    await until('2026-09-08T14:00:00Z')
    expect(await store.coaching.item(first?.id ?? '')).toMatchObject({
      status: 'closed-by-evidence',
      evidence: { type: 'scored', on: '2026-09-08' },
    })
    expect((await store.coaching.item(second?.id ?? ''))?.status).toBe('done-said')
    expect(arrived()).toHaveLength(1)
    expect(said()).toContain('Gong shows: scored Tuesday, Sep 8.')
    expect(said()).toContain('done, you said.')
    await schedule.coaching.answer(manager, first?.id ?? '', 'not-mine')
    expect((await store.coaching.item(first?.id ?? ''))?.status).toBe('closed-by-evidence')
  })
})
