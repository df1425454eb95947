// Everything that programmes send and keep in two weeks, digests, reminders, threads and their introductions: each body notes whom it names,
// so that whoever is forgotten is found in it.
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { readBody } from '../../src/reports/delivery-body.ts'
import { rowsOf } from '../../src/store/database/database.ts'
import { coachedCompany, coachedStats } from '../kit/coached-company.ts'
import { zone } from '../kit/delivery-world.ts'
import { namedIn, unnoted } from '../kit/named-in.ts'
import { coachingOverview, fakeStats, maria, team } from '../kit/report-fixtures.ts'
import { eachInAWorldOfItsOwn, restart, schedule, store, sunday, until, viewer } from './reminder-world.ts'

eachInAWorldOfItsOwn()

const company = coachedCompany(3)
/** Each with a first name of their own. */
const people = company.people.map((one, at) => ({ ...one, name: `Q${'abcdefghijklmnopqrstuvwxyz'[at]}ra ${one.name}` }))
/** With those of the figures, which are of another team here. */
const everybody = [
  ...people,
  ...team,
  maria,
  ...coachingOverview().managers.map(({ manager }) => manager),
  // Who switches them on, and is known from Slack alone.
  { id: 'UOWNER', name: 'Olga' },
]

const kept = async () =>
  (await rowsOf<{ body: string }>(store.database, sql`SELECT body FROM deliveries WHERE body IS NOT NULL`)).map(({ body }) =>
    readBody(body),
  )

it('notes whom it names', async () => {
  await store.people.replaceAll(people, { readAt: sunday, seenOn: '2026-01-05' })
  await restart({ stats: { ...fakeStats(), coaching: coachedStats(people, zone).coaching } })
  const admin = viewer('UOWNER', undefined, { isAdmin: true })
  for (const kind of ['reminder', 'manager', 'personal'] as const)
    await schedule.digests.createProgramme(admin, {
      kind,
      ...(kind === 'manager' && { orgOf: '1000' }),
      recurrence: { weekdays: [1], time: kind === 'personal' ? '12:00' : '08:30', zone },
      whenEmpty: 'say',
      stage: 'everyone',
      pilotTeams: [],
    })
  await until('2026-09-15T12:00:00Z')
  const bodies = await kept()
  const named = new Set(bodies.flatMap(({ message }) => namedIn(JSON.stringify(message), everybody)))
  // Coaches, those to hear, whoever the figures are of, whoever switched it on.
  expect([...named]).toEqual(expect.arrayContaining(['1000', '10000', maria.id, 'UOWNER']))
  expect(bodies.flatMap(({ message, mentions }) => unnoted(message, everybody, mentions))).toEqual([])
})
