// Slack refuses the bot as a whole, every direct message, or one conversation: who waits, who is given up, who hears of it, and that it goes on
// by itself.
import { expect, it } from 'vitest'
import type { Subscription } from '../../../src/domain/subscription.ts'
import type { SlackFailure } from '../../../src/slack-ports.ts'
import { delivering, memorySlack, onBothStores } from './delivering.ts'

type Change = Partial<Subscription>

const many = (count: number, of: (index: number) => Change): Readonly<Record<string, Change>> =>
  Object.fromEntries(Array.from({ length: count }, (_each, index) => [`sub-${index}`, of(index)]))
const channels = (count: number) => many(count, (index) => ({ destination: { type: 'channel', channelId: `C${index}` } }))
const people = (count: number) => many(count, (index) => ({ destination: { type: 'dm', slackUserId: `U${index}` } }))

/** Each test has a month of its own: they share a database, and what another one sent does not count here. */
let month = 0

onBothStores((store) => {
  /** Deliveries due now, one per subscription, over a Slack that answers `failing` for those conversations. */
  async function due(subscriptions: Readonly<Record<string, Change>>, failing: (channelId: string) => SlackFailure | undefined) {
    const slack = memorySlack()
    const poster = {
      slackNow: () => undefined,
      post: async (post: Parameters<typeof slack.post>[0]) => {
        const failure = answers.failing(post.channelId)
        if (failure) return failure
        const posted = await slack.post(post)
        // Slack answers a post to a person with the conversation it went to.
        return posted.type === 'posted' ? { ...posted, channelId: posted.channelId.replace(/^U/, 'D') } : posted
      },
      update: async () => ({ type: 'refused', error: 'unused' }) as const,
    }
    const answers = { failing }
    month += 1
    const beginsAt = new Date(Date.UTC(2027, month, 1, 8))
    const work = await delivering({ store: store(), slack, subscriptions, parts: { poster }, beginsAt })
    const names = Object.keys(subscriptions)
    for (const name of names) await work.reserve(`row-${name}`, name)
    const deliverAll = async () => {
      for (const name of names) await work.deliver(`row-${name}`)
    }
    return { ...work, names, answers, deliverAll, posted: () => slack.posted.map(({ channelId }) => channelId) }
  }

  it.each([
    ['messages_tab_disabled', 'direct-refused', 'Messages Tab'],
    ['restricted_action', 'direct-refused', 'Permissions'],
    ['team_access_not_granted', 'token-refused', 'org admin'],
    ['token_revoked', 'token-refused', 'SLACK_BOT_TOKEN'],
    ['invalid_auth', 'token-refused', 'Restrict API Token Usage'],
    ['ekm_access_denied', 'token-refused', 'Enterprise Key Management'],
    ['team_added_to_org', 'token-refused', 'Nothing is to be done until that is over'],
    ['app_access_restricted', 'token-refused', 'Manage apps'],
    ['method_deprecated', 'token-refused', 'newest version'],
  ] as const)(
    '%s for a programme of 6: all wait, admins hear once what to do, all go out once it is put right',
    async (error, type, remedy) => {
      const work = await due(people(6), () => ({ type, error }))
      await work.deliverAll()
      for (let minute = 0; minute < 15; minute += 5) await work.after(300_000)
      expect(work.posted()).toEqual([])
      expect(work.notices).toEqual([])
      expect(work.outages.map(({ words }) => words)).toEqual([expect.stringContaining(remedy)])
      expect(work.outages[0]?.words).toContain(error)
      for (const name of work.names) expect((await work.subscription(name))?.status).toBe('active')
      work.answers.failing = () => undefined
      for (const ms of [300_000, 20_000]) await work.after(ms)
      expect(work.posted().toSorted()).toEqual(['U0', 'U1', 'U2', 'U3', 'U4', 'U5'])
      expect([work.outages, work.ended]).toEqual([[], [type === 'direct-refused' ? 'direct-messages' : 'posts']])
      for (const name of work.names) expect((await work.subscription(name))?.status).toBe('active')
    },
  )

  it('channels go on while direct messages are refused', async () => {
    const work = await due({ ...people(3), 'sub-c': { destination: { type: 'channel', channelId: 'C9' } } }, (channelId) =>
      channelId.startsWith('U') ? { type: 'direct-refused', error: 'messages_tab_disabled' } : undefined,
    )
    await work.deliverAll()
    expect(work.posted()).toEqual(['C9'])
    expect([work.outages.length, work.ended]).toEqual([1, []])
  })

  it('a run that waited until the next one of its digest was due gives way to it', async () => {
    const work = await due(people(1), () => ({ type: 'token-refused', error: 'token_revoked' }))
    await work.deliverAll()
    const subscriptionId = (await work.row('row-sub-0'))?.subscriptionId ?? ''
    const now = new Date(work.clock.now().getTime() + 7 * 24 * 3_600_000)
    await store().deliveries.reserve(
      { id: `later/${subscriptionId}`, subscriptionId, occurrence: '2026-11-30T09:00[Europe/Berlin]', dueAt: now, createdAt: now },
      {},
    )
    await work.after(7 * 24 * 3_600_000)
    work.answers.failing = () => undefined
    for (let minute = 0; minute < 30; minute += 5) await work.after(300_000)
    expect(work.posted()).toEqual(['U0'])
    expect(await work.row('row-sub-0')).toMatchObject({ status: 'skipped', reason: 'superseded' })
  })

  it.each(['missing_scope', 'no_permission'] as const)(
    'one conversation of 40 that answers %s is given up alone, with a notice; nobody else waits',
    async (error) => {
      const work = await due(channels(40), (channelId) =>
        channelId === 'C7'
          ? { type: 'permission-refused', error, needed: error === 'missing_scope' ? 'groups:read' : undefined }
          : undefined,
      )
      await work.deliverAll()
      expect(work.posted()).toHaveLength(39)
      for (let seconds = 0; seconds < 120; seconds += 5) await work.after(5000)
      expect(work.posted()).toHaveLength(39)
      expect(await work.row('row-sub-7')).toMatchObject({ status: 'failed', reason: error, attempts: 3 })
      expect(work.notices).toEqual([expect.objectContaining({ type: 'given-up', slackError: error, attempts: 3, triedForMs: 20_000 })])
      expect((await work.subscription('sub-7'))?.status).toBe('active')
      expect(work.outages).toEqual([])
    },
  )

  it('one conversation that answers like a refused token does not hold the others for long', async () => {
    const work = await due(channels(5), (channelId) => (channelId === 'C0' ? { type: 'token-refused', error: 'access_denied' } : undefined))
    await work.deliverAll()
    for (let minute = 0; minute < 25; minute += 5) await work.after(300_000)
    expect(work.posted()).toHaveLength(4)
    expect(await work.row('row-sub-0')).toMatchObject({ status: 'failed', reason: 'access_denied' })
    expect(work.notices).toHaveLength(1)
    expect(work.outages).toEqual([])
  })

  it('a scope that is missing everywhere makes all wait; admins hear once which, and all go out once it is granted', async () => {
    const work = await due(channels(6), () => ({ type: 'permission-refused', error: 'missing_scope', needed: 'channels:read' }))
    await work.deliverAll()
    for (let minute = 0; minute < 20; minute += 1) await work.after(60_000)
    expect([work.posted(), work.notices]).toEqual([[], []])
    expect(work.outages.map(({ words }) => words)).toEqual([expect.stringContaining('channels:read')])
    work.answers.failing = () => undefined
    for (let minute = 0; minute < 11; minute += 1) await work.after(60_000)
    expect(work.posted()).toHaveLength(6)
    expect([work.outages, work.ended]).toEqual([[], ['posts']])
  })
})
