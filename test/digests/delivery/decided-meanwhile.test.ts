// *Post again* and *It arrived* wait for Slack between reading a row and deciding about it: what was posted or decided meanwhile stands.
import { describe, expect, it } from 'vitest'
import type { DeliverDeps } from '../../../src/digests/delivery/deps.ts'
import type { DigestServiceDeps } from '../../../src/digests/deps.ts'
import { confirmArrival, postAgain, takeOverDigest } from '../../../src/digests/send-digest.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { orgChart } from '../../../src/domain/team.ts'
import type { GateVerdict } from '../../../src/slack-ports.ts'
import { delivering, memorySlack, onBothStores, type PostBehavior } from './delivering.ts'

const person = (id: string, managerId?: string): Person => ({ id, name: id, emails: [], active: true, ...(managerId && { managerId }) })
const chart = orgChart([person('100'), person('101', '100')])
const owner: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }
const admin: Viewer = { ...owner, slackUserId: 'UADMIN' }
const gone: Viewer = { ...owner, isAdmin: false }
const shut: GateVerdict = { type: 'closed', reason: 'guests', people: 1 }
const open: GateVerdict = { type: 'open', channelName: 'emea', isPrivate: true, people: [] }

/** A digest with a rest for its thread. */
const withRest: DeliverDeps['build'] = async () => ({
  type: 'ready',
  readBy: 'nobody',
  detail: 'medians',
  built: { message: { summary: 'short', parts: [], thread: [] }, shows: [], mentions: [], figures: {} },
})

const rest = async (work: Work, id: string) =>
  (await work.parts.deliveries.history(work.idOf('sub-1'), 10)).find(({ occurrence }) => occurrence === `thread:${id}`)

type Work = Awaited<ReturnType<typeof delivering>>

/** What deciding is given; `check` asks the gate. */
const deciding = (work: Work, store: object, check: () => Promise<GateVerdict>, ownerNow = owner): DigestServiceDeps =>
  ({
    store: { ...store, people: { chart: async () => chart }, access: { record: async () => undefined } },
    clock: work.clock,
    company: { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 },
    gate: { check },
    namesInChannels: 'ask',
    botName: 'gong',
    viewerOf: async (id: string) => (id === 'UOWNER' ? ownerNow : admin),
    nameOf: async (id: string) => id,
    render: work.parts.render,
    recordIntroduced: async () => undefined,
    wake: async () => undefined,
    nudge: () => undefined,
  }) as unknown as DigestServiceDeps

/** A gate whose answer can be held back. */
function slowGate() {
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<GateVerdict>()
  return {
    asked: asked.promise,
    answer: () => answer.resolve(open),
    check: () => {
      asked.resolve()
      return answer.promise
    },
  }
}

