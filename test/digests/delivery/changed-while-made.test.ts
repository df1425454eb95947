// A digest takes minutes to make while Gong is read, and its channel is asked about first. What its reader or its owner decides in that time
// holds, and what becomes of the place it went to before does not become of the digest.
import { describe, expect, it } from 'vitest'
import type { DeliverDeps } from '../../../src/digests/delivery/deps.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import { delivering, memorySlack, onBothStores } from './delivering.ts'

const reader = { type: 'dm', slackUserId: 'UREADER' } as const

/** By name as the digest says that it is handed. */
const made = ({ showNames, kind }: Subscription): Awaited<ReturnType<DeliverDeps['build']>> => ({
  type: 'ready',
  readBy: 'nobody',
  detail: showNames ? 'by-name' : 'medians',
  built: { message: { summary: showNames ? 'by name' : kind, parts: [] }, shows: showNames ? ['101'] : [], mentions: [], figures: {} },
})

onBothStores((store) => {
  const changed = (id: string, change: Parameters<ReturnType<typeof store>['subscriptions']['update']>[1]) =>
    store().subscriptions.update(id, change)

  describe('while it is made', () => {
    async function deliveredThough(subscription: Partial<Subscription>, change: (id: string) => Promise<unknown>, skips = false) {
      const slack = memorySlack()
      let builds = 0
      const work = await delivering({
        store: store(),
        slack,
        subscriptions: { 'sub-1': subscription },
        parts: {
          build: async (digest) => {
            builds += 1
            if (builds > 1) return made(digest)
            await change(work.idOf('sub-1'))
            return skips ? { type: 'skip', reason: 'nothing happened' } : made(digest)
          },
        },
      })
      await work.reserve()
      await work.deliver()
      for (let minute = 0; minute < 3; minute += 1) await work.after(60_000)
      return {
        posted: slack.posted.map(({ channelId, payload }) => [channelId, payload.text]),
        status: (await work.row())?.status,
      }
    }

    it('its reader stops it', async () => {
      const stop = () => store().subscriptions.stopAll('UREADER', 'team', new Date('2026-11-23T08:01:00Z'))
      expect(await deliveredThough({ destination: reader }, stop)).toEqual({ posted: [], status: 'skipped' })
    })

    it('it is deleted', async () => {
      expect(await deliveredThough({}, (id) => store().subscriptions.remove(id))).toEqual({ posted: [], status: 'skipped' })
    })

    it('it is paused, at once or until a day', async () => {
      const paused = { posted: [], status: 'skipped' }
      expect(await deliveredThough({}, (id) => changed(id, { status: 'paused', nextAt: null }))).toEqual(paused)
      expect(await deliveredThough({}, (id) => changed(id, { pausedUntil: '2026-12-07' }))).toEqual(paused)
    })

    it('it is given to somebody else, or is to be about something else', async () => {
      const toOther = (id: string) => changed(id, { destination: { type: 'dm', slackUserId: 'UOTHER' } })
      expect(await deliveredThough({ destination: reader }, toOther)).toEqual({ posted: [['UOTHER', 'team']], status: 'sent' })
      expect(await deliveredThough({ destination: reader }, (id) => changed(id, { kind: 'org' }))).toEqual({
        posted: [['UREADER', 'org']],
        status: 'sent',
      })
    })

    it('its names are switched off', async () => {
      expect(await deliveredThough({ showNames: true }, (id) => changed(id, { showNames: false }))).toEqual({
        posted: [['C1', 'team']],
        status: 'sent',
      })
    })

    it('it becomes about somebody of whom there is something to say', async () => {
      expect(await deliveredThough({}, (id) => changed(id, { kind: 'org' }), true)).toEqual({ posted: [['C1', 'org']], status: 'sent' })
    })

    it('another name or time makes no difference', async () => {
      let builds = 0
      const rename = async (id: string) => {
        builds += 1
        await changed(id, { name: 'Mondays' })
      }
      expect(await deliveredThough({}, rename)).toEqual({ posted: [['C1', 'team']], status: 'sent' })
      expect(builds).toBe(1)
    })
  })

  it.each(['archived', 'not-member', 'guests'] as const)(
    'a digest that is moved away while its old channel turns out to be closed (%s) goes on in the new one',
    async (reason) => {
      const slack = memorySlack()
      const gate: DeliverDeps['gate'] = {
        check: async (channelId) => {
          if (channelId !== 'C1') return { type: 'open', channelName: 'new', isPrivate: true, people: [] }
          await changed(work.idOf('sub-1'), { destination: { type: 'channel', channelId: 'C2' } })
          return { type: 'closed', reason, people: 1 }
        },
      }
      const work = await delivering({ store: store(), slack, parts: { gate, build: async (digest) => made(digest) } })
      await work.reserve()
      await work.deliver()
      expect(await work.subscription()).toMatchObject({ status: 'active' })
      expect(slack.posted.map(({ channelId }) => channelId)).toEqual(['C2'])
      expect(work.notices).toEqual([])
    },
  )
})
