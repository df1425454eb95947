// Whoever a reminder says to be away is named in it, by the first name alone and without a button: that is a fact about them as any other.
import { expect, it } from 'vitest'
import { known } from '../../src/domain/measured.ts'
import type { StatsService } from '../../src/stats/results.ts'
import { coachedCompany, coachedStats } from '../kit/coached-company.ts'
import { zone } from '../kit/delivery-world.ts'
import { coachingOverview, fakeStats, person } from '../kit/report-fixtures.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { coach, eachInAWorldOfItsOwn, manager, messagesOf, restart, schedule, store, sunday, turnOn, until } from './reminder-world.ts'

eachInAWorldOfItsOwn()

const ana = '10000'
const lena = '10002'
const names: Readonly<Record<string, string>> = { [ana]: 'Ana Diaz', '10001': 'Ben Okafor', [lena]: 'Lena Vogt' }
const people = coachedCompany(3).people.map((one) => ({ ...one, name: names[one.id] ?? one.name }))

const managers = coachingOverview().managers.map((each, at) => ({ ...each, manager: person(`100${at}`, `Manager ${at}`) }))

/** Lena had no calls, and everything else is an ordinary week. */
const lenaAway = (): StatsService => {
  const { coaching } = coachedStats(people, zone)
  return {
    ...fakeStats({ coachingOverview: coachingOverview({ managers }) }),
    coaching: async (...asked) => {
      const report = await coaching(...asked)
      return { ...report, reports: report.reports.map((one) => (one.report.id === lena ? { ...one, callsInPeriod: known(0) } : one)) }
    },
  }
}

async function reminded(): Promise<string> {
  await store.people.replaceAll(people, { readAt: sunday, seenOn: '2026-01-05' })
  await restart({ stats: lenaAway() })
  const { id } = await turnOn()
  await until('2026-09-08T12:00:00Z')
  expect(messagesOf().join()).toContain('Lena is away')
  return id
}

const whoSaw = async (personId: string) =>
  (await store.access.seenBy([personId], { limit: 9 })).rows.map(({ bySlackId, detail }) => `${bySlackId} ${detail}`)

it('who read that they are away stands in their record', async () => {
  await reminded()
  expect(await whoSaw(lena)).toEqual([`${coach} digest reminder`])
  expect(await whoSaw(lena)).toEqual(await whoSaw(ana))
})

it('also where a digest brings the reminder', async () => {
  // Manager 1 reports to manager 0, who so leads an org.
  await store.people.move('1001', '1000')
  await store.subscriptions.insert(
    teamDigest({
      kind: 'org',
      subjectId: '1000',
      ownerSlackId: coach,
      destination: { type: 'dm', slackUserId: coach },
      recurrence: { weekdays: [1], time: '08:30', zone },
      nextAt: new Date('2026-09-07T06:30:00Z'),
    }),
  )
  await reminded()
  expect(messagesOf()).toHaveLength(1)
  expect(await whoSaw(lena)).toEqual([`${coach} digest org`])
})

it('once they are forgotten they are named in nothing that is kept, and in nothing that is written from then on', async () => {
  const id = await reminded()
  await store.people.forget(lena, 'key')
  const kept = (await store.deliveries.history(id, 9)).map(({ body }) => body ?? '').join()
  expect(kept).not.toContain('Lena')
  const before = messagesOf()
  const item = (await store.coaching.items('1000')).find(({ reportId }) => reportId === ana)
  await schedule.coaching.answer(manager, item?.id ?? '', 'done')
  await schedule.coaching.show(item?.id ?? '')
  expect((await store.coaching.item(item?.id ?? ''))?.status).toBe('done-said')
  expect(messagesOf()).toEqual(before)
})
