// Somebody is forgotten while a digest is made: between what it says and where that is kept or posted. Their name and figures are in no row
// afterwards, and what goes out from then on is made again without them. A manager `100` with six reps `101`…`106`.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../../src/clock.ts'
import type { DeliveryStep } from '../../../src/digests/delivery/deps.ts'
import type { Sending } from '../../../src/digests/delivery/sending.ts'
import type { SlackMember } from '../../../src/domain/slack-member.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import { SomebodyForgotten } from '../../../src/errors.ts'
import { line } from '../../../src/render/text/text.ts'
import type { BuildDigest } from '../../../src/reports/digest.ts'
import type { GateVerdict, Post, SlackFailure } from '../../../src/slack-ports.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { rowsOf } from '../../../src/store/database/database.ts'
import { countForgetting } from '../../../src/store/people/forgettings.ts'
import { fillCompany, member, smallCompany } from '../../kit/delivery-world.ts'
import { usualStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'
import { namedSending } from './named-sending.ts'

const monday = new Date('2026-11-23T08:00:00Z')
const reps = ['101', '102', '103', '104', '105', '106']
const company = smallCompany()

let store: OpenedStore
let clock: MovableClock
let sending: Sending
let posts: Post[]
let updates: string[]
/** One a post; undefined: it is accepted. */
let failures: (SlackFailure | undefined)[]
/** Calls counted by Gong: a late one makes a correction. */
let calls: number
let readers: readonly string[]
/** What happens while a digest is built. */
let whileBuilding: () => Promise<void>
let atStep: (step: DeliveryStep) => Promise<void>

/**
 * Says each person's figure as "Rep 101: 50 %", without names the team's, in the message and in its thread; who they are it asks before the
 * figures are read.
 */
const namingDigest: BuildDigest = async (request, { detail }) => {
  const team = (await store.people.chart()).team('100')
  await whileBuilding()
  const named = detail === 'by-name' ? team.map(({ name }) => `${name}: 50 %`) : [`Team of ${team.length}: 50 %`]
  return {
    message: {
      summary: [`${request.kind} digest, ${calls} calls`, ...request.remarks].join(' · '),
      parts: named.map((text) => ({ type: 'text' as const, line: line(text) })),
      thread: named.map((text) => ({ type: 'text' as const, line: line(text) })),
    },
    isEmpty: false,
    shows: detail === 'by-name' ? team.map(({ id }) => id) : [],
    mentions: detail === 'by-name' ? team.map(({ id }) => id) : [],
    figures: { calls },
  }
}

beforeEach(async () => {
  clock = movableClock(monday)
  store = await usualStore({ clock, realTime: clock })
  await fillCompany(store, monday, company)
  posts = []
  updates = []
  failures = []
  calls = 80
  whileBuilding = async () => undefined
  atStep = async () => undefined
  // Whoever is forgotten would be an outsider among them.
  readers = ['U100', ...reps.filter((id) => id !== '103').map((id) => `U${id}`)]
  const slack = { posts, updates, nextFailure: () => failures.shift(), gate: () => channelOf(readers) }
  sending = namedSending({ store, clock, slack }, { build: namingDigest, step: (name) => atStep(name) })
})
afterEach(() => store?.close())

const channelOf = (readers: readonly string[]): GateVerdict => ({
  type: 'open',
  channelName: 'emea-private',
  isPrivate: true,
  people: readers.map((id): SlackMember => member(id, id)),
})

const toManager = { kind: 'manager', destination: { type: 'dm', slackUserId: 'U100' } } as const
const inChannel = { showNames: true } as const

/** Reserves this Monday's run and delivers it with its thread. */
async function send(change: Partial<Subscription>): Promise<void> {
  const subscription = teamDigest({ ownerSlackId: 'U100', ...change })
  await store.subscriptions.insert(subscription)
  const occurrence = '2026-11-23T09:00[Europe/Berlin]'
  await store.deliveries.reserve({ id: 'd1', subscriptionId: subscription.id, occurrence, dueAt: monday, createdAt: monday }, {})
  await deliver()
}

async function deliver(): Promise<void> {
  for (const { id } of await store.deliveries.wakeable(clock.now(), 100)) await sending.deliver(id)
}

const forget103 = () => store.people.forget('103', 'key')

/** Forgets Rep 103 the first time it is called. */
function forgettingOnce(): () => Promise<void> {
  let done = false
  return async () => {
    if (!done) {
      done = true
      await forget103()
    }
  }
}

const said = () => posts.map(({ payload }) => payload.text).join('\n')

/** Tables in which any of the three stands, whatever the column. */
async function tablesWith(...texts: readonly string[]): Promise<string[]> {
  const tables = await rowsOf<{ name: string }>(store.database, sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
  const hits: string[] = []
  for (const { name } of tables) {
    const rows = await rowsOf<{ row: string }>(store.database, sql`SELECT t::text AS "row" FROM ${sql.identifier(name)} AS t`)
    if (rows.some(({ row }) => texts.some((text) => row.includes(text)))) hits.push(name)
  }
  return hits
}
const kept = () => tablesWith('Rep 103', '"103"', 'U103')

describe.each([
  ['to its reader', toManager],
  ['by name in a channel', inChannel],
] as const)('a digest %s', (_, change) => {
  it('that is being built is built again without whoever is forgotten', async () => {
    whileBuilding = forgettingOnce()
    await send(change)
    expect(said()).toContain('Rep 102: 50 %')
    expect(said()).not.toContain('Rep 103')
    expect(await kept()).toEqual([])
    expect((await store.deliveries.find('d1'))?.status).toBe('sent')
  })

  it('that is built, and not yet written, is built again too', async () => {
    const forget = forgettingOnce()
    atStep = async (step) => (step === 'composed' ? forget() : undefined)
    await send(change)
    expect(said()).toContain('Rep 102: 50 %')
    expect(said()).not.toContain('Rep 103')
    expect(await kept()).toEqual([])
  })

  it.each(['marked-posting', 'posted', 'before-confirm', 'thread-reserved', 'confirmed'] as const)(
    'keeps nothing of them where they are forgotten at %s, and its thread does not follow with them',
    async (at) => {
      const forget = forgettingOnce()
      atStep = async (step) => (step === at ? forget() : undefined)
      await send(change)
      await deliver()
      expect(await kept()).toEqual([])
      // What was under way had left before; its thread is posted after it.
      expect(
        posts
          .slice(1)
          .map(({ payload }) => payload.text)
          .join(),
      ).not.toContain('Rep 103')
    },
  )

  it('that was kept for another attempt is built again', async () => {
    failures = [{ type: 'unreached', error: 'ECONNREFUSED' }]
    await send(change)
    expect(posts).toEqual([])
    const forget = forgettingOnce()
    atStep = async (step) => (step === 'gated' ? forget() : undefined)
    clock.moveTo(new Date(monday.getTime() + 120_000))
    await deliver()
    expect(said()).toContain('Rep 102: 50 %')
    expect(said()).not.toContain('Rep 103')
    expect(await kept()).toEqual([])
  })
})

it.each(['marked-posting', 'posted', 'before-confirm', 'thread-reserved', 'confirmed'] as const)(
  'the thread of a digest without names does not follow, whose figures without them would tell theirs, where somebody is forgotten at %s',
  async (at) => {
    const forget = forgettingOnce()
    atStep = async (step) => (step === at ? forget() : undefined)
    await send({})
    await deliver()
    clock.moveTo(new Date(monday.getTime() + 60_000))
    await deliver()
    expect(posts.map(({ threadTs, payload }) => [threadTs, payload.text.split('\n').at(-1)])).toEqual([
      [undefined, 'Team of 6: 50 %'],
      [undefined, expect.stringMatching(/^The rest of the team digest of .* was not posted in its thread/)],
    ])
    expect(await kept()).toEqual([])
  },
)

it('the owner reads that the thread does not follow where the message named whoever is forgotten', async () => {
  const forget = forgettingOnce()
  atStep = async (step) => (step === 'thread-reserved' ? forget() : undefined)
  await send(inChannel)
  clock.moveTo(new Date(monday.getTime() + 60_000))
  await deliver()
  await deliver()
  expect(posts.map(({ channelId, threadTs }) => [channelId, threadTs])).toEqual([
    ['C1', undefined],
    ['U100', undefined],
  ])
  expect(said()).toMatch(/The rest of the team digest of .* was not posted in its thread/)
})

describe('a posted digest', () => {
  beforeEach(async () => {
    await send(toManager)
    calls = 81
    clock.moveTo(new Date('2026-11-24T08:00:00Z'))
  })

  it.each([1, 2])('is not corrected with whoever is forgotten during its building %i', async (at) => {
    const forget = forgettingOnce()
    let buildings = 0
    whileBuilding = async () => {
      buildings += 1
      if (buildings === at) await forget()
    }
    await sending.correct()
    expect(updates.join()).not.toContain('Rep 103')
    expect(await kept()).toEqual([])
  })

  it('is corrected where nobody is forgotten', async () => {
    await sending.correct()
    expect(updates.join()).toContain('+1 calls')
    expect((await store.deliveries.find('d1'))?.body).toContain('+1 calls')
  })
})

it('a body that is written while somebody is being forgotten waits for it, and is refused', async () => {
  await send(toManager)
  const row = await store.deliveries.find('d1')
  let writing: Promise<unknown> = Promise.resolve()
  await store.database.transaction(async (tx) => {
    await countForgetting(tx)
    writing = store.deliveries.update('d1', { body: 'Rep 103', forgettings: row?.forgettings }).catch((error: unknown) => error)
    for (let turn = 0; turn < 50; turn += 1) await tx.execute(sql`SELECT 1`)
  })
  expect(await writing).toBeInstanceOf(SomebodyForgotten)
  expect((await store.deliveries.find('d1'))?.body).toBe(row?.body)
})
