// Windows: replaced whole, read with the right precedence, the same on both databases.
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { asOneReading } from '../../src/one-reading.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { minutesAfterNoon, noon, onBothBackends } from './backends.ts'

const week = { from: '2026-11-16', to: '2026-11-23' }
const answer = { quarantinedIds: [], quarantined: 0, readAt: noon, final: false }
const late = { ...answer, readAt: minutesAfterNoon(30) }

onBothBackends((backend) => {
  it('gives figures back exactly as they were kept, and missing ones as missing', async () => {
    const store = await backend.open()
    const row = { personId: '12345678901234567890', callsCount: 3, talkShare: 0.1 + 0.2, patience: 1 / 3 }
    await store.windows.replace('interaction', week, { ...answer, rows: [row] })
    const read = await store.reads.interaction(week, [row.personId, '2'])
    expect(read.rows.get(row.personId)).toEqual(row)
    expect([...read.rows.keys()]).toEqual([row.personId])
    expect(read.readAt).toEqual(noon)
    expect(read.neverRead.size).toBe(0)
  })

  it('says who was never read, and gives no reading time when nothing was', async () => {
    const store = await backend.open()
    const read = await store.reads.activity(week, ['1', '2'])
    expect([...read.neverRead]).toEqual(['1', '2'])
    expect(read.readAt).toBeUndefined()
  })

  it('replaces a window whole: rows of the former answer are gone', async () => {
    const store = await backend.open()
    await store.windows.replace('activity', week, {
      ...answer,
      rows: [
        { personId: '1', callsAsHost: 4 },
        { personId: '2', callsAsHost: 5 },
      ],
    })
    await store.windows.replace('activity', week, { ...late, rows: [{ personId: '2', callsAsHost: 6 }] })
    const read = await store.reads.activity(week, ['1', '2'])
    expect([...read.rows.values()]).toEqual([{ personId: '2', callsAsHost: 6 }])
    expect(read.readAt).toEqual(late.readAt)
    expect(await store.windows.states()).toEqual([
      { kind: 'activity', period: week, scope: 'all', readAt: late.readAt, final: false, rows: 1, quarantined: 0 },
    ])
  })

  it('keeps the former answer when writing the new one breaks off in the middle', async () => {
    const store = await backend.open()
    await store.windows.replace('activity', week, { ...answer, rows: [{ personId: '1', callsAsHost: 4 }] })
    // 3,000 rows are written in two chunks; the last row cannot be written, after the first chunk was.
    const rows = Array.from({ length: 3000 }, (_, index) => ({ personId: `${index}`, callsAsHost: index }))
    const broken = [...rows, { personId: 'x', callsAsHost: 1n as unknown as number }]
    await expect(store.windows.replace('activity', week, { ...late, rows: broken })).rejects.toThrow()
    const read = await store.reads.activity(week, ['1', '2'])
    expect([...read.rows.values()]).toEqual([{ personId: '1', callsAsHost: 4 }])
    expect(read.readAt).toEqual(noon)
  })

  it('never shows a reader half of a window that is being replaced', async () => {
    const store = await backend.open()
    const ids = Array.from({ length: 3000 }, (_, index) => `${index}`)
    const rowsOf = (calls: number) => ids.map((personId) => ({ personId, callsAsHost: calls }))
    await store.windows.replace('activity', week, { ...answer, rows: rowsOf(1) })
    const writing = store.windows.replace('activity', week, { ...late, rows: rowsOf(2) })
    const seen = await Promise.all(Array.from({ length: 5 }, () => store.reads.activity(week, ids)))
    await writing
    for (const read of seen) {
      expect(read.rows.size).toBe(3000)
      expect(new Set([...read.rows.values()].map((row) => row.callsAsHost)).size).toBe(1)
    }
  })

  it("takes a person's own window only when it is newer than the company's, and says the older reading time", async () => {
    const store = await backend.open()
    const own = (calls: number) => ({ rows: [{ personId: '1', callsAsHost: calls }] })
    await store.windows.replaceFor('activity', week, ['1', '3'], { ...answer, ...own(1) })
    const alone = await store.reads.activity(week, ['1', '2', '3'])
    expect([...alone.neverRead]).toEqual(['2'])
    expect(alone.rows.get('1')).toEqual({ personId: '1', callsAsHost: 1 })
    await store.windows.replace('activity', week, {
      ...answer,
      rows: [
        { personId: '1', callsAsHost: 2 },
        { personId: '2', callsAsHost: 9 },
      ],
    })
    expect((await store.reads.activity(week, ['1'])).rows.get('1')?.callsAsHost).toBe(2)
    await store.windows.replaceFor('activity', week, ['1'], { ...late, ...own(3) })
    const both = await store.reads.activity(week, ['1', '2'])
    expect(both.rows.get('1')?.callsAsHost).toBe(3)
    expect(both.rows.get('2')?.callsAsHost).toBe(9)
    expect(both.readAt).toEqual(noon)
    expect((await store.reads.activity(week, ['1'])).readAt).toEqual(late.readAt)
  })

  it('keeps nobody a scoped answer was not asked about', async () => {
    const store = await backend.open()
    const rows = [
      { personId: '1', talkShare: 0.5 },
      { personId: '2', talkShare: 0.6 },
    ]
    await store.windows.replaceFor('interaction', week, ['1'], { ...answer, rows })
    const read = await store.reads.interaction(week, ['1', '2'])
    expect([...read.rows.keys()]).toEqual(['1'])
    expect([...read.neverRead]).toEqual(['2'])
  })

  it('counts records set aside for the people asked about, and those of nobody known for everyone', async () => {
    const store = await backend.open()
    // Three set aside: one of person 1, one of person 2, one of whom Gong did not say whose it was.
    await store.windows.replace('activity', week, { ...answer, rows: [], quarantinedIds: ['1', '2'], quarantined: 3 })
    const read = await store.reads.activity(week, ['1', '9'])
    expect([...read.quarantinedPeople]).toEqual(['1'])
    expect(read.quarantined).toBe(2)
    expect((await store.windows.state('activity', week, 'all'))?.quarantined).toBe(3)
  })

  it("gives a manager's coaching rows, totals and per report", async () => {
    const store = await backend.open()
    const rows = [
      { managerId: '1', callsListenedTo: 7 },
      { managerId: '1', reportId: '11', callsListenedTo: 2, commentsGiven: 0 },
      { managerId: '2', scorecardsFilled: 1 },
    ]
    await store.windows.replace('coaching', week, { ...answer, rows })
    const read = await store.reads.coaching(week, ['1', '3'])
    expect(read.rows.get('1')).toEqual(expect.arrayContaining(rows.slice(0, 2)))
    expect(read.rows.get('1')).toHaveLength(2)
    expect(read.rows.has('3')).toBe(false)
    expect(read.neverRead.size).toBe(0)
  })

  describe('within one reading', () => {
    const calls = (store: OpenedStore, ids: readonly string[]) =>
      store.reads.activity(week, ids).then(({ rows }) => ids.map((id) => rows.get(id)?.callsAsHost))
    const keep = (store: OpenedStore, first: number, second: number) =>
      store.windows.replace('activity', week, {
        ...answer,
        rows: [
          { personId: '1', callsAsHost: first },
          { personId: '2', callsAsHost: second },
        ],
      })
    /** Does `meanwhile` outside the reading, after these two were read in it; then reads `ids` in it. */
    const readAgain = async (store: OpenedStore, ids: readonly string[], meanwhile: () => Promise<unknown>) => {
      const wasRead = Promise.withResolvers<void>()
      const isChanged = Promise.withResolvers<void>()
      const reading = asOneReading(async () => {
        await calls(store, ['1', '2'])
        wasRead.resolve()
        await isChanged.promise
        return calls(store, ids)
      })
      await wasRead.promise
      await meanwhile()
      isChanged.resolve()
      return reading
    }

    it('figures of the same people, and of some of them, stay what they were; of others they are read', async () => {
      const store = await backend.open()
      await keep(store, 4, 5)
      expect(await readAgain(store, ['2'], () => keep(store, 6, 7))).toEqual([5])
      expect(await calls(store, ['2'])).toEqual([7])
      expect(await readAgain(store, ['2', '3'], () => keep(store, 8, 9))).toEqual([9, undefined])
    })

    it('they are read anew once a group is to be shown without names: a change from there on is held back', async () => {
      const store = await backend.open()
      await keep(store, 4, 5)
      const shown = asOneReading(async () => {
        await calls(store, ['1', '2'])
        await store.database.execute(sql`UPDATE activity_rows SET calls_as_host = 6 WHERE person_id = '1'`)
        await store.reads.showing('figures', [{ period: week, personIds: ['1', '2'] }])
        return calls(store, ['1', '2'])
      })
      expect(await shown).toEqual([6, 5])
    })
  })
})
