// Who may carry out a submitted form, over two replicas of one database.
import { afterEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { createSubmissionStore } from '../../src/store/submissions.ts'
import { openOn } from '../kit/store.ts'
import { onPostgres } from './backends.ts'

onPostgres((database) => {
  const stores: OpenedStore[] = []
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
  })

  it('one replica claims a form; the other learns that it is under way, then that it is done, for a day', async () => {
    const realTime = movableClock(new Date('2026-11-23T09:00:00Z'))
    const after = (ms: number) => realTime.moveTo(new Date(realTime.now().getTime() + ms))
    const url = await database()
    for (let replica = 0; replica < 2; replica += 1) stores.push(await openOn(url, { realTime }))
    const [one, two] = stores.map(({ submissions }) => submissions)
    if (!one || !two) throw new Error('no replicas')
    expect((await Promise.all([one.claim('v h'), two.claim('v h')])).toSorted()).toEqual(['busy', 'mine'])
    await one.settle('v h', false)
    expect(await two.claim('v h')).toBe('mine')
    // A replica that died keeps nobody waiting for longer than half a minute.
    after(30_000)
    expect(await one.claim('v h')).toBe('mine')
    // Work that can last longer says so.
    expect(await one.claim('long', 600_000)).toBe('mine')
    after(599_999)
    expect(await two.claim('long', 600_000)).toBe('busy')
    after(1)
    expect(await two.claim('long', 600_000)).toBe('mine')
    await one.settle('v h', true)
    after(3_600_000)
    expect(await two.claim('v h')).toBe('done')
    await one.settle('long', true)
    await one.withdraw('long')
    expect(await two.claim('long')).toBe('mine')
    after(24 * 3_600_000)
    await two.claim('other')
    await two.settle('other', true)
    expect(await one.claim('v h')).toBe('mine')
  })

  it('what ends at one moment is settled in one statement', async () => {
    const store = await openOn(await database())
    stores.push(store)
    let statements = 0
    const execute: OpenedStore['database']['execute'] = (query) => {
      statements += 1
      return store.database.execute(query)
    }
    const submissions = createSubmissionStore(Object.assign(Object.create(store.database), { execute }), 'database', store.keyedHash)
    const keys = ['a', 'b', 'c']
    const claimed = () => Promise.all(keys.map((key) => submissions.claim(key)))
    expect(await claimed()).toEqual(['mine', 'mine', 'mine'])
    statements = 0
    await Promise.all(keys.map((key) => submissions.settle(key, true)))
    expect(statements).toBe(1)
    expect(await claimed()).toEqual(['done', 'done', 'done'])
  })
})
