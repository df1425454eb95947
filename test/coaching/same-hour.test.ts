// One message an hour: a manager's digest brings the rows of the reminder, which is not sent alone then; it goes alone where no digest comes.
import { beforeEach, describe, expect, it } from 'vitest'
import { remindersOn } from '../../src/bot/commands/remind.ts'
import { deliverySteps } from '../../src/digests/delivery/deps.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { asRead } from '../../src/render/text/as-read.ts'
import { zone } from '../kit/delivery-world.ts'
import { coachingOverview, person, scorecardReport, teamReport } from '../kit/report-fixtures.ts'
import { teamDigest } from '../kit/team-digest.ts'
import {
  arrived,
  clock,
  coach,
  eachInAWorldOfItsOwn,
  history,
  manager,
  messagesOf,
  namedIn,
  own,
  restart,
  schedule,
  status,
  store,
  turnOn,
  until,
  withFigures,
} from './reminder-world.ts'

eachInAWorldOfItsOwn()
beforeEach(() => restart({ stats: withFigures() }))

/** Monday 09:00 in Berlin, half an hour after the reminder's own time. */
async function subscribe(change: Partial<Subscription> = {}): Promise<Subscription> {
  const digest = teamDigest({
    kind: 'manager',
    subjectId: '1000',
    destination: { type: 'dm', slackUserId: coach },
    ownerSlackId: coach,
    createdAt: clock.now(),
    nextAt: new Date('2026-09-07T07:00:00Z'),
    ...change,
  })
  await store.subscriptions.insert(digest)
  return digest
}

const answersIn = (message: string | undefined): number => message?.match(/"done [0-9a-f-]{36}\.\d+"/g)?.length ?? 0

describe('a digest and a reminder of the same hour', () => {
  it('are one message: the figures, and the rows with their answers', async () => {
    const reminder = await turnOn()
    const digest = await subscribe()
    await until('2026-09-07T12:00:00Z')
    // 09:00 in Berlin.
    expect(arrived()).toEqual(['2026-09-07T07:00'])
    const [message] = messagesOf()
    expect(message).toContain('talked less')
    expect(message).toContain('Look at first:')
    expect(message).toContain('3 people to hear this week.')
    expect(namedIn()[0]?.toSorted()).toEqual(own)
    expect(await history(reminder)).toEqual(['2026-09-07T08:30[Europe/Berlin] skipped in-digest'])
    // The digest's row owns what is answered.
    const items = await store.coaching.items('1000')
    const row = (await store.deliveries.history(digest.id, 9)).find(({ occurrence }) => !occurrence.startsWith('thread:'))
    expect(new Set(items.map(({ deliveryId }) => deliveryId))).toEqual(new Set([row?.id]))
    await until('2026-09-14T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T07:00', '2026-09-14T07:00'])
  })

  it('are one message too where the digest comes first', async () => {
    const reminder = await turnOn()
    await subscribe({
      recurrence: { weekdays: [1], time: '08:00', zone },
      nextAt: new Date('2026-09-07T06:00:00Z'),
    })
    await until('2026-09-07T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T06:00'])
    expect(answersIn(messagesOf()[0])).toBe(3)
    expect(await history(reminder)).toEqual(['2026-09-07T08:30[Europe/Berlin] skipped in-digest'])
  })

  it('are said to be one where the reminder is switched on', async () => {
    await turnOn()
    expect((await schedule.coaching.state(manager)).comesWith).toBeUndefined()
    await subscribe()
    const state = await schedule.coaching.state(manager)
    expect(remindersOn(state).summary).toContain('It comes in your digest of every Mon 09:00, Europe/Berlin, in one message.')
  })

  it('are one in the preview too, which nobody can answer yet', async () => {
    const preview = async (time: string) => {
      const { kind, subjectId, destination, whenEmpty, skipDates, showNames } = await subscribe()
      const draft = { kind, subjectId, destination, whenEmpty, skipDates, showNames, recurrence: { weekdays: [1 as const], time, zone } }
      return asRead(await schedule.digests.preview(manager, draft))
    }
    expect(await preview('09:00')).not.toContain('to hear this week')
    await turnOn()
    expect(await preview('09:00')).toContain('Look at first: 3 people to hear this week.')
    expect(await preview('09:00')).not.toContain('[Done]')
    expect(await preview('15:00')).not.toContain('to hear this week')
  })

  it('stay two where they are more than an hour apart, on another day, or about another team', async () => {
    await turnOn()
    await subscribe({ recurrence: { weekdays: [1], time: '10:00', zone }, nextAt: new Date('2026-09-07T08:00:00Z') })
    await until('2026-09-07T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T06:30', '2026-09-07T08:00'])
    expect(messagesOf().map(answersIn)).toEqual([3, 0])
  })

  it('the head and the rows follow every answer, and nothing else of the digest changes', async () => {
    await turnOn()
    await subscribe()
    await until('2026-09-07T12:00:00Z')
    const [first, second, third] = await schedule.coaching.waiting(manager)
    const answered = await schedule.coaching.answer(manager, first?.id ?? '', 'done')
    expect(answered?.summary).toContain('talked less')
    await schedule.coaching.show(first?.id ?? '')
    expect(messagesOf()[0]).toContain('2 people to hear this week.')
    expect(messagesOf()[0]).toContain('done, you said')
    expect(answersIn(messagesOf()[0])).toBe(2)
    await schedule.coaching.answer(manager, second?.id ?? '', 'not-mine')
    await schedule.coaching.answer(manager, third?.id ?? '', 'done')
    await schedule.coaching.show(third?.id ?? '')
    expect(messagesOf()[0]).toContain('Both coached. See you next week.')
    expect(messagesOf()[0]).toContain('talked less')
  })

  it('a snooze comes back by itself, or with the digest of its hour', async () => {
    const reminder = await turnOn()
    await subscribe()
    await subscribe({ recurrence: { weekdays: [3], time: '09:00', zone }, nextAt: new Date('2026-09-09T07:00:00Z') })
    await until('2026-09-07T12:00:00Z')
    const [first] = await schedule.coaching.waiting(manager)
    // On Wednesday, when the second digest comes half an hour later.
    await schedule.coaching.answer(manager, first?.id ?? '', 'snooze-2')
    await until('2026-09-09T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T07:00', '2026-09-09T07:00'])
    expect(namedIn()[1]).toEqual([first?.reportId])
    expect(messagesOf()[1]).toContain('Back as you asked')
    expect((await history(reminder))[0]).toBe('snooze:2026-09-09 skipped in-digest')
  })
})

