// Rights that end in Slack while nothing is heard: what the directory holds of somebody counts only as long as every change since was heard.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { refreshDirectoryWhenDue } from '../../src/people/refresh-directory.ts'
import { viewersOver } from '../../src/people/viewers.ts'
import { createDirectory, type SlackUser } from '../../src/slack/directory.ts'
import { createGate } from '../../src/slack/gate.ts'
import { createHeardMembers, type HeardMembers } from '../../src/slack/heard-members.ts'
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
let members: HeardMembers

const client = {
  async apiCall(method: string, { user }: { readonly user?: string } = {}) {
    asked.push(user ?? method)
    if (method === 'users.info') return { ok: true, user: users.get(user ?? '') }
    if (method === 'users.list') return { ok: true, members: [...users.values()] }
    if (method === 'conversations.info') return { ok: true, channel: { name: 'emea', is_private: true, is_member: true } }
    return { ok: true, members: [...users.keys()] }
  },
} as never

const directoryOver = (over: Parameters<typeof createDirectory>[0]['store']) =>
  createDirectory({ client, store: over, home, clock, log: keptLog().log })
const stored = () => directoryOver(store.directory)

/** A process that starts, over what the store holds. */
function startHearing(): void {
  hearing = createHearing(clock)
  members = createHeardMembers(store.directory, hearing, clock)
}
const heardStore = () => ({ ...store.directory, ...members })
const viewers = () =>
  viewersOver(
    { ...store, directory: heardStore() },
    { directory: directoryOver(heardStore()), adminNames: [], slackAdminsAreAdmins: true, zone: async () => 'Europe/Berlin' },
  )
const gate = () => createGate({ client, members, directory: directoryOver(heardStore()), allowGuests: false, clock })
const readWhenDue = () =>
  refreshDirectoryWhenDue({
    store,
    clock,
    log: keptLog().log,
    isHeard: hearing.covers,
    read: () => stored().refresh(),
    onRead: async () => undefined,
  })
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
})
afterEach(() => store.close())

it('asks Slack about nobody while every change is heard', async () => {
  later(20 * 60 * minute)
  expect((await viewers().readerOf('U2')).viewer.isAdmin).toBe(true)
  expect((await gate().check('C1')).type).toBe('open')
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
  // Matches are compared with what is stored when the directory is read: until then it stays as it was.
  expect((await store.directory.find('U1'))?.isGuest).toBe(false)
  await readWhenDue()
  expect((await store.directory.find('U1'))?.isGuest).toBe(true)
  asked = []
  later(60 * minute)
  expect((await viewers().readerOf('U1')).viewer.standing).toBe('guest')
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
  members.heard('U2')
  expect((await viewers().readerOf('U2')).viewer.isAdmin).toBe(false)
})

it('asks again every quarter of an hour while no connection stands, and reads the directory as often', async () => {
  hearing.ended()
  const readings = () => asked.filter((what) => what === 'users.list').length
  for (let minutes = 0; minutes < 60; minutes += 1) {
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
    await readWhenDue()
    later(10_000)
  }
  expect(asked.filter((what) => what === 'users.list').length).toBeLessThanOrEqual(5)
})