onBothStores((store) => {
  const quick = async () => open

  /** Held back by a guest who has left since. */
  async function held(behaviors: PostBehavior[] = []) {
    const slack = memorySlack(behaviors)
    slack.gate = shut
    const work = await delivering({ store: store(), slack })
    await work.reserve()
    await work.deliver()
    expect((await work.row())?.status).toBe('held')
    slack.gate = open
    return { slack, work, id: work.idOf('row-1') }
  }

  /** Nobody knows whether it landed. */
  async function doubtful(parts: Partial<DeliverDeps> = {}) {
    const slack = memorySlack(['post-and-lose-answer'])
    slack.look = { type: 'blind', error: 'missing_scope' }
    const work = await delivering({ store: store(), slack, parts })
    await work.reserve()
    await work.deliver()
    for (let minute = 0; minute < 2; minute += 1) await work.after(60_000)
    expect((await work.row())?.status).toBe('doubtful')
    expect(await store().deliveries.isHeld(work.idOf('row-1'))).toBe(false)
    return { slack, work, id: work.idOf('row-1') }
  }

  const posted = ({ slack }: { readonly slack: ReturnType<typeof memorySlack> }) =>
    slack.posted.map((post) => [post.payload.text, post.threadTs])

  describe('what belongs below a delivery that arrived, as somebody says', () => {
    it('follows it once as a message of its own where the channel may not be read', async () => {
      const { slack, work, id } = await doubtful({ build: withRest })
      await confirmArrival(owner, id, deciding(work, store(), quick))
      await confirmArrival(owner, id, deciding(work, store(), quick))
      await work.after(0)
      await work.after(60_000)
      expect(posted({ slack })).toEqual([
        ['short', undefined],
        ['the rest', undefined],
      ])
      expect((await rest(work, id))?.body).toContain('belongs to my message above')
    })

    it('goes into its thread where the bot may look by then, and the message can be corrected from then on', async () => {
      const { slack, work, id } = await doubtful({ build: withRest })
      slack.look = undefined
      await confirmArrival(owner, id, deciding(work, store(), quick))
      await work.after(0)
      await work.after(60_000)
      expect(posted({ slack })).toEqual([
        ['short', undefined],
        ['the rest', 'ts-1'],
      ])
      expect(await work.row()).toMatchObject({ status: 'sent', messageTs: 'ts-1' })
    })

    it('is not posted where somebody deleted the message, and waits while Slack cannot be asked', async () => {
      const { slack, work, id } = await doubtful({ build: withRest })
      slack.look = { type: 'failed', failure: { type: 'unreached', error: 'ECONNRESET' } }
      await confirmArrival(owner, id, deciding(work, store(), quick))
      await work.after(0)
      expect(await rest(work, id)).toMatchObject({ status: 'reserved' })
      slack.look = { type: 'absent' }
      await work.after(3_600_000)
      expect(await rest(work, id)).toMatchObject({ status: 'skipped' })
      expect(slack.posted).toHaveLength(1)
    })

    it('is not reserved where the delivery is posted again meanwhile', async () => {
      const { work, id } = await doubtful({ build: withRest })
      const { deliveries } = store()
      const decide: typeof deliveries.decide = async (read, change, below) => {
        await postAgain(owner, id, deciding(work, store(), quick))
        return deliveries.decide(read, change, below)
      }
      const deps = deciding(work, { ...store(), deliveries: { ...deliveries, decide } }, quick)
      await expect(confirmArrival(owner, id, deps)).rejects.toThrow('Meanwhile it was sent')
      expect(await rest(work, id)).toBeUndefined()
    })

    it('is decided about like a digest when it is in doubt itself', async () => {
      const slack = memorySlack(['post', 'post-and-lose-answer'])
      slack.look = { type: 'blind', error: 'missing_scope' }
      const work = await delivering({ store: store(), slack, parts: { build: withRest } })
      await work.reserve()
      await work.deliver()
      for (let minute = 0; minute < 2; minute += 1) await work.after(60_000)
      const below = await rest(work, work.idOf('row-1'))
      expect(work.notices).toEqual([{ type: 'doubt' }])
      await confirmArrival(owner, below?.id ?? '', deciding(work, store(), quick))
      expect(await rest(work, work.idOf('row-1'))).toMatchObject({ status: 'sent' })
    })
  })

  describe('a delivery somebody decides about', () => {
    it('is posted once by two presses of Post again, the second of which waits for Slack meanwhile', async () => {
      const { slack, work, id } = await held()
      const slow = slowGate()
      const second = postAgain(owner, id, deciding(work, store(), slow.check)).catch(String)
      await slow.asked
      await postAgain(owner, id, deciding(work, store(), quick))
      await work.deliver()
      expect(slack.posted).toHaveLength(1)
      slow.answer()
      expect(await second).toContain('Meanwhile it was sent')
      await work.after(60_000)
      expect(slack.posted).toHaveLength(1)
      await expect(postAgain(owner, id, deciding(work, store(), quick))).rejects.toThrow('It was sent already')
    })

    it('stays where it arrived, whoever else presses Post again', async () => {
      const { slack, work, id } = await doubtful()
      const slow = slowGate()
      const again = postAgain(admin, id, deciding(work, store(), slow.check)).catch(String)
      await slow.asked
      await confirmArrival(owner, id, deciding(work, store(), quick))
      slow.answer()
      expect(await again).toContain('Meanwhile it was sent')
      await work.after(60_000)
      expect(slack.posted).toHaveLength(1)
      expect((await work.row())?.status).toBe('sent')
    })

    it('is not posted again while it is looked for, whether its answer was lost or its worker died', async () => {
      for (const dies of [true, false]) {
        const { slack, work, id } = await held(dies ? [] : ['post-and-lose-answer'])
        const press = () => postAgain(owner, id, deciding(work, store(), quick))
        await press()
        const died = Promise.withResolvers<void>()
        const stopAt = (step: string): Promise<void> | undefined => {
          if (!dies || step !== 'posted') return undefined
          died.resolve()
          return new Promise<void>(() => undefined)
        }
        await Promise.race([work.worker({ step: stopAt }).deliver(), died.promise])
        expect((await work.row())?.status).toBe(dies ? 'posting' : 'doubtful')
        // Its lease has ended, and nobody has looked yet.
        await work.worker({ deliveries: { ...store().deliveries, take: async () => undefined } }).after(31_000)
        await expect(press()).rejects.toThrow('I am looking whether it arrived')
        await expect(confirmArrival(owner, id, deciding(work, store(), quick))).rejects.toThrow('I am looking whether it arrived')
        for (let time = 0; time < 6; time += 1) await work.after(31_000)
        expect(slack.posted).toHaveLength(1)
      }
    })

    it('waits a week for somebody to say whether it arrived, and is not overdue meanwhile; later words count too', async () => {
      const { work, id } = await doubtful()
      const waiting = async () => (await store().deliveries.waiting(work.clock.now())).count
      const asked = await waiting()
      await store().deliveries.update(id, { reason: null })
      expect(await waiting()).toBe(asked + 1)
      await store().deliveries.update(id, { reason: 'asked' })
      for (let day = 0; day < 6; day += 1) await work.after(24 * 3_600_000)
      expect(await work.row()).toMatchObject({ status: 'doubtful', reason: 'asked' })
      for (let day = 0; day < 2; day += 1) await work.after(24 * 3_600_000)
      expect(await work.row()).toMatchObject({ status: 'failed', reason: 'unanswered' })
      await confirmArrival(owner, id, deciding(work, store(), quick))
      expect((await work.row())?.status).toBe('sent')
    })

    it('is posted once by whoever takes the digest over while another one has it posted', async () => {
      const { slack, work, id } = await held()
      const slow = slowGate()
      const takingOver = takeOverDigest(admin, id, deciding(work, store(), slow.check, gone))
      await slow.asked
      await postAgain(admin, id, deciding(work, store(), quick))
      await work.deliver()
      slow.answer()
      await takingOver
      await work.after(60_000)
      expect(slack.posted).toHaveLength(1)
    })
  })
})
