// Rights, gate and names before every row that goes out: threads, retries, kept bodies, corrections, previews and notices. A manager `100`
// with six reps `101`…`106` and the admin `UOWNER`; what a digest says is short, everything that decides who may read it is real.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../../src/clock.ts'
import type { Sending } from '../../../src/digests/delivery/sending.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Grant } from '../../../src/domain/policy.ts'
import type { SlackMember } from '../../../src/domain/slack-member.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import { line } from '../../../src/render/text/text.ts'
import type { BuildDigest } from '../../../src/reports/digest.ts'
import type { GateVerdict, Look, Post, SlackFailure } from '../../../src/slack-ports.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { fillCompany, member, smallCompany } from '../../kit/delivery-world.ts'
import { usualStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'
import { namedSending } from './named-sending.ts'

const monday = new Date('2026-11-23T08:00:00Z')
const team = ['101', '102', '103', '104', '105', '106']
const company = smallCompany()

let store: OpenedStore
let clock: MovableClock
let sending: Sending
/** Whom a digest names. */
let reps: readonly string[]
let posts: Post[]
let updates: string[]
/** One a post; undefined: it is accepted. */
let failures: (SlackFailure | undefined)[]
let gate: GateVerdict
/** What a look into the channel finds. */
let look: Look
/** Calls counted by Gong: a late one makes a correction. */
let calls: number
/** What is said of each person. */
let figure: string
/** For each building for a channel, who of its readers sees others by name. */
let builtFor: string[][]
/** For each building for one reader, how many roles they have. */
let rolesBuiltFor: number[]
/** Where people are named. */
let namesIn: 'message' | 'thread'
/** What happens while a digest reads from Gong. */
let whileReading: () => Promise<unknown>
/** What happens while a digest is built. */
let whileBuilding: () => Promise<void>

/** Names everybody in the table of the thread where names may be seen; each person's figure is said as "Rep 101: 50 %". */
const namingDigest: BuildDigest = async (request, { detail, audience }) => {
  if (audience.type === 'group') builtFor.push(audience.onlookers?.viewers.map(({ slackUserId }) => slackUserId) ?? [])
  else rolesBuiltFor.push(audience.viewer.grants.length)
  await whileBuilding()
  const named = detail === 'by-name' ? reps.map((id) => ({ type: 'text' as const, line: line(`Rep ${id}: ${figure}`) })) : []
  return {
    message: {
      summary: [`${request.kind} digest, ${calls} calls`, ...request.remarks].join(' · '),
      parts: namesIn === 'message' ? named : [],
      ...(namesIn === 'thread' && named.length > 0 && { thread: named }),
    },
    isEmpty: false,
    shows: detail === 'by-name' ? reps : [],
    mentions: [],
    figures: { calls },
  }
}

beforeEach(async () => {
  reps = team
  clock = movableClock(monday)
  store = await usualStore({ clock, realTime: clock })
  await fillCompany(store, monday, { ...company, members: [...company.members, member('UOUT', 'Out Sider')] })
  posts = []
  updates = []
  builtFor = []
  rolesBuiltFor = []
  failures = []
  look = { type: 'absent' }
  calls = 80
  figure = '50 %'
  namesIn = 'thread'
  whileReading = async () => undefined
  whileBuilding = async () => undefined
  gate = channelOf('U100', ...reps.map((id) => `U${id}`))
  const slack = { posts, updates, nextFailure: () => failures.shift(), gate: () => gate }
  sending = namedSending(
    { store, clock, slack },
    {
      build: namingDigest,
      reconciler: { look: async () => look },
      async refresh() {
        await whileReading()
        return true
      },
    },
  )
})
afterEach(() => store?.close())

function setGate(verdict: GateVerdict): void {
  gate = verdict
}

/** People who have no manager any more. */
const withoutManager = (person: Person): Person => {
  const { managerId: _former, ...rest } = person
  return rest
}

function replacePeople(people: readonly Person[]): Promise<unknown> {
  return store.people.replaceAll(people, { readAt: monday, seenOn: '2026-01-05' })
}

const channelOf = (...readers: readonly string[]): GateVerdict => ({
  type: 'open',
  channelName: 'emea-private',
  isPrivate: true,
  people: readers.map((id): SlackMember => member(id, id)),
})
const shared: GateVerdict = { type: 'closed', reason: 'shared', channelName: 'emea-private', people: 0 }
const down: SlackFailure = { type: 'unreached', error: 'ECONNREFUSED' }
const limited: SlackFailure = { type: 'rate-limited', retryAfterMs: 60_000, error: 'ratelimited' }

/** Reserves this Monday's run and delivers whatever wants attention, once. */
async function send(change: Partial<Subscription>): Promise<Subscription> {
  const subscription = teamDigest({ ownerSlackId: 'U100', ...change })
  await store.subscriptions.insert(subscription)
  const occurrence = '2026-11-23T09:00[Europe/Berlin]'
  await store.deliveries.reserve({ id: subscription.id, subscriptionId: subscription.id, occurrence, dueAt: monday, createdAt: monday }, {})
  await deliver()
  return subscription
}

async function deliver(): Promise<void> {
  for (const { id } of await store.deliveries.wakeable(clock.now(), 100)) await sending.deliver(id)
}

async function minutesLater(minutes: number): Promise<void> {
  clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000))
  await deliver()
  await deliver()
}

