// Coaches whose day is another than the company's when their reminder comes: the company is in Berlin. In September 08:30 in Auckland is 22:30
// in Berlin on the day before, in Tokyo 01:30, in Honolulu 20:30 on the same day.
import { expect, it } from 'vitest'
import { extraRow } from '../../src/coaching/reminder-days.ts'
import { weekOf } from '../../src/digests/prepare.ts'
import type { ReminderItem } from '../../src/domain/coaching.ts'
import type { Weekday } from '../../src/domain/period.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { arrived, eachInAWorldOfItsOwn, manager, namedIn, schedule, store, until } from './reminder-world.ts'

eachInAWorldOfItsOwn()

async function turnedOnIn(zone: string): Promise<Subscription> {
  const { subscriptionId } = await schedule.coaching.turnOn(manager, zone)
  return (await store.subscriptions.find(subscriptionId ?? '')) as Subscription
}

async function firstNamed(): Promise<ReminderItem> {
  const [item] = await schedule.coaching.waiting(manager)
  if (!item) throw new Error('nobody was named')
  return item
}

it.each(['Europe/Berlin', 'Pacific/Auckland', 'Asia/Tokyo', 'Pacific/Honolulu'])(
  'names who was snoozed for two days again in %s',
  async (zone) => {
    await turnedOnIn(zone)
    await until('2026-09-07T20:00:00Z')
    const item = await firstNamed()
    await schedule.coaching.answer(manager, item.id, 'snooze-2')
    await until('2026-09-12T00:00:00Z')
    expect(arrived()).toHaveLength(2)
    expect(namedIn()[1]).toEqual([item.reportId])
  },
)

it('names who was snoozed until the weekly message in it, on a Wednesday in Auckland', async () => {
  const { id, kind, destination, recurrence, whenEmpty, skipDates, showNames } = await turnedOnIn('Pacific/Auckland')
  const draft = { kind, destination, whenEmpty, skipDates, showNames, subjectId: '1000' }
  await schedule.digests.change(manager, id, { ...draft, recurrence: { ...recurrence, weekdays: [3] } })
  await until('2026-09-09T10:00:00Z')
  const item = await firstNamed()
  await schedule.coaching.answer(manager, item.id, 'snooze-week')
  await until('2026-09-17T00:00:00Z')
  expect(arrived()).toHaveLength(2)
  expect(namedIn()[1]).toContain(item.reportId)
})

it('keeps the day of a snooze where the reminder was put into another zone meanwhile', async () => {
  const { id, recurrence } = await turnedOnIn('Pacific/Auckland')
  await until('2026-09-07T10:00:00Z')
  const item = await firstNamed()
  await schedule.coaching.answer(manager, item.id, 'snooze-2')
  await store.subscriptions.update(id, { recurrence: { ...recurrence, zone: 'Pacific/Honolulu' } })
  await until('2026-09-12T00:00:00Z')
  expect(namedIn()[1]).toEqual([item.reportId])
})

it('shows the week before its own day, once that has settled for the company, whatever moved it there', () => {
  const company = { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 } as const
  const recurrence = { weekdays: [5 as Weekday], time: '08:30', zone: 'Pacific/Auckland' }
  for (const kind of ['moved', 'snooze'] as const) {
    const monday = extraRow({ id: 's', recurrence }, kind, '2026-09-14', new Date('2026-09-11T00:00:00Z'), company)
    if (!monday) throw new Error('no row')
    expect(weekOf(monday, company)).toEqual({ from: '2026-09-07', to: '2026-09-14' })
    // Midnight in Berlin is 22:00 UTC, an hour later the week has settled; 08:30 in Auckland was 20:30 UTC.
    expect(monday.dueAt).toEqual(new Date('2026-09-13T23:00:00Z'))
  }
})
