// Several replicas on one Postgres database: nothing is read twice, the allowance is shared, and what a killed one left is taken up.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { GongRateLimited } from '../../src/errors.ts'
import { onPostgres } from '../store/backends.ts'
import { floorOf, listOf } from './request-lists.ts'
import type { SyncChildOptions } from './sync-child.ts'
import { type SyncWorld, syncWorld } from './world.ts'

let world: SyncWorld | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

onPostgres((database) => {
  let databaseUrl = ''
  beforeEach(async () => {
    databaseUrl = await database()
  })

  it('two that refresh at the same time read every window and range once between them', async () => {
    world = await syncWorld({ databaseUrl })
    const other = await world.replica()
    const [one, two] = await Promise.all([world.sync.refresh('background'), other.sync.refresh('background')])
    // 11 + 11 windows, 10 ranges of days, 14 of cards, 14 of coaching.
    expect(one.done + two.done).toBe(60)
    expect(Math.min(one.done, two.done)).toBeGreaterThan(0)
    // One manager's coaching is asked for beside to settle what the rows are: by each, when both begin at nothing.
    const windows = world.gong.log.all().filter(({ query }) => !query.includes('manager-id'))
    expect(new Set(windows.map(listOf)).size).toBe(windows.length)
    expect(windows.length).toBe(61)
    expect((await other.sync.plan()).due).toEqual([])
  })

  it('two asked the same at the same time read an unusual period once, and both know it then', async () => {
    world = await syncWorld({ databaseUrl })
    const other = await world.replica()
    await world.sync.refresh('background')
    const before = world.gong.log.count()
    const { rep } = world.gong.personas
    const period = { from: '2026-11-10', to: '2026-11-18' }
    const ask = (sync: SyncWorld['sync'], asker: string) =>
      sync.ensureFetched({ period, personIds: [rep.id], asker }, async () => undefined)
    await Promise.all([ask(world.sync, 'U1'), ask(other.sync, 'U2')])
    // Interaction and activity of the eight days and the eight before.
    expect(world.gong.log.count()).toBe(before + 4)
    for (const { store } of [world, other]) expect((await store.reads.interaction(period, [rep.id])).neverRead.size).toBe(0)
  })

  it('share the rate and the day, of which the last tenth stays for scheduled digests', async () => {
    world = await syncWorld({ databaseUrl, perDay: 40, perSecond: 2, requestsPerSecond: 2 })
    const other = await world.replica()
    const outcomes = await Promise.allSettled([world.sync.refresh('background'), other.sync.refresh('background')])
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(GongRateLimited) })
    const asked = world.gong.log.all()
    expect(asked).toHaveLength(36)
    // A Gong of two a second refused none of them.
    expect(asked.every(({ status }) => status === 200)).toBe(true)
    await expect(other.store.budget.reserve({ endpoint: 'x', purpose: 'asked', asker: 'U1', longestWaitMs: 60_000 })).rejects.toThrow(
      GongRateLimited,
    )
    await expect(other.store.budget.reserve({ endpoint: 'x', purpose: 'scheduled', longestWaitMs: 60_000 })).resolves.toBeDefined()
  })

  it('take up what a killed one left: what it had read is not read again', async () => {
    // 110 people: two pages to a window.
    world = await syncWorld({ databaseUrl, people: 110, perSecond: 1000, requestsPerSecond: 1_000_000 })
    const { gong, sync } = world
    const { accessKey, accessKeySecret } = gong.credentials
    const options: SyncChildOptions = { databaseUrl, baseUrl: gong.baseUrl, accessKey, accessKeySecret, zone: gong.zone }
    const child = fork(path.join(import.meta.dirname, 'sync-child.ts'), [JSON.stringify(options)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const exit = once(child, 'exit')
    gong.log.subscribe(({ sequence }) => sequence === 60 && child.kill('SIGKILL'))
    expect((await exit)[1]).toBe('SIGKILL')
    const { due, wanted } = await sync.plan()
    expect(due.length).toBeLessThan(wanted)
    const lost = gong.log.all().length
    // The killed one's lock ends by itself within seconds of real time.
    const goOn = async () => {
      await sync.refresh('background')
      return (await sync.plan()).due
    }
    await expect.poll(goOn).toEqual([])
    const asked = gong.log.all()
    const kept = new Set(asked.slice(lost).map(listOf))
    const twice = [...new Set(asked.slice(0, lost).map(listOf))].filter((list) => kept.has(list))
    // Only the readings under way when it was killed began again: six at most, and one settling request each.
    expect(twice.length).toBeLessThanOrEqual(7)
    expect(asked.length - floorOf(asked.slice(lost))).toBeLessThanOrEqual(lost)
  })
})
