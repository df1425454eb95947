// What is older than the retention goes, passing windows sooner, and both then count as never read.
import { expect, it } from 'vitest'
import { noon, onBothBackends } from './backends.ts'

const answer = { quarantinedIds: [], quarantined: 0, readAt: noon, final: false }
const row = { personId: '1', callsCount: 3, talkShare: 0.5 }

onBothBackends((backend) => {
  it('forgets windows, days and cards before the date, and keeps the others', async () => {
    const store = await backend.open()
    const [old, kept] = [
      { from: '2025-10-06', to: '2025-10-13' },
      { from: '2025-11-03', to: '2025-11-10' },
    ]
    for (const period of [old, kept]) {
      await store.windows.replace('interaction', period, { ...answer, rows: [row] })
      const range = { period, scope: 'all' as const, readAt: noon, final: true, quarantined: 0, quarantinedIds: [] }
      await store.records.keepDailyActivity(range, [{ personId: '1', date: period.from, callsAsHost: 2 }])
    }
    // One window, one range and one day lie before 1 November 2025.
    expect(await store.prune('2025-11-01', '2025-11-01')).toBe(3)
    expect((await store.reads.interaction(old, ['1'])).neverRead.has('1')).toBe(true)
    expect((await store.reads.dailyActivity(old, ['1'])).neverRead.has('1')).toBe(true)
    expect((await store.reads.interaction(kept, ['1'])).rows.get('1')).toEqual(row)
    expect((await store.reads.dailyActivity(kept, ['1'])).records).toHaveLength(1)
    expect(await store.prune('2025-11-01', '2025-11-01')).toBe(0)
  })

  it('forgets parts of weeks and readings for a few people sooner than whole weeks', async () => {
    const store = await backend.open()
    const week = { from: '2026-10-05', to: '2026-10-12' }
    const part = { from: '2026-10-05', to: '2026-10-08' }
    await store.windows.replace('interaction', week, { ...answer, rows: [row] })
    await store.windows.replace('interaction', part, { ...answer, rows: [row] })
    await store.windows.replaceFor('activity', week, ['1'], { ...answer, rows: [{ personId: '1', callsAsHost: 2 }] })
    expect(await store.prune('2025-11-01', '2026-10-15')).toBe(2)
    expect((await store.windows.states()).map(({ kind, period, scope }) => ({ kind, period, scope }))).toEqual([
      { kind: 'interaction', period: week, scope: 'all' },
    ])
  })

  it('keeps what a group without names was shown until the retention: fetched anew it could differ by one person', async () => {
    const store = await backend.open()
    const week = { from: '2026-10-05', to: '2026-10-12' }
    await store.windows.replaceFor('activity', week, ['1'], { ...answer, rows: [{ personId: '1', callsAsHost: 2 }] })
    await store.reads.showing('figures', [{ period: week, personIds: ['1', '2'] }])
    expect(await store.prune('2025-11-01', '2026-10-15')).toBe(0)
    await store.windows.replaceFor('activity', week, ['1'], { ...answer, rows: [{ personId: '1', callsAsHost: 3 }] })
    expect((await store.reads.heldBack('figures', week, (await store.people.chart()).version)).activity.get('1')).toEqual({
      row: { personId: '1', callsAsHost: 2 },
    })
    await store.prune('2026-10-12', '2026-10-15')
    expect((await store.reads.heldBack('figures', week, (await store.people.chart()).version)).activity.size).toBe(0)
  })

  it('remembers from when on everything is kept, and has the chart made anew without the places it deletes', async () => {
    const store = await backend.open()
    const person = (id: string, managerId?: string) => ({ id, name: id, emails: [], active: true, ...(managerId && { managerId }) })
    const led = (managerId: string) => [person('1', managerId), person('2'), person('3')]
    await store.people.replaceAll(led('2'), { readAt: noon, seenOn: '2025-10-06' })
    await store.people.replaceAll(led('3'), { readAt: noon, seenOn: '2025-10-13' })
    const before = await store.people.chart()
    expect(before.people.get('1')?.pastPlaces).toHaveLength(1)
    await store.prune('2025-10-01', '2025-10-01')
    expect((await store.people.chart()).version).toBe(before.version)
    await store.prune('2025-11-01', '2025-11-01')
    const after = await store.people.chart()
    expect([after.version > before.version, after.people.get('1')?.pastPlaces ?? []]).toEqual([true, []])
    expect((await store.reads.tenant()).keptFrom).toBe('2025-11-01')
    // A longer retention brings nothing back.
    await store.prune('2025-09-01', '2025-09-01')
    expect((await store.reads.tenant()).keptFrom).toBe('2025-11-01')
  })
})
