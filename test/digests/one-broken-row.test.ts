// One row that is broken stops none of the others: corrections, completions, programmes. What is broken is logged by its id.
import { afterEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { completeDigests } from '../../src/digests/complete-digests.ts'
import { type CorrectionDeps, correctDigests } from '../../src/digests/correct-digests.ts'
import type { Programme } from '../../src/domain/programme.ts'
import type { Delivery } from '../../src/domain/subscription.ts'
import { guarded } from '../../src/guarded.ts'
import { line } from '../../src/render/text/text.ts'
import { bodyOf, madeFor, writeBody } from '../../src/reports/delivery-body.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { fillCompany, worldOf, zone } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const monday = new Date('2026-11-23T08:00:00Z')
const tuesday = new Date('2026-11-24T13:05:00Z')
const subscription = teamDigest({})
const built = (calls: number) => ({
  message: { summary: 'A digest', parts: [{ type: 'text' as const, line: line(`${calls} calls`) }] },
  isEmpty: false,
  shows: [],
  mentions: [],
  figures: { calls },
})
const rowOf = (id: string, body: string): Delivery => ({
  id,
  subscriptionId: subscription.id,
  occurrence: `2026-11-23T09:00[Europe/Berlin] ${id}`,
  dueAt: monday,
  status: 'sent',
  attempts: 1,
  looks: 0,
  channelId: 'C1',
  messageTs: id,
  sentAt: monday,
  body,
  lacks: ['interaction'],
  createdAt: monday,
})
const sound = writeBody({ ...bodyOf(built(6)), members: [], madeFor: madeFor(subscription) })

describe.each([
  ['whose stored body cannot be read', [rowOf('broken', '{'), rowOf('sound', sound)]],
  ['that cannot be built again', [rowOf('broken', sound), rowOf('sound', sound)]],
] as const)('beside a digest %s', (_what, rows) => {
  function deps() {
    const updated: string[] = []
    const kept = keptLog()
    const correction: Omit<CorrectionDeps, 'deliveries'> = {
      subscriptions: { find: async () => subscription },
      poster: {
        async update({ channelId, messageTs }) {
          updated.push(messageTs)
          return { type: 'posted', channelId, messageTs }
        },
      },
      render: renderForSlack(),
      clock: movableClock(tuesday),
      log: kept.log,
      async rebuild(_subscription, delivery) {
        if (delivery.id === 'broken') throw new TypeError('its parts are not iterable')
        return { ...built(9), detail: 'medians', members: [], readers: undefined }
      },
      asAnswered: async (_delivery, message) => message,
      recordSent: async () => undefined,
      timeInWords: () => 'Tue 14:05',
    }
    return { correction, updated, lines: kept.lines }
  }

  it('the next one is corrected', async () => {
    const { correction, updated, lines } = deps()
    const deliveries = { sentSince: async () => rows, history: async () => [], update: async () => undefined }
    expect(await correctDigests({ ...correction, deliveries })).toBe(1)
    expect(updated).toEqual(['sound'])
    expect(lines.filter((each) => each.includes('"deliveryId":"broken"'))).toHaveLength(1)
  })

  it('the next one is completed, and the broken one is not taken for complete', async () => {
    const { correction, updated, lines } = deps()
    const complete: string[] = []
    const deliveries = {
      lackingSince: async () => rows,
      find: async (id: string) => rows.find((row) => row.id === id),
      history: async () => [],
      async update(id: string, change: { readonly lacks?: unknown }) {
        if ('lacks' in change) complete.push(id)
      },
    }
    const periods = { periodOf: () => ({ from: '2026-11-16', to: '2026-11-23' }), missingIn: async () => new Set<never>() }
    expect(await completeDigests({ ...correction, ...periods, deliveries })).toBe(1)
    expect([updated, complete]).toEqual([['sound'], ['sound']])
    expect(lines.filter((each) => each.includes('"deliveryId":"broken"'))).toHaveLength(1)
  })
})

describe('beside a programme whose rule cannot be read', () => {
  let store: OpenedStore | undefined
  afterEach(() => store?.close())

  it('the next one is kept in line', async () => {
    const clock = movableClock(tuesday)
    store = await usualStore({ clock })
    await fillCompany(store, clock.now())
    const programme = (id: string, change: Partial<Programme>): Programme => ({
      id,
      kind: 'personal',
      recurrence: { weekdays: [1], time: '09:00', zone },
      whenEmpty: 'say',
      stage: 'everyone',
      pilotTeams: [],
      ownerSlackId: 'UOWNER',
      status: 'active',
      createdAt: monday,
      ...change,
    })
    await store.subscriptions.insertProgramme(
      programme('broken', { recurrence: { weekdays: [1], time: '09:00', zone: 'Atlantis/Capital' } }),
    )
    await store.subscriptions.insertProgramme(programme('sound', { kind: 'manager', createdAt: tuesday }))
    const { log, lines } = keptLog()
    const world = worldOf({ store, clock, log, slack: { apiUrl: 'http://127.0.0.1:9', botToken: 'none' } })
    await world.start()
    try {
      await world.startJob('align-programmes')
      await world.idle()
    } finally {
      await world.stop()
    }
    expect(await store.subscriptions.ofProgramme('sound')).toHaveLength(1)
    expect(lines.some((each) => each.includes('"programme":"broken"') && each.includes('could not be aligned'))).toBe(true)
  })
})

it("is not for the database's own trouble, of which the others would fail too", async () => {
  const { log, lines } = keptLog()
  const full = Object.assign(new Error('no room'), { code: '53100' })
  await expect(guarded(() => Promise.reject(full), { log }, 'unused')).rejects.toBe(full)
  expect(lines).toEqual([])
  expect(await guarded(() => Promise.reject(new Error('its own')), { log, id: 'd1' }, 'One failed')).toBeUndefined()
  expect(lines).toHaveLength(1)
})
