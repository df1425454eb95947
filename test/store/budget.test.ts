// The request budget that replicas share: rate, pauses, the day's shares, and marks of clocks that went wrong.
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { RequestBudget } from '../../src/domain/gong-ports.ts'
import { GongRateLimited } from '../../src/errors.ts'
import { createBudget } from '../../src/store/budget.ts'
import { createForgotten } from '../../src/store/people/forgotten.ts'
import { noon, onBothBackends, stillClock } from './backends.ts'

const dayMs = 86_400_000

onBothBackends((backend) => {
  it('spaces requests by the rate, and waits out what Gong asks for', async () => {
    const realTime = stillClock()
    const { budget } = await backend.open({ realTime, budget: { perSecond: 2, perDay: 100 } })
    const wait = async () => (await budget.reserve({ endpoint: 'x', purpose: 'scheduled', longestWaitMs: 60_000 })).waitMs
    // Two a second: one every 500 ms.
    expect([await wait(), await wait(), await wait()]).toEqual([0, 500, 1000])
    realTime.moveTo(new Date(noon.getTime() + 10_000))
    expect(await wait()).toBe(0)
    await budget.pauseFor(60_000)
    expect(await wait()).toBe(60_000)
  })

  it('says whose share is used up, and how much that is', async () => {
    const { budget } = await backend.open({ budget: { perSecond: 1000, perDay: 100 } })
    const ask = (asker: string) => budget.reserve({ endpoint: 'x', purpose: 'asked', asker, longestWaitMs: 60_000 })
    // A twentieth of 100 each; the last tenth is for digests.
    for (let count = 0; count < 5; count += 1) await ask('U1')
    await expect(ask('U1')).rejects.toMatchObject({ by: 'budget', share: { whose: 'asker', requests: 5 } })
    expect((await budget.today()).perAsker).toBe(5)
    for (let at = 0; at < 85; at += 1) await ask(`V${at}`)
    await expect(ask('U2')).rejects.toMatchObject({ by: 'budget', share: { whose: 'company', requests: 90 } })
  })

  it('a request a pause has kept gets its slot after the pause, and counts once', async () => {
    const realTime = stillClock()
    const { budget } = await backend.open({ realTime, budget: { perSecond: 2, perDay: 100 } })
    const ask = (isHeld?: true) => budget.reserve({ endpoint: 'x', purpose: 'background', longestWaitMs: 60_000, isHeld })
    expect([await ask(), await ask(), await ask()]).toEqual([{ waitMs: 0 }, { waitMs: 500 }, { waitMs: 1000 }])
    expect(await budget.pausedForMs()).toBe(0)
    await budget.pauseFor(5000)
    realTime.moveTo(new Date(noon.getTime() + 500))
    expect(await budget.pausedForMs()).toBe(4500)
    // Both that had not left follow at the rate.
    expect([await ask(true), await ask(true)]).toEqual([{ waitMs: 4500 }, { waitMs: 5000 }])
    expect((await budget.today()).used).toBe(3)
    realTime.moveTo(new Date(noon.getTime() + 5000))
    expect(await budget.pausedForMs()).toBe(0)
  })

  it('takes neither a slot nor a part of the day for a request that would have to wait too long', async () => {
    const { budget } = await backend.open({ realTime: stillClock(), budget: { perSecond: 2, perDay: 100 } })
    const wait = async (longestWaitMs: number) => (await budget.reserve({ endpoint: 'x', purpose: 'scheduled', longestWaitMs })).waitMs
    expect(await wait(0)).toBe(0)
    await expect(wait(499)).rejects.toMatchObject({ by: 'gong', retryAfterMs: 500 })
    await expect(wait(499)).rejects.toThrow(GongRateLimited)
    expect(await wait(500)).toBe(500)
    expect((await budget.today()).used).toBe(2)
  })

  it('pauses for a day at most, whatever is asked for, and says how long and why', async () => {
    const realTime = stillClock()
    const { budget } = await backend.open({ realTime, budget: { perSecond: 2, perDay: 100 } })
    const ask = () => budget.reserve({ endpoint: 'x', purpose: 'scheduled', longestWaitMs: 60_000 })
    expect(await budget.pause()).toBeUndefined()
    for (const askedMs of [99_999_999_000, Date.parse('9999-12-31T23:59:59Z') - noon.getTime(), 1_795_690_000_000_000]) {
      await budget.pauseFor(askedMs)
      expect(await budget.pause()).toEqual({ leftMs: dayMs, askedMs })
    }
    await budget.pauseFor(Number.POSITIVE_INFINITY)
    await budget.pauseFor(5000)
    // A shorter one said meanwhile changes nothing.
    expect(await budget.pause()).toEqual({ leftMs: dayMs, askedMs: Number.MAX_SAFE_INTEGER })
    realTime.moveTo(new Date(noon.getTime() + dayMs - 60_001))
    await expect(ask()).rejects.toMatchObject({ by: 'gong', retryAfterMs: 60_001 })
    realTime.moveTo(new Date(noon.getTime() + dayMs - 60_000))
    expect(await ask()).toEqual({ waitMs: 60_000 })
    realTime.moveTo(new Date(noon.getTime() + dayMs))
    expect(await budget.pause()).toBeUndefined()
    expect(await ask()).toEqual({ waitMs: 500 })
  })

  it('lets requests go out at once when a pause is ended', async () => {
    const { budget } = await backend.open({ realTime: stillClock(), budget: { perSecond: 2, perDay: 100 } })
    await budget.pauseFor(dayMs)
    await budget.endPause()
    expect(await budget.pause()).toBeUndefined()
    expect(await budget.reserve({ endpoint: 'x', purpose: 'scheduled', longestWaitMs: 0 })).toEqual({ waitMs: 0 })
  })

  it('does not believe a slot or a pause that lies further ahead than a day', async () => {
    const { budget, database } = await backend.open({ realTime: stillClock(), budget: { perSecond: 2, perDay: 100 } })
    const ask = () => budget.reserve({ endpoint: 'x', purpose: 'scheduled', longestWaitMs: 60_000 })
    const mark = (column: string, aheadMs: number) =>
      database.execute(sql`UPDATE request_budget SET ${sql.identifier(column)} = ${noon.getTime() + aheadMs}::float8`)
    await mark('next_slot_ms', dayMs + 1)
    await mark('paused_until_ms', 400 * dayMs)
    expect(await budget.pause()).toBeUndefined()
    expect(await ask()).toEqual({ waitMs: 0 })
    // As an earlier version kept a pause: in the slot alone.
    await mark('next_slot_ms', dayMs)
    expect(await budget.pause()).toEqual({ leftMs: dayMs })
    await expect(ask()).rejects.toMatchObject({ by: 'gong', retryAfterMs: dayMs })
    await budget.endPause()
    expect(await ask()).toEqual({ waitMs: 0 })
  })

  it('counts one day for replicas whose clocks are on two sides of midnight, and does not believe a day after that', async () => {
    const clock = movableClock(new Date('2026-11-25T23:55:00Z'))
    const { budget, database } = await backend.open({ clock, budget: { perSecond: 1000, perDay: 20 } })
    const ahead = createBudget(
      database,
      { perSecond: 1000, perDay: 20 },
      movableClock(new Date('2026-11-26T00:05:00Z')),
      'database',
      createForgotten(database, 'a key'),
    )
    const astray = createBudget(
      database,
      { perSecond: 1000, perDay: 20 },
      movableClock(new Date('2027-11-26T00:05:00Z')),
      'database',
      createForgotten(database, 'a key'),
    )
    const ask = (by: RequestBudget) => by.reserve({ endpoint: 'x', purpose: 'background', longestWaitMs: 60_000 })
    await ask(budget)
    await ask(ahead)
    await ask(budget)
    await ask(ahead)
    // The first of the four was yesterday's.
    expect(await ahead.today()).toMatchObject({ used: 3 })
    expect(await budget.today()).toMatchObject({ used: 3 })
    await ask(astray)
    expect(await budget.today()).toMatchObject({ used: 0 })
    await ask(budget)
    expect(await budget.today()).toMatchObject({ used: 1 })
  })

  it('keeps the last tenth of the day for scheduled work and starts anew the next day', async () => {
    const clock = movableClock(noon)
    const { budget } = await backend.open({ clock, budget: { perSecond: 1000, perDay: 20 } })
    const ask = (purpose: 'scheduled' | 'background') => budget.reserve({ endpoint: 'x', purpose, longestWaitMs: 60_000 })
    // A tenth of 20 is 2: others may take 18.
    for (let count = 0; count < 18; count += 1) await ask('background')
    const refusal = await ask('background').catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(GongRateLimited)
    // Noon in Berlin is 11:00 UTC: 13 hours to midnight.
    expect(refusal).toMatchObject({ by: 'budget', retryAfterMs: 13 * 3_600_000 })
    await ask('scheduled')
    await ask('scheduled')
    await expect(ask('scheduled')).rejects.toThrow(GongRateLimited)
    expect(await budget.today()).toMatchObject({ used: 20, perDay: 20, perSecond: 1000 })
    clock.moveTo(new Date('2026-11-26T00:00:00Z'))
    expect((await budget.today()).used).toBe(0)
    await ask('background')
    expect((await budget.today()).used).toBe(1)
  })

  it('gives one asker a twentieth of the day, and others theirs', async () => {
    const { budget } = await backend.open({ budget: { perSecond: 1000, perDay: 40 } })
    const ask = (asker: string) => budget.reserve({ endpoint: 'x', purpose: 'asked', asker, longestWaitMs: 60_000 })
    // A twentieth of 40 is 2.
    await ask('U1')
    await ask('U1')
    await expect(ask('U1')).rejects.toThrow(GongRateLimited)
    await ask('U2')
    expect((await budget.today()).used).toBe(3)
  })
})
