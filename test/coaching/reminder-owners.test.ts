// Whose reminders are whose: roles, goals, programmes, and what stays unanswered in the manager's own digest.
import { describe, expect, it } from 'vitest'
import { buildDigest } from '../../src/reports/digests/index.ts'
import { zone } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'
import {
  arrived,
  coach,
  eachInAWorldOfItsOwn,
  history,
  manager,
  namedIn,
  otherManager,
  others,
  rep,
  restart,
  said,
  schedule,
  store,
  sunday,
  turnOn,
  until,
  viewer,
} from './reminder-world.ts'

eachInAWorldOfItsOwn()

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
    // What else they get is that both roles have ended.
    expect(namedIn('UREP').filter((ids) => ids.length > 0)).toHaveLength(1)
    expect(said('UREP').match(/Your role as coach of Rep \d+ \d+ has ended/g)).toHaveLength(2)
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
      destination: { type: 'dm', slackUserId: 'UOWNER' },
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
    await restart({
      build: async (request, context) => {
        if (request.kind === 'reminder') return buildDigest(request, context)
        const reader = context.audience.type === 'person' ? context.audience.viewer.slackUserId : ''
        // Digests of the last week are built again each day to see whether figures changed.
        seen.add(`${reader}: ${(request.unanswered ?? []).map(({ name }) => name).join()}`)
        return { message: { summary: 'digest', parts: [] }, isEmpty: false, shows: [], mentions: [], figures: {} }
      },
    })
    const digest = (subjectId: string, slackUserId: string) =>
      teamDigest({
        kind: 'manager',
        subjectId,
        ownerSlackId: slackUserId,
        destination: { type: 'dm', slackUserId },
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