describe('a reminder goes alone', () => {
  it('when the digest is paused while it waits', async () => {
    await turnOn()
    const { id } = await subscribe()
    await until('2026-09-07T06:40:00Z')
    expect(arrived()).toEqual([])
    await store.subscriptions.update(id, { status: 'paused', nextAt: null })
    await until('2026-09-07T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T07:01'])
    expect(answersIn(messagesOf()[0])).toBe(3)
  })

  it('when the digest has nothing to say and its owner wants none then', async () => {
    const quiet = teamReport({
      measures: new Map(),
      trend: new Map(),
      daily: [],
      counts: { members: 8, enoughCalls: 0, tooFewCalls: 0, noCalls: 8, neverRead: 0 },
    })
    await restart({ stats: withFigures({ team: quiet, scorecards: scorecardReport({ answered: 0, answeredBefore: 0, cards: [] }) }) })
    const reminder = await turnOn()
    await subscribe({ whenEmpty: 'skip' })
    await until('2026-09-07T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T07:01'])
    expect(answersIn(messagesOf()[0])).toBe(3)
    expect(await history(reminder)).toEqual(['2026-09-07T08:30[Europe/Berlin] sent'])
  })

  it('on its other day while the coach is away; the digest comes without rows', async () => {
    const reminder = await turnOn()
    await subscribe()
    await status('OOO until Wednesday')
    await until('2026-09-07T12:00:00Z')
    expect(messagesOf().map(answersIn)).toEqual([0])
    await status('')
    await until('2026-09-08T12:00:00Z')
    expect(messagesOf().map(answersIn)).toEqual([0, 3])
    expect((await history(reminder)).toSorted()).toEqual(['2026-09-07T08:30[Europe/Berlin] skipped away', 'moved:2026-09-08 sent'])
  })
})