const movedTo = (id: string, managerId: string): readonly Person[] =>
  company.people.map((one) => (one.id === id ? { ...one, managerId } : one))

/** Everything that reached somebody else than the owner by direct message about a problem. */
const said = () => posts.map(({ payload }) => payload.text).join('\n')
const saidIn = (channelId: string) =>
  posts
    .filter((post) => post.channelId === channelId)
    .map(({ payload }) => payload.text)
    .join('\n')
const named = /Rep 10\d: 50 %/

const byName = { showNames: true } as const
const toManager = { kind: 'manager', destination: { type: 'dm', slackUserId: 'U100' } } as const

describe('the thread of a digest by name that was held up', () => {
  /** The message goes out; its thread meets a 429. */
  async function sendWithoutThread(change: Partial<Subscription>): Promise<void> {
    const subscription = teamDigest({ ownerSlackId: 'U100', ...change })
    await store.subscriptions.insert(subscription)
    const occurrence = '2026-11-23T09:00[Europe/Berlin]'
    await store.deliveries.reserve({ id: 'd1', subscriptionId: subscription.id, occurrence, dueAt: monday, createdAt: monday }, {})
    failures = [undefined, limited]
    await sending.deliver('d1')
    expect(said()).not.toMatch(named)
  }

  it('is posted where everybody may still read it', async () => {
    await send(byName)
    await minutesLater(2)
    expect(posts.map(({ threadTs }) => threadTs)).toEqual([undefined, 'ts-1'])
    expect(said()).toMatch(named)
  })

  it.each([
    ['the channel is shared with another company', () => setGate(shared)],
    ['a guest reads along', () => setGate({ type: 'closed', reason: 'guests', people: 1 })],
    ['the channel is archived', () => setGate({ type: 'closed', reason: 'archived', people: 0 })],
    ['somebody from outside the team joins', () => setGate(channelOf('U100', 'UOUT'))],
    ['the channel is public now', () => setGate({ ...channelOf('U100'), isPrivate: false } as GateVerdict)],
    ['the owner leads the team no more', () => replacePeople(company.people.map(withoutManager))],
    [
      'one of the people moves to another team',
      () => replacePeople(company.people.map((one) => (one.id === '103' ? withoutManager(one) : one))),
    ],
  ] as const)('is not posted when meanwhile %s; the owner reads why', async (_what, change) => {
    await sendWithoutThread(byName)
    await change()
    await minutesLater(10)
    expect(saidIn('C1')).not.toMatch(named)
    expect(saidIn('U100')).toMatch(/The rest of the team digest of .* was not posted in its thread: .*/)
    await minutesLater(60)
    expect(saidIn('C1')).not.toMatch(named)
  })

  it('names nobody who left the team meanwhile, which corrects no message, and each look is recorded', async () => {
    await sendWithoutThread(toManager)
    const moved = company.people.map((one) => (one.id === '106' ? { ...one, managerId: '200' } : one))
    await replacePeople([...moved, { id: '200', name: 'New Lead', emails: [], active: true }])
    reps = reps.filter((id) => id !== '106')
    calls = 81
    await sending.correct()
    // The thread made again meets a 429 as well.
    failures = [limited]
    await minutesLater(2)
    await minutesLater(2)
    expect(posts.map(({ threadTs }) => threadTs)).toEqual([undefined, 'ts-1'])
    expect(saidIn('U100')).toContain('Rep 105: 50 %')
    expect(said()).not.toContain('Rep 106')
    expect((await store.access.seenBy(['105'], { limit: 10 })).rows[0]?.times).toBe(1)
    expect((await store.access.seenBy(['106'], { limit: 10 })).rows[0]?.times).toBe(1)
  })

  it('is made again below a message that was corrected', async () => {
    await sendWithoutThread(toManager)
    calls = 81
    figure = '52 %'
    await sending.correct()
    await minutesLater(2)
    expect(saidIn('U100')).toContain('Rep 106: 52 %')
    expect((await store.access.seenBy(['106'], { limit: 10 })).rows[0]?.times).toBe(2)
    expect(said()).not.toContain('50 %')
  })
})

