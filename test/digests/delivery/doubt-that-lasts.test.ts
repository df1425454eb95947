// A post whose answer was lost, and Slack does not let it be looked for either: it is posted once more only when it was looked for, or when
// somebody says so.
import { describe, expect, it } from 'vitest'
import type { DeliverDeps } from '../../../src/digests/delivery/deps.ts'
import type { DigestServiceDeps } from '../../../src/digests/deps.ts'
import { confirmArrival } from '../../../src/digests/send-digest.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { SomebodyForgotten } from '../../../src/errors.ts'
import type { Look, SlackFailure } from '../../../src/slack-ports.ts'
import { delivering, memorySlack, onBothStores } from './delivering.ts'

const owner: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }
const gone: SlackFailure = { type: 'channel-gone', error: 'channel_not_found' }
const refused: SlackFailure = { type: 'refused', error: 'fatal_error' }
const failing = (failure: SlackFailure): Look => ({ type: 'failed', failure })
const toOther = { destination: { type: 'channel', channelId: 'C2' } } as const

/** A digest with a rest for its thread. */
const withRest: DeliverDeps['build'] = async () => ({
  type: 'ready',
  readBy: 'nobody',
  detail: 'medians',
  built: { message: { summary: 'short', parts: [], thread: [] }, shows: [], mentions: [], figures: {} },
})

