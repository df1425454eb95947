// The company's facts, secrets, grants, access log and request budget.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { GongRateLimited } from '../../src/errors.ts'
import { minutesAfterNoon as at, noon, onBothBackends, stillClock } from './backends.ts'

onBothBackends((backend) => {
  it('keeps facts and settings apart, and answers with the defaults of a company not yet known', async () => {
    const { tenant, reads } = await backend.open()
    expect(await reads.tenant()).toEqual({ contract: 'documented', zone: 'UTC', coachingRows: 'totals' })
    await tenant.set('zone', 'Europe/Berlin')
    await tenant.set('contract', 'live')
    await tenant.saveSetting('zone', 'a setting')
    expect(await reads.tenant()).toEqual({ contract: 'live', zone: 'Europe/Berlin', coachingRows: 'totals' })
    expect(await tenant.setting('zone')).toBe('a setting')
  })

  it('lets one at a time refresh a secret, and keeps the former one when the refresh fails', async () => {
    const { tenant } = await backend.open()
    let inside = 0
    const refresh = () =>
      tenant.secret('oauth', async (current) => {
        inside += 1
        expect(inside).toBe(1)
        // Asking the store from inside must not wait for itself.
        await tenant.set('api-base-url', 'https://api.gong.example')
        inside -= 1
        return { value: `${current ?? ''}x`, result: current }
      })
    expect(await Promise.all([refresh(), refresh(), refresh()])).toEqual([undefined, 'x', 'xx'])
    await expect(tenant.secret('oauth', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect(await tenant.secret('oauth', async (current) => ({ result: current }))).toBe('xxx')
  })

  it('keeps grants until they are revoked, and the log until it is pruned', async () => {
    const { access } = await backend.open()
    const coach = { type: 'coach' as const, personId: '1', until: '2027-01-01' }
    const id = await access.grant('U1', coach, 'UADMIN', noon)
    await access.grant('U1', { type: 'viewer', orgOf: '5' }, 'UADMIN', at(1))
    expect(await access.grantsOf('U1')).toEqual([coach, { type: 'viewer', orgOf: '5' }])
    await access.revoke(id)
    expect(await access.allGrants()).toMatchObject([{ type: 'viewer', orgOf: '5', slackUserId: 'U1', bySlackId: 'UADMIN', at: at(1) }])
    const view = { at: noon, what: 'view' as const, bySlackId: 'U2', personId: '1', detail: '/gong-stats' }
    const change = { at: at(2), what: 'change' as const, bySlackId: 'U3', detail: 'cards that count' }
    await access.record([view, { ...view, at: at(1) }, change])
    expect(await access.seenBy('1', 10)).toEqual([{ ...view, at: at(1) }, view])
    // Own looks take no place of others', however many there are.
    await access.record([{ ...view, at: at(3), bySlackId: 'U1' }])
    expect(await access.seenBy('1', 1, 'U1')).toEqual([{ ...view, at: at(1) }])
    expect(await access.changes(10)).toEqual([change])
    expect(await access.prune(at(1))).toBe(1)
    expect(await access.seenBy('1', 10, 'U1')).toHaveLength(1)
  })

  it('spaces requests by the rate, and waits out what Gong asks for', async () => {
    const realTime = stillClock()
    const { budget } = await backend.open({ realTime, budget: { perSecond: 2, perDay: 100 } })
    const wait = async () => (await budget.reserve({ endpoint: 'x', purpose: 'scheduled' })).waitMs
    // Two a second: one every 500 ms.
    expect([await wait(), await wait(), await wait()]).toEqual([0, 500, 1000])
    realTime.moveTo(new Date(noon.getTime() + 10_000))
    expect(await wait()).toBe(0)
    await budget.holdFor(60_000)
    expect(await wait()).toBe(60_000)
  })

  it('keeps the last tenth of the day for scheduled work and starts anew the next day', async () => {
    const clock = movableClock(noon)
    const { budget } = await backend.open({ clock, budget: { perSecond: 1000, perDay: 20 } })
    const ask = (purpose: 'scheduled' | 'background') => budget.reserve({ endpoint: 'x', purpose })
    // A tenth of 20 is 2: others may take 18.
    for (let count = 0; count < 18; count += 1) await ask('background')
    const refusal = await ask('background').catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(GongRateLimited)
    // Noon in Berlin is 11:00 UTC: 13 hours to midnight.
    expect(refusal).toMatchObject({ by: 'budget', retryAfterMs: 13 * 3_600_000 })
    await ask('scheduled')
    await ask('scheduled')
    await expect(ask('scheduled')).rejects.toThrow(GongRateLimited)
    expect(await budget.today()).toEqual({ used: 20, perDay: 20, perSecond: 1000 })
    clock.moveTo(new Date('2026-11-26T00:00:00Z'))
    expect((await budget.today()).used).toBe(0)
    await ask('background')
    expect((await budget.today()).used).toBe(1)
  })

  it('gives one asker a twentieth of the day, and others theirs', async () => {
    const { budget } = await backend.open({ budget: { perSecond: 1000, perDay: 40 } })
    const ask = (asker: string) => budget.reserve({ endpoint: 'x', purpose: 'asked', asker })
    // A twentieth of 40 is 2.
    await ask('U1')
    await ask('U1')
    await expect(ask('U1')).rejects.toThrow(GongRateLimited)
    await ask('U2')
    expect((await budget.today()).used).toBe(3)
  })

  it('runs work of one name once at a time, other names beside it', async () => {
    const store = await backend.open()
    const outcome = await store.exclusively('refresh', async () => [
      await store.exclusively('refresh', async () => 'again'),
      await store.exclusively('other', async () => 'beside'),
    ])
    expect(outcome).toEqual([undefined, 'beside'])
    await expect(store.exclusively('refresh', () => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
    expect(await store.exclusively('refresh', async () => 'free again')).toBe('free again')
  })
})