describe('a digest held up by a Slack outage', () => {
  const heldUp = async (change: Partial<Subscription>, meanwhile: () => unknown): Promise<void> => {
    failures = [down, down]
    await send(change)
    await minutesLater(1)
    await meanwhile()
    await minutesLater(120)
  }

  it('says the same when nothing changed', async () => {
    await heldUp(toManager, () => undefined)
    expect(saidIn('U100')).toContain('manager digest, 80 calls')
    expect(saidIn('U100')).toMatch(named)
  })

  it('does not reach a manager who was moved or demoted meanwhile', async () => {
    await heldUp(toManager, () =>
      replacePeople([
        ...company.people.map((one) => (one.managerId === '100' ? { ...one, managerId: '200' } : one)),
        { id: '200', name: 'New Lead', emails: [], active: true },
      ]),
    )
    expect(said()).not.toMatch(named)
    expect(said()).not.toContain('80 calls')
  })

  it('is built again without a report who moved to another manager', async () => {
    let built = 0
    whileBuilding = async () => {
      built += 1
    }
    await heldUp(toManager, () =>
      replacePeople([
        ...company.people.map((one) => (one.id === '106' ? { ...one, managerId: '200' } : one)),
        { id: '200', name: 'New Lead', emails: [], active: true },
      ]),
    )
    expect(built).toBeGreaterThan(1)
  })

  it('does not reach a viewer whose role ended meanwhile', async () => {
    const id = await store.access.grant('U101', { type: 'viewer', orgOf: '100' }, 'UOWNER', monday)
    await heldUp({ destination: { type: 'dm', slackUserId: 'U101' }, ownerSlackId: 'U101' }, () => store.access.revoke(id, '2026-11-23'))
    // U101 is in the team, so the medians remain theirs.
    expect(said()).not.toMatch(named)
    expect(saidIn('U101')).toContain('team digest')
  })

  it('does not reach a reader who became a guest meanwhile', async () => {
    await heldUp(toManager, () => store.directory.upsert({ ...member('U100', 'Priya Nair'), isGuest: true }))
    expect(posts.filter(({ channelId }) => channelId === 'U100')).toEqual([])
  })

  it('is not posted for an owner who lost the right meanwhile', async () => {
    await heldUp({ ...byName }, () => replacePeople(company.people.map(withoutManager)))
    expect(saidIn('C1')).toBe('')
  })
})

describe('a digest without names for a channel', () => {
  const heldUp = async (meanwhile: () => unknown): Promise<void> => {
    failures = [down, down]
    await send({})
    await minutesLater(1)
    await meanwhile()
    await minutesLater(120)
    expect(saidIn('C1')).toContain('80 calls')
  }
  const coaches = (slackUserId: string) => store.access.grant(slackUserId, { type: 'coach', personId: '102' }, 'UOWNER', monday)

  it('is built once for those of its readers who see others by name, and kept while that stays', async () => {
    await coaches('U101')
    await coaches('UOUT')
    await heldUp(() => setGate(channelOf('UOWNER', 'U100', ...reps.map((id) => `U${id}`))))
    expect(builtFor).toEqual([['U100', 'U101']])
  })

  it.each([
    ['somebody in it became a coach', ['U100', 'U103'], () => coaches('U103')],
    ['somebody in it leads one of them now', ['U100', 'U104'], () => replacePeople(movedTo('105', '104'))],
    ['a coach joined it', ['U100', 'UOUT'], () => [setGate(channelOf('U100', 'UOUT')), coaches('UOUT')][1]],
  ] as const)('is built again where meanwhile %s', async (_what, readers, change) => {
    await heldUp(change)
    expect([builtFor.length > 1, builtFor.at(-1)]).toEqual([true, readers])
  })

  it('is previewed for the readers that it would have, and for whoever looks at it', async () => {
    await coaches('U101')
    const viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] } as const
    await sending.preview(viewer, teamDigest({}))
    setGate(shared)
    await sending.preview(viewer, teamDigest({}))
    // Nobody knows who reads a closed one: everybody with a role.
    expect(builtFor).toEqual([
      ['U100', 'U101', 'UOWNER'],
      ['U101', 'UOWNER'],
    ])
  })
})

