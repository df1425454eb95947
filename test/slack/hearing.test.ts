// Rights that end in Slack while nothing is heard: what the directory holds of somebody counts only as long as every change since was heard.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { refreshDirectoryWhenDue } from '../../src/people/refresh-directory.ts'
import { viewersOver } from '../../src/people/viewers.ts'
import { wantDirectory } from '../../src/people/wanted-directory.ts'
import { createDirectory, type SlackUser } from '../../src/slack/directory.ts'
import { createGate } from '../../src/slack/gate.ts'
import { createHeardMembers } from '../../src/slack/heard-members.ts'
import { createHearing, type Hearing } from '../../src/slack/hearing.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'

const home = async () => ({ teamId: 'T1' })
const evening = new Date('2026-11-22T20:00:00Z')
const minute = 60_000
let clock: MovableClock
let store: OpenedStore
/** As Slack has them. */
let users: Map<string, SlackUser>
let asked: string[] = []
let hearing: Hearing
/** Slack's answers about one person wait for this. */
let answering: Promise<void> | undefined

const client = {
  async apiCall(method: string, { user }: { readonly user?: string } = {}) {
    asked.push(user ?? method)
    const is = users.get(user ?? '')
    if (method === 'users.info') await answering
    if (method === 'users.info') return { ok: true, user: is }
    if (method === 'users.list') return { ok: true, members: [...users.values()] }
    if (method === 'conversations.info') return { ok: true, channel: { name: 'emea', is_private: true, is_member: true } }
    return { ok: true, members: [...users.keys()] }
  },
} as never

const directoryOver = (over: Parameters<typeof createDirectory>[0]['store']) =>
  createDirectory({ client, store: over, home, clock, log: keptLog().log })
const stored = () => directoryOver(store.directory)

/** A process that starts, over what the store holds. */
const startHearing = () => {
  hearing = createHearing(clock)
}
const heardStoreOf = (heardBy: Hearing) => ({ ...store.directory, ...createHeardMembers(store.directory, heardBy, clock) })
const viewers = (heardBy = hearing) =>
  viewersOver(
    { ...store, directory: heardStoreOf(heardBy) },
    { directory: directoryOver(heardStoreOf(heardBy)), adminNames: [], slackAdminsAreAdmins: true, zone: async () => 'Europe/Berlin' },
  )
const isAdmin = async (heardBy?: Hearing) => (await viewers(heardBy).readerOf('U2')).viewer.isAdmin
const gate = () =>
  createGate({ client, members: heardStoreOf(hearing), directory: directoryOver(heardStoreOf(hearing)), allowGuests: false, clock })
/** What a tick of the process with this hearing notes. */
const tick = (heardBy = hearing) => wantDirectory(heardBy.heardSince(), { directory: store.directory, clock })
/** Any replica may be the one that does it. */
const readWhenDue = () =>
  refreshDirectoryWhenDue({ store, clock, log: keptLog().log, read: () => stored().refresh(), onRead: async () => undefined })
const later = (ms: number) => clock.moveTo(new Date(clock.now().getTime() + ms))
const change = (id: string, more: SlackUser) => users.set(id, { ...users.get(id), ...more })

beforeEach(async () => {
  clock = movableClock(evening)
  store = await usualStore({ clock })
  users = new Map(['U1', 'U2'].map((id) => [id, { id, team_id: 'T1', name: id, is_admin: id === 'U2', updated: 1 }]))
  startHearing()
  hearing.began()
  await stored().refresh()
  asked = []
  answering = undefined
})
afterEach(() => store.close())

it('asks Slack about nobody while every change is heard', async () => {
  later(20 * 60 * minute)
  expect((await viewers().readerOf('U2')).viewer.isAdmin).toBe(true)
  expect((await gate().check('C1')).type).toBe('open')
  await tick()
  await readWhenDue()
  expect(asked).toEqual(['conversations.info', 'conversations.members'])
})

