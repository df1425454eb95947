// After a power loss or a failover the database may have forgotten that a digest was posted: its row is reserved anew, and says that
// nothing happened. Then the channel is asked first.
import { describe, expect, it } from 'vitest'
import { deliveryIdOf } from '../../../src/domain/delivery-id.ts'
import { rowOf } from '../../../src/domain/planned-run.ts'
import { teamDigest } from '../../kit/team-digest.ts'
import { delivering, memorySlack, onBothStores } from './delivering.ts'

const minutesMs = 60_000

onBothStores((store) => {
  /** A digest that was posted at nine; its row is lost with everything of the minutes before five past. */
  async function afterLoss(parts: Parameters<typeof delivering>[0]['parts'] = {}, minutesLater = 5) {
    const slack = memorySlack()
    const work = await delivering({ store: store(), slack, parts })
    const lostAt = new Date(work.clock.now().getTime() + minutesLater * minutesMs)
    await work.reserve()
    return { slack, work, worker: work.worker({ lostRows: async () => ({ from: lostAt, to: lostAt }) }) }
  }

  describe('a digest whose row was lost', () => {
    it('is found by its mark and confirmed, and its record is written, not posted again', async () => {
      const recorded: string[] = []
      const { slack, work, worker } = await afterLoss({
        build: async () => ({
          type: 'ready',
          readBy: 'nobody',
          detail: 'by-name',
          built: { message: { summary: 'Ana: talk ratio 51 %', parts: [] }, shows: ['101'], mentions: [], figures: {} },
        }),
        recordSent: async (_s, delivery) => void recorded.push(delivery.id),
      })
      await worker.deliver()
      expect(slack.posted).toHaveLength(1)
      // Everything since is forgotten.
      await store().deliveries.update(slack.posted[0]?.deliveryId ?? '', {
        status: 'reserved',
        messageTs: null,
        postedAttemptAt: null,
        body: null,
        sentAt: null,
      })
      await worker.after(5 * minutesMs)
      expect(slack.posted).toHaveLength(1)
      expect(work.postedRows()).toEqual(['row-1'])
      expect((await store().deliveries.find(slack.posted[0]?.deliveryId ?? ''))?.status).toBe('sent')
      expect(recorded).toHaveLength(2)
    })

    it('is posted where the channel does not have it', async () => {
      const { slack, worker } = await afterLoss()
      await worker.after(5 * minutesMs)
      expect(slack.posted).toHaveLength(1)
    })

    it('is posted where the bot may not look, and waits where Slack does not answer', async () => {
      const blind = await afterLoss()
      blind.slack.look = { type: 'blind', error: 'missing_scope' }
      await blind.worker.after(5 * minutesMs)
      expect(blind.slack.posted).toHaveLength(1)
      const away = await afterLoss()
      away.slack.look = { type: 'failed', failure: { type: 'unreached', error: 'ECONNREFUSED' } }
      await away.worker.after(5 * minutesMs)
      expect(away.slack.posted).toHaveLength(0)
      away.slack.look = undefined
      await away.worker.after(5 * minutesMs)
      expect(away.slack.posted).toHaveLength(1)
    })
  })

  it('is posted where Slack refuses the question', async () => {
    const { slack, worker } = await afterLoss()
    slack.look = { type: 'failed', failure: { type: 'refused', error: 'team_access_not_granted' } }
    await worker.after(5 * minutesMs)
    expect(slack.posted).toHaveLength(1)
  })

  it('is looked for as far back as rows may be missing, unless a clock far ahead said so', async () => {
    const { slack, work } = await afterLoss()
    slack.look = { type: 'failed', failure: { type: 'unreached', error: 'asked' } }
    const from = work.clock.now()
    const to = new Date(from.getTime() + 3 * 24 * 60 * minutesMs)
    const worker = work.worker({ lostRows: async () => ({ from, to }) })
    await worker.after(minutesMs)
    expect(slack.posted).toHaveLength(1)
    expect((await work.row())?.status).toBe('sent')
    const later = await afterLoss()
    later.slack.look = slack.look
    await later.work.worker({ lostRows: async () => ({ from, to }) }).after(to.getTime() - from.getTime())
    expect(later.slack.posted).toHaveLength(0)
  })

  it('nobody looks for what was due long before, or after, or was tried since', async () => {
    for (const minutesLater of [-1, 361]) {
      const { slack, worker } = await afterLoss({}, minutesLater)
      slack.look = { type: 'failed', failure: { type: 'unreached', error: 'nobody should have asked' } }
      await worker.deliver()
      expect(slack.posted).toHaveLength(1)
    }
  })
})

describe('the id of a delivery', () => {
  it('is the same when its run is planned again, and another one for every other run', () => {
    const company = { zone: 'Europe/Berlin', weekStart: 1 as const, settleMinutes: 60 }
    const run = {
      at: new Date('2026-11-23T08:00:00Z'),
      date: '2026-11-23',
      zone: 'Europe/Berlin',
      time: '09:00',
      wallTime: 'once' as const,
    }
    const subscription = teamDigest({ id: 'sub-1' })
    const plan = (at: string) => rowOf(subscription, { ...run, at: new Date(at) }, new Date(at), company)
    expect(plan('2026-11-23T08:00:00Z').id).toBe(plan('2026-11-23T08:00:00Z').id)
    const ids = ['a', 'b'].flatMap((subscriptionId) => ['x', 'y', 'x:y'].map((occurrence) => deliveryIdOf({ subscriptionId, occurrence })))
    expect(new Set(ids).size).toBe(6)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })
})