onBothStores((store) => {
  type Work = Awaited<ReturnType<typeof delivering>>

  /** The post lands, its answer is lost. `meanwhile`: what happens during the first look, which then says `look`. */
  async function lostAndLookedFor(look: Look, meanwhile: (work: Work) => Promise<unknown>) {
    const slack = memorySlack(['post-and-lose-answer'])
    let looks = 0
    const work: Work = await delivering({
      store: store(),
      slack,
      parts: {
        reconciler: {
          look: async ({ id }) => {
            looks += 1
            if (looks > 1) return slack.find(id)
            await meanwhile(work)
            return look
          },
        },
      },
    })
    await work.reserve()
    await work.deliver()
    expect((await work.row())?.status).toBe('doubtful')
    for (let minute = 0; minute < 5; minute += 1) await work.after(60_000)
    return { slack, work }
  }
  const outcome = async ({ slack, work }: Awaited<ReturnType<typeof lostAndLookedFor>>) => ({
    posted: slack.posted.map(({ channelId }) => channelId),
    status: (await work.row())?.status,
  })

  describe('its digest is changed while it is looked for, and the look fails', () => {
    it.each<[string, SlackFailure, Partial<Subscription>, string]>([
      ['moved', gone, toOther, 'doubtful'],
      ['taken over', gone, { ownerSlackId: 'UNEW' }, 'doubtful'],
      ['by name', refused, { showNames: true }, 'doubtful'],
      ['paused until a day', refused, { pausedUntil: '2026-12-07' }, 'doubtful'],
    ])('%s', async (_what, failure, change, status) => {
      expect(await outcome(await lostAndLookedFor(failing(failure), (work) => work.change(change)))).toEqual({ posted: ['C1'], status })
    })

    it('somebody is forgotten', async () => {
      const forgotten = async () => Promise.reject(new SomebodyForgotten())
      expect(await outcome(await lostAndLookedFor({ type: 'absent' }, forgotten))).toEqual({ posted: ['C1'], status: 'sent' })
    })

    it.each(['channel_not_found', 'not_in_channel'])(
      'of one whose channel is gone is asked (%s): it is not posted again there',
      async (error) => {
        const slack = memorySlack(['post-and-lose-answer'])
        slack.look = failing({ type: 'channel-gone', error })
        const work = await delivering({ store: store(), slack })
        await work.reserve()
        await work.deliver()
        for (let minute = 0; minute < 3; minute += 1) await work.after(60_000)
        expect(await work.row()).toMatchObject({ status: 'doubtful', reason: 'asked' })
        expect(work.notices).toEqual([{ type: 'doubt' }])
        expect(slack.posted.map(({ channelId }) => channelId)).toEqual(['C1'])
      },
    )

    it('what became of its old channel does not become of it', async () => {
      const slack = memorySlack(['post-and-lose-answer'])
      slack.look = failing(gone)
      const work = await delivering({ store: store(), slack })
      await work.reserve()
      await work.deliver()
      await work.change(toOther)
      for (let minute = 0; minute < 5; minute += 1) await work.after(60_000)
      expect(await work.subscription()).toMatchObject({ status: 'active' })
      expect(slack.posted.map(({ channelId }) => channelId)).toEqual(['C1'])
      expect(work.notices).toEqual([{ type: 'doubt' }])
    })
  })

  describe('somebody was asked whether it arrived', () => {
    /** Asked, and then a daily look that fails. */
    async function asked(failure: SlackFailure, first: Look = { type: 'blind', error: 'missing_scope' }) {
      const slack = memorySlack(['post-and-lose-answer'])
      slack.look = first
      const work = await delivering({ store: store(), slack, parts: { build: withRest } })
      await work.reserve()
      await work.deliver()
      for (let minute = 0; minute < 2; minute += 1) await work.after(60_000)
      expect(await work.row()).toMatchObject({ status: 'doubtful', reason: 'asked' })
      slack.look = failing(failure)
      await work.after(24 * 3_600_000)
      return { slack, work }
    }
    const sayItArrived = (work: Work) =>
      confirmArrival(owner, work.idOf('row-1'), {
        store: { ...store(), people: { chart: async () => orgChart([]) }, access: { record: async () => undefined } },
        clock: work.clock,
        company: { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 },
        viewerOf: async () => owner,
        nameOf: async (id: string) => id,
        render: work.parts.render,
        recordIntroduced: async () => undefined,
        wake: async () => undefined,
        nudge: () => undefined,
      } as unknown as DigestServiceDeps)

    it.each<SlackFailure>([{ type: 'unreached', error: 'ECONNRESET' }, { type: 'ambiguous', error: 'http_503' }, gone, refused])(
      'a look that fails with $error leaves it to them',
      async (failure) => {
        const { slack, work } = await asked(failure)
        expect(await work.row()).toMatchObject({ status: 'doubtful', reason: 'asked' })
        slack.look = { type: 'blind', error: 'missing_scope' }
        await sayItArrived(work)
        for (let minute = 0; minute < 2; minute += 1) await work.after(60_000)
        expect((await work.row())?.status).toBe('sent')
        expect(work.notices.every(({ type }) => type === 'doubt')).toBe(true)
        expect(slack.posted.map(({ payload }) => payload.text)).toEqual(['short', 'the rest'])
      },
    )

    it('they are asked too where Slack refuses the look itself', async () => {
      const { work } = await asked(refused, failing(refused))
      expect(work.notices.map(({ type }) => type)).not.toContain('given-up')
      await work.after(7 * 24 * 3_600_000)
      expect(await work.row()).toMatchObject({ status: 'failed', reason: 'unanswered' })
    })

    it('their word counts of one that was given up over a look', async () => {
      const { work } = await asked({ type: 'unreached', error: 'ECONNRESET' })
      await work.parts.deliveries.update(work.idOf('row-1'), { status: 'failed', reason: 'ECONNRESET', leaseUntil: null })
      await sayItArrived(work)
      expect((await work.row())?.status).toBe('sent')
    })
  })

  it('a look that fails for a day ends with the question, not as given up', async () => {
    const slack = memorySlack(['post-and-lose-answer'])
    slack.look = failing({ type: 'unreached', error: 'ECONNRESET' })
    const work = await delivering({ store: store(), slack })
    await work.reserve()
    await work.deliver()
    for (let hour = 0; hour < 26; hour += 1) await work.after(3_600_000)
    expect(await work.row()).toMatchObject({ status: 'doubtful', reason: 'asked' })
    expect(work.notices).toEqual([{ type: 'doubt' }])
  })
})