describe('a digest without names for one reader', () => {
  const heldUp = async (meanwhile: () => unknown): Promise<void> => {
    failures = [down, down]
    await send({ ownerSlackId: 'U101', destination: { type: 'dm', slackUserId: 'U101' } })
    await minutesLater(1)
    await meanwhile()
    await minutesLater(120)
    expect(saidIn('U101')).toContain('80 calls')
  }
  const role = (grant: Grant) => store.access.grant('U101', grant, 'UOWNER', monday)

  it('is kept while they see the same people by name, whatever others see', async () => {
    await heldUp(() => store.access.grant('U102', { type: 'coach', personId: '103' }, 'UOWNER', monday))
    expect(rolesBuiltFor).toEqual([0])
  })

  it.each([
    ['became the coach of one of them', 1, () => role({ type: 'coach', personId: '103' })],
    ['views them by name now', 1, () => role({ type: 'viewer', orgOf: '100' })],
    ['leads one of them now', 0, () => replacePeople(movedTo('105', '101'))],
  ] as const)('is built again where its reader %s meanwhile', async (_what, roles, change) => {
    await heldUp(change)
    expect([rolesBuiltFor.length > 1, rolesBuiltFor.at(-1)]).toEqual([true, roles])
  })
})

describe('a digest whose building waits for Gong', () => {
  it('asks gate, readers and names again before it posts', async () => {
    whileBuilding = async () => {
      clock.moveTo(new Date(clock.now().getTime() + 60_000))
      gate = channelOf('U100', 'UOUT')
    }
    await send(byName)
    await minutesLater(1)
    expect(saidIn('C1')).toContain('team digest')
    expect(saidIn('C1')).not.toMatch(named)
  })

  it('is held when the channel was shared meanwhile', async () => {
    whileBuilding = async () => {
      clock.moveTo(new Date(clock.now().getTime() + 60_000))
      gate = shared
    }
    await send({})
    expect(saidIn('C1')).toBe('')
  })
})

describe.each(['it reads from Gong', 'it is built'] as const)(
  'a digest goes by the rights of after, where they change while %s',
  (when) => {
    const week = { from: '2026-11-16', to: '2026-11-23' }
    const lastRead = { rows: [], quarantinedIds: [], quarantined: 0, readAt: new Date('2026-11-22T08:00:00Z'), final: false }

    /** Sent while `change` happens once; no time passes by. */
    async function sendWhile(change: () => Promise<unknown>, digest: Partial<Subscription>): Promise<void> {
      namesIn = 'message'
      let left = 1
      const happens = async () => void (left-- > 0 && (await change()))
      if (when === 'it is built') whileBuilding = happens
      else {
        await store.windows.replace('interaction', week, lastRead)
        whileReading = happens
      }
      await send(digest)
      await minutesLater(1)
      expect(left).toBeLessThan(1)
    }
    const head = (id: string): Person => ({ id, name: `Head ${id}`, emails: [], active: true })
    const under = (managerId: string) => [head('300'), head('400'), ...movedTo('100', managerId)]
    const toViewer = { ownerSlackId: 'UOUT', destination: { type: 'dm', slackUserId: 'UOUT' } } as const

    it('as they were, it names people', async () => {
      await sendWhile(async () => undefined, byName)
      expect(saidIn('C1')).toMatch(named)
    })

    const getsNothing = (): void => {
      expect(said()).not.toContain('80 calls')
      expect(saidIn('UOUT')).toContain('was not posted: you may not see these figures any more')
    }

    it('a viewer of another organization than the team is in now gets nothing', async () => {
      await replacePeople(under('300'))
      await store.access.grant('UOUT', { type: 'viewer', orgOf: '300' }, 'UOWNER', monday)
      await sendWhile(() => replacePeople(under('400')), toViewer)
      getsNothing()
    })

    it('a viewer whose role ended gets nothing', async () => {
      const role = await store.access.grant('UOUT', { type: 'viewer', orgOf: '100' }, 'UOWNER', monday)
      await sendWhile(() => store.access.revoke(role, '2026-11-23'), toViewer)
      getsNothing()
    })

    it('a manager who became a guest gets nothing', async () => {
      await sendWhile(() => store.directory.upsert({ ...member('U100', 'Priya Nair'), isGuest: true }), toManager)
      expect(posts.filter(({ channelId }) => channelId === 'U100')).toEqual([])
    })

    it('a channel with a reader who left the team sees no names', async () => {
      await sendWhile(() => replacePeople(company.people.map((one) => (one.id === '103' ? withoutManager(one) : one))), byName)
      expect(saidIn('C1')).toContain('80 calls')
      expect(saidIn('C1')).not.toMatch(named)
    })

    it('a channel with a reader who leads somebody now sees figures for whom they see', async () => {
      await sendWhile(() => replacePeople(movedTo('105', '104')), {})
      expect([saidIn('C1').includes('80 calls'), builtFor.at(-1)]).toEqual([true, ['U100', 'U104']])
    })
  },
)