describe('a team digest', () => {
  it('is not sent to somebody who gets the manager digest about the same team in that hour, and is to everybody else', async () => {
    await subscribe()
    const team = await subscribe({ kind: 'team' })
    const later = await subscribe({
      kind: 'team',
      recurrence: { weekdays: [1], time: '11:00', zone },
      nextAt: new Date('2026-09-07T09:00:00Z'),
    })
    const other = await subscribe({
      kind: 'team',
      subjectId: '1001',
      ownerSlackId: 'UOWNER',
      destination: { type: 'dm', slackUserId: 'U1001' },
    })
    await until('2026-09-07T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T07:00', '2026-09-07T09:00'])
    expect(arrived('U1001')).toEqual(['2026-09-07T07:00'])
    expect(await history(team)).toEqual(['2026-09-07T09:00[Europe/Berlin] skipped in-digest'])
    expect((await history(later))[0]).toContain('sent')
    expect((await history(other))[0]).toContain('sent')
  })
})

describe('an org digest', () => {
  it('brings the reminder of its reader, and the manager digest about the same person is not sent beside it', async () => {
    // Manager 1 reports to manager 0 from here on: manager 0 leads a team of their own and one below.
    await store.people.move('1001', '1000')
    const managers = coachingOverview().managers.map((each, at) => ({ ...each, manager: person(`100${at}`, `Manager ${at}`) }))
    await restart({ stats: withFigures({ coachingOverview: coachingOverview({ managers }) }) })
    const reminder = await turnOn()
    const org = await subscribe({ kind: 'org' })
    const below = await subscribe()
    await until('2026-09-07T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T07:00'])
    expect(messagesOf()[0]).toContain('2 teams, 8 people')
    expect(messagesOf()[0]).toContain('Is coaching working?')
    expect(namedIn()[0]).toHaveLength(3)
    expect(await history(below)).toEqual(['2026-09-07T09:00[Europe/Berlin] skipped in-digest'])
    expect(await history(reminder)).toEqual(['2026-09-07T08:30[Europe/Berlin] skipped in-digest'])
    expect((await history(org)).some((row) => row.endsWith('sent'))).toBe(true)
  })

  it('is held back once nobody below leads a team any more', async () => {
    const org = await subscribe({ kind: 'org' })
    await until('2026-09-07T12:00:00Z')
    expect(await history(org)).toContain('2026-09-07T09:00[Europe/Berlin] held subject-left')
  })
})

describe('what is guaranteed', () => {
  // Cut off before anything was done, it waits for its lease, which runs in real time.
  it.each(deliverySteps.filter((step) => step !== 'taken'))(
    'one message with its rows, though the work on the digest was cut off at "%s"',
    async (step) => {
      let isCut = false
      await restart({
        stats: withFigures(),
        step(at) {
          if (at !== step || isCut || clock.now() < new Date('2026-09-07T06:59:00Z')) return
          isCut = true
          throw new Error('cut off')
        },
      })
      const reminder = await turnOn()
      await subscribe()
      await until('2026-09-07T15:00:00Z')
      expect(messagesOf().map(answersIn)).toEqual([3])
      expect(await history(reminder)).toEqual(['2026-09-07T08:30[Europe/Berlin] skipped in-digest'])
      expect((await schedule.coaching.waiting(manager)).map(({ reportId }) => reportId).toSorted()).toEqual(own)
    },
  )

  it('late figures correct the digest around the rows, which stay those that were answered', async () => {
    await turnOn()
    await subscribe()
    await until('2026-09-07T12:00:00Z')
    const [first] = await schedule.coaching.waiting(manager)
    await schedule.coaching.answer(manager, first?.id ?? '', 'done')
    await restart({ stats: withFigures({ scorecards: scorecardReport({ answered: 12 }) }) })
    await until('2026-09-08T12:00:00Z')
    expect(messagesOf()).toHaveLength(1)
    expect(messagesOf()[0]).toContain('+3 scorecards')
    expect(messagesOf()[0]).toContain('done, you said')
    expect(answersIn(messagesOf()[0])).toBe(2)
    // And an answer after the correction is drawn into the corrected message.
    const [second] = await schedule.coaching.waiting(manager)
    await schedule.coaching.answer(manager, second?.id ?? '', 'not-mine')
    await schedule.coaching.show(second?.id ?? '')
    expect(messagesOf()[0]).toContain('+3 scorecards')
    expect(messagesOf()[0]).toContain('1 person to hear this week.')
  })
})