it.each([
  ['a stop', () => startHearing()],
  ['a time without a connection', () => hearing.ended()],
])('knows after %s whose rights ended meanwhile, each asked once until the directory is read, which is due at once', async (_what, end) => {
  end()
  later(60 * minute)
  change('U1', { is_restricted: true, updated: 2 })
  change('U2', { is_admin: false, updated: 2 })
  hearing.began()
  for (let times = 0; times < 2; times += 1) {
    expect((await viewers().readerOf('U1')).viewer.standing).toBe('guest')
    expect((await viewers().readerOf('U2')).viewer.isAdmin).toBe(false)
    expect(await gate().check('C1')).toMatchObject({ type: 'closed', reason: 'guests', people: 1 })
  }
  expect(asked.filter((what) => what.startsWith('U'))).toEqual(['U1', 'U2'])
  // Every other replica knows it too.
  expect((await store.directory.find('U1'))?.isGuest).toBe(true)
  await tick()
  await readWhenDue()
  expect(asked).toContain('users.list')
  asked = []
  later(60 * minute)
  expect((await viewers().readerOf('U1')).viewer.standing).toBe('guest')
  await tick()
  await readWhenDue()
  expect(asked).toEqual([])
})

it('does the same before anything is heard, and goes on by an event that came after the question', async () => {
  later(minute)
  startHearing()
  later(minute)
  expect((await viewers().readerOf('U2')).viewer.isAdmin).toBe(true)
  expect(asked).toEqual(['U2'])
  change('U2', { is_admin: false, updated: 2 })
  await stored().heard(users.get('U2') ?? {})
  expect((await viewers().readerOf('U2')).viewer.isAdmin).toBe(false)
})

describe('of two replicas', () => {
  let other: Hearing
  beforeEach(() => {
    later(minute)
    startHearing()
    other = createHearing(clock)
    for (const each of [hearing, other]) each.began()
  })
  const both = async () => [await isAdmin(), await isAdmin(other)]

  it('the one that asked before knows by the event that the other one got, however long the list cannot be read', async () => {
    later(minute)
    expect(await both()).toEqual([true, true])
    expect(asked).toEqual(['U2'])
    later(5 * minute)
    change('U2', { is_admin: false, updated: 2 })
    await stored().heard(users.get('U2') ?? {})
    later(120 * minute)
    expect(await both()).toEqual([false, false])
    expect(asked).toEqual(['U2'])
  })

  it('neither believes an answer that was on its way while the event came, whether Slack dates them or not', async () => {
    for (const [before, after] of [
      [2, 3],
      [3, 3],
      [undefined, undefined],
    ] as const) {
      later(minute)
      hearing.missed()
      change('U2', { is_admin: true, updated: before })
      const { promise, resolve } = Promise.withResolvers<void>()
      answering = promise
      asked = []
      const waiting = isAdmin()
      await vi.waitFor(() => expect(asked).toEqual(['U2']))
      later(1000)
      change('U2', { is_admin: false, updated: after })
      await stored().heard(users.get('U2') ?? {})
      resolve()
      expect(await waiting).toBe(false)
      expect(await both()).toEqual([false, false])
    }
  })

  it('the one that missed an event has the directory read whoever reads it, and until then both ask', async () => {
    await tick()
    await readWhenDue()
    later(60 * minute)
    change('U2', { is_admin: false, updated: 2 })
    hearing.missed()
    await tick(other)
    expect(await isAdmin()).toBe(false)
    change('U1', { is_restricted: true, updated: 2 })
    await tick()
    expect((await viewers(other).readerOf('U1')).viewer.standing).toBe('guest')
    asked = []
    await readWhenDue()
    await readWhenDue()
    expect(asked).toEqual(['users.list'])
    await both()
    expect(asked).toEqual(['users.list'])
  })
})

it('goes on by what is wanted once a clock that was ahead is put right', async () => {
  await store.directory.want(new Date(clock.now().getTime() + 365 * 24 * 60 * minute))
  later(60 * minute)
  expect(await isAdmin()).toBe(true)
  await readWhenDue()
  expect(asked).toEqual([])
  hearing.missed()
  await tick()
  await readWhenDue()
  expect(asked).toEqual(['users.list'])
})

it('asks again every quarter of an hour while no connection stands, and reads the directory as often', async () => {
  hearing.ended()
  const readings = () => asked.filter((what) => what === 'users.list').length
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await tick()
    await readWhenDue()
    later(minute)
  }
  // In minutes 16, 32 and 48: each time the reading before is older than 15.
  expect(readings()).toBe(3)
})

it('does not read it over and over where connections come and go', async () => {
  for (let seconds = 0; seconds < 600; seconds += 10) {
    hearing.ended()
    hearing.began()
    await tick()
    await readWhenDue()
    later(10_000)
  }
  expect(asked.filter((what) => what === 'users.list').length).toBeLessThanOrEqual(5)
})