describe('a digest during whose every building rights change', () => {
  it('waits until they hold', async () => {
    let changing = true
    whileBuilding = async () => void (changing && (await replacePeople(company.people)))
    await send({})
    expect([builtFor.length, posts]).toEqual([2, []])
    changing = false
    await minutesLater(1)
    expect([builtFor.length, saidIn('C1').includes('80 calls')]).toEqual([3, true])
  })

  it('is not corrected until they hold', async () => {
    await send({})
    calls = 81
    clock.moveTo(new Date('2026-11-24T08:00:00Z'))
    let changing = true
    whileBuilding = async () => void (changing && (await replacePeople(company.people)))
    await sending.correct()
    expect(updates).toEqual([])
    changing = false
    await sending.correct()
    expect(updates.join()).toContain('+1 calls')
  })
})

describe('a digest by name of which Slack gave no answer', () => {
  const lost: SlackFailure = { type: 'ambiguous', error: 'TimeoutError' }
  const seen = async () => (await store.access.seenBy(['101'], { limit: 10 })).rows
  const readers = ['U100', ...team.map((id) => `U${id}`)].toSorted()

  it.each<[string, Look]>([
    ['is found in its channel', { type: 'found', channelId: 'C1', messageTs: 'ts-9' }],
    ['cannot be looked for, so that its owner is asked', { type: 'blind', error: 'missing_scope' }],
    ['cannot be looked for, because the bot has left', { type: 'failed', failure: { type: 'channel-gone', error: 'not_in_channel' } }],
  ])('is in the record with those who could read it then, when it %s', async (_what, found) => {
    failures = [lost]
    look = found
    await send(byName)
    // Whoever may read the channel by then.
    gate = { type: 'closed', reason: 'guests', people: 1 }
    await minutesLater(1)
    await minutesLater(2)
    const [record, ...more] = await seen()
    expect(more).toEqual([])
    expect(record).toMatchObject({ channelName: 'emea-private', times: 1 })
    expect(record?.readerIds?.toSorted()).toEqual(readers)
  })

  it('is in the record once, however often Slack was asked to post it', async () => {
    failures = [limited, limited, lost]
    await send(byName)
    for (const minutes of [2, 4, 8, 16]) await minutesLater(minutes)
    expect(saidIn('C1')).not.toBe('')
    expect(await seen()).toMatchObject([{ times: 1 }])
  })

  it('is in the record for whoever could read each attempt', async () => {
    failures = [lost]
    await send(byName)
    gate = channelOf('U100', 'U101')
    await minutesLater(1)
    await minutesLater(2)
    expect(saidIn('C1')).not.toBe('')
    const [record] = await seen()
    expect(record?.readerIds?.toSorted()).toEqual(readers)
    expect(record?.times).toBe(2)
  })
})

