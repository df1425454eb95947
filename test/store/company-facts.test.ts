// What nearly every answer asks of the company, over two replicas of one database: one statement a reading, never an older state of it.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Programme } from '../../src/domain/programme.ts'
import { asOneReading } from '../../src/one-reading.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { openOn } from '../kit/store.ts'
import { onPostgres } from './backends.ts'

const programme: Programme = {
  id: 'programme',
  kind: 'manager',
  recurrence: { weekdays: [1], time: '12:30', zone: 'Europe/Berlin' },
  stage: 'pilot',
  pilotTeams: ['1'],
  whenEmpty: 'say',
  ownerSlackId: 'UBOSS',
  status: 'active',
  createdAt: new Date('2026-11-23T09:00:00.123Z'),
}

const readAt = new Date('2026-11-24T08:30:00.457Z')

onPostgres((database) => {
  let here: OpenedStore
  let there: OpenedStore
  beforeEach(async () => {
    const url = await database()
    here = await openOn(url)
    there = await openOn(url)
  })
  afterEach(async () => {
    await here.close()
    await there.close()
  })

  it('are as they were written, to the millisecond', async () => {
    await here.subscriptions.insertProgramme(programme)
    await here.people.replaceAll([{ id: '1', name: 'Ana', emails: [], active: true }], { readAt, seenOn: '2026-11-24' })
    await here.tenant.set('zone', 'Europe/Berlin')
    expect(await there.subscriptions.programmes()).toEqual([programme])
    expect(await there.people.readAt()).toEqual(readAt)
    expect(await there.directory.readAt()).toBeUndefined()
    expect(await there.tenant.get('zone')).toBe('Europe/Berlin')
    expect(await there.tenant.get('contract')).toBeUndefined()
  })

  it('stay the same for one reading while somebody else changes them, and not for the next', async () => {
    const changed = Promise.withResolvers<void>()
    const wasRead = Promise.withResolvers<void>()
    const reading = asOneReading(async () => {
      const before = [await here.tenant.get('zone'), (await here.subscriptions.programmes()).length]
      wasRead.resolve()
      await changed.promise
      return [before, [await here.tenant.get('zone'), (await here.subscriptions.programmes()).length]]
    })
    await wasRead.promise
    await there.tenant.set('zone', 'Europe/Berlin')
    await there.subscriptions.insertProgramme(programme)
    changed.resolve()
    expect(await reading).toEqual([
      [undefined, 0],
      [undefined, 0],
    ])
    expect([await here.tenant.get('zone'), (await here.subscriptions.programmes()).length]).toEqual(['Europe/Berlin', 1])
  })

  it('are read anew by whoever wrote one of them', async () => {
    const answers = await asOneReading(async () => {
      const before = await here.people.readAt()
      await here.people.replaceAll([{ id: '1', name: 'Ana', emails: [], active: true }], { readAt, seenOn: '2026-11-24' })
      const people = (await here.people.chart()).people.size
      await here.tenant.saveSetting('gap:managers', '{}')
      return [before, people, await here.people.readAt(), await here.tenant.setting('gap:managers')]
    })
    expect(answers).toEqual([undefined, 1, readAt, '{}'])
  })
})
