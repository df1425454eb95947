// A reader's stop and what would send them more of the kind, written at the same moment: whichever comes second sees the first.
import { expect, it } from 'vitest'
import type { Subscription } from '../../src/domain/subscription.ts'
import type { SubscriptionStore } from '../../src/store/digests/subscriptions.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { noon, onBothBackends } from './backends.ts'

const to = (slackUserId: string, change: Partial<Subscription> = {}): Subscription =>
  teamDigest({ destination: { type: 'dm', slackUserId }, ...change })
const elsewhere = (change: Partial<Subscription> = {}): Subscription => to('UELSE', change)
const readerOf = (slackUserId: string) => ({ slackUserId, kind: 'team', isAsking: false }) as const

/** What sends a digest to the reader in the end; prepared before the stop. */
const writes: readonly (readonly [string, (of: SubscriptionStore, reader: string) => Promise<() => Promise<unknown>>])[] = [
  ['set up by somebody', async (of, reader) => () => of.insertIfFew(to(reader), 100, readerOf(reader))],
  ['that a programme gives them', async (of, reader) => () => of.insertUnlessReceived(to(reader))],
  [
    'moved to them',
    async (of, reader) => {
      const one = elsewhere()
      await of.insert(one)
      return () => of.updateUnlessStopped(one.id, { destination: to(reader).destination }, readerOf(reader))
    },
  ],
  [
    'started again',
    async (of, reader) => {
      const one = to(reader, { status: 'stopped' })
      await of.insert(one)
      return () => of.start(one.id, { status: 'active' }, readerOf(reader))
    },
  ],
]

onBothBackends((backend) => {
  it.each(writes)('a stop that came first stands over a digest %s', async (_, prepare) => {
    const { subscriptions } = await backend.open()
    const write = await prepare(subscriptions, 'U1')
    await subscriptions.stopAll('U1', 'team', noon)
    expect([false, 'stopped']).toContain(await write())
    expect((await subscriptions.receivedBy('U1')).filter(({ status }) => status !== 'stopped')).toEqual([])
    // Another kind is another stop.
    expect(await subscriptions.insertUnlessReceived(to('U1', { kind: 'manager' }))).toBe(true)
  })

  it.each(writes)('a digest %s at the moment of many stops is stopped, too', async (_, prepare) => {
    const { subscriptions } = await backend.open()
    const readers = Array.from({ length: 20 }, (_one, at) => `U${at}`)
    const prepared = await Promise.all(readers.map((reader) => prepare(subscriptions, reader)))
    const stops = readers.map((reader) => () => subscriptions.stopAll(reader, 'team', noon))
    await Promise.all(
      readers.flatMap((_one, at) => (at % 2 === 0 ? [prepared[at], stops[at]] : [stops[at], prepared[at]])).map((act) => act?.()),
    )
    const running = (await subscriptions.all()).filter(({ status, destination }) => status !== 'stopped' && destination.type === 'dm')
    expect(running.filter(({ destination }) => destination.type === 'dm' && destination.slackUserId !== 'UELSE')).toEqual([])
    expect((await subscriptions.optedOut('team')).size).toBe(20)
  })

  it('a stop is taken back with what its reader asks for, and stays where that is not written', async () => {
    const { subscriptions } = await backend.open()
    const asking = { ...readerOf('U1'), isAsking: true }
    await subscriptions.stopAll('U1', 'team', noon)
    expect(await subscriptions.updateUnlessStopped('no such id', { status: 'active' }, asking)).toBe(false)
    expect([...(await subscriptions.optedOut('team'))]).toEqual(['U1'])
    expect(await subscriptions.insertIfFew(to('U1'), 100, asking)).toBe('inserted')
    expect((await subscriptions.optedOut('team')).size).toBe(0)
  })

  it('says whether it ended something', async () => {
    const { subscriptions } = await backend.open()
    await subscriptions.insert(to('U1', { status: 'paused' }))
    expect([await subscriptions.stopAll('U1', 'team', noon), await subscriptions.stopAll('U1', 'team', noon)]).toEqual([true, false])
  })
})
