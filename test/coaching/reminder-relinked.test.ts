// A message that was posted is redrawn for as long as its reader would still get it: an answer or a scorecard is a coaching fact of its own.
import { expect, it } from 'vitest'
import { teamDigest } from '../kit/team-digest.ts'
import {
  clock,
  coach,
  eachInAWorldOfItsOwn,
  manager,
  messagesOf,
  restart,
  schedule,
  store,
  turnOn,
  until,
  viewer,
  withFigures,
} from './reminder-world.ts'

eachInAWorldOfItsOwn()

const openItem = async () => (await store.coaching.items('1000')).find(({ status }) => status === 'open')?.id ?? ''

/** Slack user `U1000` was linked to manager 1000 by mistake. */
const linkTheRightOne = () => store.people.link('1000', 'UOWNER')

async function scored(reportId: string): Promise<void> {
  const period = { from: '2026-09-07', to: '2026-09-14' }
  const range = { period, scope: 'all' as const, readAt: clock.now(), final: false, quarantined: 0, quarantinedIds: [] }
  await store.records.keepScorecards(range, [
    {
      id: 'c1',
      callId: '7',
      scorecardId: '1',
      scorecardName: 'Discovery',
      reviewedId: reportId,
      reviewerId: '1000',
      answeredAt: new Date('2026-09-08T13:00:00Z'),
      method: 'human',
      visibility: 'unmarked',
      questions: [],
    },
  ])
}

it('what the right coach answers in Home is not written to whoever was linked before', async () => {
  await turnOn()
  await until('2026-09-08T12:00:00Z')
  const before = messagesOf(coach)
  expect(before).toHaveLength(1)
  await linkTheRightOne()
  const id = await openItem()
  await schedule.coaching.answer(viewer('UOWNER', '1000'), id, 'done')
  await schedule.coaching.show(id)
  expect((await store.coaching.item(id))?.status).toBe('done-said')
  expect(messagesOf(coach)).toEqual(before)
})

it('what Gong shows is not written to them either, and closes the item', async () => {
  await turnOn()
  await until('2026-09-08T12:00:00Z')
  const before = messagesOf(coach)
  await linkTheRightOne()
  const id = await openItem()
  await scored((await store.coaching.item(id))?.reportId ?? '')
  await until('2026-09-08T18:00:00Z')
  expect((await store.coaching.item(id))?.status).toBe('closed-by-evidence')
  expect(messagesOf(coach)).toEqual(before)
})

it('nor into a digest of theirs that brought the reminder', async () => {
  await restart({ stats: withFigures() })
  await store.subscriptions.insert(
    teamDigest({
      kind: 'manager',
      subjectId: '1000',
      ownerSlackId: coach,
      destination: { type: 'dm', slackUserId: coach },
      recurrence: { weekdays: [1], time: '08:30', zone: 'Europe/Berlin' },
      nextAt: new Date('2026-09-07T06:30:00Z'),
    }),
  )
  await turnOn()
  await until('2026-09-08T12:00:00Z')
  const before = messagesOf(coach)
  expect(before).toHaveLength(1)
  await linkTheRightOne()
  const id = await openItem()
  await schedule.coaching.answer(viewer('UOWNER', '1000'), id, 'done')
  await schedule.coaching.show(id)
  expect(messagesOf(coach)).toEqual(before)
})

it('whoever is the coach still finds it there', async () => {
  await turnOn()
  await until('2026-09-08T12:00:00Z')
  const id = await openItem()
  await schedule.coaching.answer(manager, id, 'done')
  await schedule.coaching.show(id)
  expect(messagesOf(coach).join()).toContain('done, you said')
})
