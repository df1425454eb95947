// What waited for figures when somebody paused its digest is not posted later, and the history says why; posting it by hand ends the pause.
import { expect, it } from 'vitest'
import type { DigestServiceDeps } from '../../../src/digests/deps.ts'
import { skipNextRun } from '../../../src/digests/pause-digest.ts'
import { postAgain, takeOverDigest } from '../../../src/digests/send-digest.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { delivering, memorySlack, onBothStores } from './delivering.ts'

const company = { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 } as const
const monday = new Date('2026-11-23T08:00:00Z')
const dayMs = 24 * 3_600_000
const admin: Viewer = { slackUserId: 'UADMIN', standing: 'member', isAdmin: true, grants: [] }
const chart = orgChart([
  { id: '100', name: 'Priya Nair', emails: [], active: true },
  { id: '101', name: 'Ana Diaz', emails: [], active: true, managerId: '100' },
])

onBothStores((store) => {
  /** Monday's run, which waits for figures until they are ready. */
  async function waiting(occurrence?: string) {
    const slack = memorySlack()
    let isReady = false
    const work = await delivering({
      store: store(),
      slack,
      parts: {
        build: async () =>
          isReady
            ? {
                type: 'ready',
                readBy: 'nobody',
                detail: 'medians',
                built: { message: { summary: 'EMEA', parts: [] }, shows: [], figures: {}, mentions: [] },
              }
            : { type: 'later', retryAfterMs: 300_000, reason: 'Gong cannot be read' },
      },
    })
    if (occurrence === undefined) await work.reserve()
    else {
      const row = { id: work.idOf('row-1'), subscriptionId: work.idOf('sub-1'), occurrence, dueAt: monday, createdAt: monday }
      await store().deliveries.reserve(row, {})
    }
    await work.deliver()
    expect(slack.posted).toEqual([])
    const ready = async (afterMs = 600_000) => {
      isReady = true
      await work.after(afterMs)
      return { posts: slack.posted.length, row: await work.row() }
    }
    const subscriptions = { ...store().subscriptions, find: async () => work.subscription() }
    const deps = {
      store: { ...store(), subscriptions, people: { chart: async () => chart }, access: { record: async () => undefined } },
      clock: work.clock,
      company,
      gate: { check: async () => slack.gate },
      namesInChannels: 'ask',
      viewerOf: async () => ({ ...admin, isAdmin: false }),
      nameOf: async (id: string) => id,
      wake: async () => undefined,
      nudge: () => undefined,
    } as unknown as DigestServiceDeps
    return { work, ready, deps }
  }
  const until = (pausedUntil: string): Partial<Subscription> => ({ pausedUntil, nextAt: new Date('2027-01-04T08:00:00Z') })

  it.each([
    ['until tomorrow', undefined, until('2026-11-24'), 600_000],
    ['until next year', undefined, until('2027-01-01'), 600_000],
    ['until tomorrow, and the figures come then', undefined, until('2026-11-24'), dayMs],
    ['until somebody resumes it', undefined, { status: 'paused' } as const, 600_000],
    ['until after the day it was moved to', 'moved:2026-11-24', until('2026-11-25'), 600_000],
  ])('paused %s it is left out', async (_, occurrence, change, afterMs) => {
    const { work, ready } = await waiting(occurrence)
    await work.change(change)
    expect(await ready(afterMs)).toMatchObject({ posts: 0, row: { status: 'skipped', reason: 'paused' } })
  })

  it.each([
    ['the pause ends on its day', undefined, until('2026-11-23')],
    ['it was moved to the day the pause ends', 'moved:2026-11-25', until('2026-11-25')],
    ['somebody sends it by hand', 'manual:1', until('2027-01-01')],
  ])('it is posted where %s', async (_, occurrence, change) => {
    const { work, ready } = await waiting(occurrence)
    await work.change(change)
    expect(await ready()).toMatchObject({ posts: 1, row: { status: 'sent' } })
  })

  it('is posted by whoever posts it again, which ends the pause', async () => {
    const { work, ready, deps } = await waiting()
    await store().deliveries.update(work.idOf('row-1'), { status: 'held', retryAt: null, leaseUntil: null })
    await work.change(until('2027-01-01'))
    await postAgain(admin, work.idOf('row-1'), deps)
    expect(await ready()).toMatchObject({ posts: 1 })
    const after = await work.subscription()
    expect([after?.pausedUntil, after?.nextAt]).toEqual([undefined, new Date('2026-11-30T08:00:00Z')])
  })

  it('is posted by whoever takes it over after the pause, without names or the name its owner gave it', async () => {
    const { work, ready, deps } = await waiting()
    await store().deliveries.update(work.idOf('row-1'), { status: 'held', retryAt: null, leaseUntil: null })
    await work.change({ ...until('2026-11-25'), showNames: true, name: 'Watch closely' })
    await work.after(3 * dayMs)
    const taken = await takeOverDigest(admin, work.idOf('row-1'), deps)
    expect([taken.namesOff, taken.subscription.showNames, taken.subscription.name]).toEqual([true, false, undefined])
    expect(await ready()).toMatchObject({ posts: 1 })
    expect(await work.subscription()).toMatchObject({ ownerSlackId: 'UADMIN', showNames: false })
  })

  it('is not said to be skipped where it was reserved a moment before; the one after can be', async () => {
    const { work, deps } = await waiting()
    await work.change({ nextAt: monday })
    await expect(skipNextRun(admin, work.idOf('sub-1'), deps)).rejects.toThrow('is on its way')
    expect(await work.row()).toMatchObject({ status: 'reserved' })
    const { run, entry } = await skipNextRun(admin, work.idOf('sub-1'), deps)
    expect([run.date, entry.nextRun?.date]).toEqual(['2026-11-30', '2026-12-07'])
  })
})
