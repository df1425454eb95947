// What a programme gives is written while it is what it was read as; whoever ends it finds all that was written before.
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Programme } from '../../src/domain/programme.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { rowsOf } from '../../src/store/database/database.ts'
import { openOn } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { noon, onBothBackends, onPostgres } from './backends.ts'

const programme: Programme = {
  id: 'p1',
  kind: 'team',
  orgOf: '100',
  recurrence: { weekdays: [1, 3], time: '09:00', zone: 'Europe/Berlin' },
  stage: 'pilot',
  pilotTeams: ['100', '200'],
  whenEmpty: 'say',
  ownerSlackId: 'UADMIN',
  status: 'active',
  createdAt: noon,
}
const of = (slackUserId: string, change: Partial<Subscription> = {}): Subscription =>
  teamDigest({ programmeId: programme.id, destination: { type: 'dm', slackUserId }, ...change })

const changes: readonly (readonly [string, Partial<Programme>])[] = [
  ['ended', { status: 'stopped' }],
  ['at another stage', { stage: 'everyone' }],
  ['of other teams', { pilotTeams: ['100'] }],
  ['of the whole company', { orgOf: undefined }],
  ['at another time', { recurrence: { ...programme.recurrence, time: '10:00' } }],
  ['silent where there is nothing to say', { whenEmpty: 'skip' }],
]

onBothBackends((backend) => {
  it('is written as long as the programme is as read, whoever owns it', async () => {
    const { subscriptions } = await backend.open()
    await subscriptions.insertProgramme(programme)
    await subscriptions.updateProgramme(programme.id, { ownerSlackId: 'UOTHER' })
    const one = of('U1')
    expect(await subscriptions.insertUnlessReceived(one, programme)).toBe(true)
    expect(await subscriptions.updateUnlessStopped(one.id, { status: 'stopped' }, undefined, programme)).toBe(true)
    expect(await subscriptions.start(one.id, { status: 'active' }, undefined, programme)).toBe(true)
    expect(await subscriptions.find(one.id)).toMatchObject({ status: 'active' })
  })

  it.each(changes)('is not written once the programme is %s', async (_, change) => {
    const { subscriptions } = await backend.open()
    await subscriptions.insertProgramme(programme)
    const [active, stopped] = [of('U1'), of('U2', { status: 'stopped' })]
    for (const one of [active, stopped]) await subscriptions.insert(one)
    await subscriptions.updateProgramme(programme.id, change)
    expect(await subscriptions.insertUnlessReceived(of('U3'), programme)).toBe(false)
    expect(await subscriptions.updateUnlessStopped(active.id, { status: 'stopped' }, undefined, programme)).toBe(false)
    expect(await subscriptions.start(stopped.id, { status: 'active' }, undefined, programme)).toBe(false)
    const after = await subscriptions.ofProgramme(programme.id)
    expect(after.map(({ id, status }) => [id, status]).toSorted()).toEqual(
      [active, stopped].map(({ id, status }) => [id, status]).toSorted(),
    )
    // What it is now is written.
    expect(await subscriptions.insertUnlessReceived(of('U3'), { ...programme, ...change })).toBe(true)
  })
})

onPostgres((database) => {
  it('whoever ends it waits for what is being written, and finds it', async () => {
    const store = await openOn(await database())
    const { subscriptions } = store
    await subscriptions.insertProgramme(programme)
    const waiting = async () => {
      const [row] = await rowsOf<{ readonly count: number }>(
        store.database,
        sql`SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      return row?.count
    }
    const ending = async () => {
      await subscriptions.updateProgramme(programme.id, { status: 'stopped' })
      return (await subscriptions.ofProgramme(programme.id)).map(({ status }) => status)
    }
    const [entered, found] = await store.database
      .transaction(async (tx) => {
        // It has found the programme active, and gets no further.
        await tx.execute(sql`LOCK TABLE subscriptions IN SHARE MODE`)
        const entering = subscriptions.insertUnlessReceived(of('U1'), programme)
        await expect.poll(waiting).toBe(1)
        const ended = ending()
        await Promise.race([ended, expect.poll(waiting).toBe(2)])
        return [entering, ended] as const
      })
      .then((both) => Promise.all(both))
    expect([entered, found]).toEqual([true, ['active']])
    await store.close()
  })
})