describe('a correction', () => {
  it('adds no names to a digest that went out without them, after the outsider has left', async () => {
    gate = channelOf('U100', 'UOUT')
    await send(byName)
    await minutesLater(2)
    expect(saidIn('C1')).not.toMatch(named)
    gate = channelOf('U100', ...reps.map((id) => `U${id}`))
    calls = 81
    clock.moveTo(new Date('2026-11-24T08:00:00Z'))
    await sending.correct()
    expect(updates.join()).toContain('+1 calls')
    expect(updates.join()).not.toMatch(named)
    expect((await store.access.seenBy(['101'], { limit: 10 })).rows).toEqual([])
  })

  it('records whom it shows and who could read it, where it names people', async () => {
    await send(byName)
    await minutesLater(2)
    gate = channelOf('U100', 'U101', 'U102')
    calls = 81
    clock.moveTo(new Date('2026-11-24T08:00:00Z'))
    await sending.correct()
    expect(updates.join()).toMatch(named)
    const { rows } = await store.access.seenBy(['101'], { limit: 10 })
    expect(rows).toMatchObject([{ channelName: 'emea-private', bySlackId: 'U100' }])
    // Whoever read it as it was posted, and whoever reads it as it is corrected.
    expect(new Set(rows[0]?.readerIds)).toEqual(new Set(['U100', ...reps.map((id) => `U${id}`)]))
    // The message and the correction; its thread goes on with the message.
    expect(rows[0]?.times).toBe(2)
  })

  it('is not made once the channel is shared, or the owner leads the team no more', async () => {
    await send(byName)
    await minutesLater(2)
    calls = 81
    clock.moveTo(new Date('2026-11-24T08:00:00Z'))
    gate = shared
    await sending.correct()
    gate = channelOf('U100')
    await replacePeople(company.people.map(withoutManager))
    await sending.correct()
    expect(updates).toEqual([])
  })
})

describe('a preview', () => {
  const draft = {
    kind: 'team',
    subjectId: '100',
    destination: { type: 'channel', channelId: 'C1' },
    recurrence: { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' },
    showNames: true,
  } as const
  const people = Object.fromEntries(company.people.map((person) => [person.id, person]))

  const viewerOf = (id: string, isAdmin = false) =>
    ({ slackUserId: `U${id}`, person: people[id] as Person, standing: 'member', isAdmin, grants: [] }) as const

  it('shows names to whoever may see them, where the channel will see them', async () => {
    expect((await sending.preview(viewerOf('100'), draft)).shows).toEqual(reps)
  })

  it.each<[string, () => unknown]>([
    ['has an outside reader', () => setGate(channelOf('U100', 'UOUT'))],
    ['is public', () => setGate({ ...channelOf('U100'), isPrivate: false } as GateVerdict)],
    ['is closed', () => setGate(shared)],
  ])('shows no names that the channel will not see: it %s', async (_what, is) => {
    is()
    for (const viewer of [viewerOf('100'), viewerOf('104', true)]) {
      const preview = await sending.preview(viewer, draft)
      expect(preview.shows).toEqual([])
      expect(JSON.stringify(preview.message)).not.toMatch(named)
    }
  })

  it('of a direct message to somebody else shows what its reader will see', async () => {
    for (const [reader, shows] of [
      ['U101', []],
      ['U100', reps],
    ] as const) {
      const destination = { type: 'dm', slackUserId: reader } as const
      expect((await sending.preview(viewerOf('100'), { ...draft, showNames: false, destination })).shows).toEqual(shows)
    }
  })

  it("shows nothing of a channel to an owner in whose name nothing goes there, their team's medians as a direct message", async () => {
    const rep = viewerOf('101')
    const refused = 'Only the managers of a team may post its figures in a channel. Nothing of it goes there in your name.'
    await expect(sending.preview(rep, draft)).rejects.toThrow(refused)
    const own = { ...draft, showNames: false, destination: { type: 'dm', slackUserId: 'U101' } } as const
    expect((await sending.preview(rep, own)).shows).toEqual([])
    const stranger = { slackUserId: 'UOUT', standing: 'member', isAdmin: false, grants: [] } as const
    for (const destination of [draft.destination, { type: 'dm', slackUserId: 'UOUT' } as const])
      await expect(sending.preview(stranger, { ...draft, destination })).rejects.toThrow('may not see these figures')
  })
})

describe('a notice', () => {
  it('does not reach an owner who became a guest before it could be posted', async () => {
    gate = shared
    failures = [down, down]
    await send({})
    await deliver()
    await store.directory.upsert({ ...member('U100', 'Priya Nair'), isGuest: true })
    await minutesLater(120)
    expect(posts).toEqual([])
  })
})
