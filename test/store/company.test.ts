// The company's facts, secrets, grants and access log.
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { inItsThread } from '../../src/domain/access-record.ts'
import { tables } from '../../src/store/schema.ts'
import { minutesAfterNoon as at, noon, onBothBackends } from './backends.ts'

onBothBackends((backend) => {
  it('keeps facts and settings apart, and answers with the defaults of a company not yet known', async () => {
    const { tenant, reads } = await backend.open()
    expect(await reads.tenant()).toEqual({ contract: 'documented', zone: 'UTC', coachingRows: 'totals', gaps: [] })
    await tenant.set('zone', 'Europe/Berlin')
    await tenant.set('contract', 'live')
    await tenant.saveSetting('zone', 'a setting')
    expect(await reads.tenant()).toEqual({ contract: 'live', zone: 'Europe/Berlin', coachingRows: 'totals', gaps: [] })
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

  it('keeps grants with the day they end on, until those that ended are pruned, and so the log', async () => {
    const { access } = await backend.open()
    const coach = { type: 'coach' as const, personId: '1', until: '2027-01-01' }
    const id = await access.grant('U1', coach, 'UADMIN', noon)
    await access.grant('U1', { type: 'viewer', orgOf: '5' }, 'UADMIN', at(1))
    expect(await access.grantsOf('U1')).toEqual([coach, { type: 'viewer', orgOf: '5' }])
    await access.revoke(id, '2026-11-25')
    // Not later than it ended already.
    await access.revoke(id, '2026-11-26')
    expect(await access.allGrants()).toMatchObject([
      { ...coach, until: '2026-11-25', slackUserId: 'U1' },
      { type: 'viewer', orgOf: '5', slackUserId: 'U1', bySlackId: 'UADMIN', at: at(1) },
    ])
    const view = { at: noon, what: 'view' as const, bySlackId: 'U2', personId: '1', detail: '/gong-stats' }
    const change = { at: at(2), what: 'change' as const, bySlackId: 'U3', detail: 'cards that count' }
    await access.record([view, { ...view, at: at(1) }, change])
    // Two looks in one way within one week are one line; noon is a Wednesday's.
    const { at: _first, personId: _whose, ...way } = view
    const looks = { ...way, times: 2, at: at(1) }
    expect(await access.seenBy(['1'], { limit: 10 })).toEqual({ total: 1, rows: [{ ...looks, week: '2026-11-23' }] })
    // Own looks take no place of others', however many there are.
    await access.record([{ ...view, at: at(3), bySlackId: 'U1' }])
    expect(await access.seenBy(['1'], { limit: 1, exceptSlackId: 'U1' })).toMatchObject({ total: 1, rows: [looks] })
    // What was posted in a channel counts for its owner too: others read it. Its readers come back with it.
    const post = { ...view, at: at(4), bySlackId: 'U1', what: 'delivery' as const, channelName: 'emea', readerIds: ['U1', 'U2'] }
    await access.record([post])
    expect(await access.seenBy(['1'], { limit: 1, exceptSlackId: 'U1' })).toMatchObject({
      total: 2,
      rows: [{ channelName: 'emea', readerIds: ['U1', 'U2'], times: 1, at: at(4) }],
    })
    // What goes on in its thread is the same post; whoever could read a part of it is among its readers.
    await access.record([{ ...post, at: at(5), detail: `${post.detail}${inItsThread}`, readerIds: ['U2', 'U3'] }])
    expect((await access.seenBy(['1'], { limit: 1, exceptSlackId: 'U1' })).rows).toEqual([
      {
        week: '2026-11-23',
        what: 'delivery',
        bySlackId: 'U1',
        detail: post.detail,
        channelName: 'emea',
        readerIds: ['U2', 'U3', 'U1'],
        times: 1,
        at: at(5),
      },
    ])
    expect((await access.seenBy(['1'], { limit: 1, offset: 1, exceptSlackId: 'U1' })).rows).toMatchObject([looks])
    expect(await access.changes(10)).toEqual([change])
    expect(await access.prune(at(1))).toBe(1)
    expect((await access.seenBy(['1'], { limit: 10, exceptSlackId: 'U1' })).rows).toMatchObject([{ channelName: 'emea' }, { times: 1 }])
    expect(await access.grantsOf('U1')).toHaveLength(2)
    await access.pruneRoles('2026-11-26')
    expect(await access.grantsOf('U1')).toEqual([{ type: 'viewer', orgOf: '5' }])
  })

  it('keeps one of the same role given twice, with the end given last, and ends whatever is left of it', async () => {
    const { access, database } = await backend.open()
    const coach = { type: 'coach' as const, personId: '1' }
    await access.grant('U1', { ...coach, until: '2027-01-31' }, 'UADMIN', noon)
    const others = [
      ['U1', { type: 'viewer', orgOf: '1' }],
      ['U1', { type: 'coach', personId: '2' }],
      ['U2', coach],
    ] as const
    for (const [index, [holder, role]] of others.entries()) await access.grant(holder, role, 'UADMIN', at(1 + index))
    const id = await access.grant('U1', { ...coach, until: '2026-12-01' }, 'UOTHER', at(9))
    expect(await access.allGrants()).toMatchObject([
      ...others.map(([slackUserId, role]) => ({ slackUserId, ...role })),
      { id, slackUserId: 'U1', ...coach, until: '2026-12-01', bySlackId: 'UOTHER', at: at(9) },
    ])
    // Versions before this one kept both.
    await database.execute(
      sql`INSERT INTO grants SELECT 'before', slack_user_id, type, subject_id, NULL, by_slack_id, at FROM grants WHERE id = ${id}`,
    )
    await access.revoke(id, '2026-11-25')
    const running = (await access.allGrants()).filter(({ until }) => until !== '2026-11-25')
    expect(running).toMatchObject(others.map(([slackUserId, role]) => ({ slackUserId, ...role })))
    expect(running).toHaveLength(3)
  })

  it('takes a role of a type it does not know for none', async () => {
    const { access, database } = await backend.open()
    await access.grant('U1', { type: 'coach', personId: '1' }, 'UADMIN', noon)
    // As a newer version may write.
    await database.execute(sql`INSERT INTO grants SELECT 'newer', slack_user_id, 'deputy', '2', NULL, by_slack_id, at FROM grants`)
    expect(await access.grantsOf('U1')).toEqual([{ type: 'coach', personId: '1' }])
    expect(await access.allGrants()).toMatchObject([{ type: 'coach', personId: '1' }])
  })

  it('keeps of an admin when they were one last, until it does not matter any more, and not among the roles', async () => {
    const { access, database } = await backend.open()
    await access.keepAdmin('U1')
    const [kept] = await access.grantsOf('U1')
    expect(kept).toEqual({ type: 'admin', until: expect.any(String) })
    expect(await access.roleHolders()).toEqual(new Set(['U1']))
    expect(await database.select().from(tables.grants)).toEqual([])
    await access.pruneRoles(kept?.until ?? '')
    expect(await access.grantsOf('U1')).toEqual([kept])
    await access.pruneRoles('9999-12-31')
    expect(await access.grantsOf('U1')).toEqual([])
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
