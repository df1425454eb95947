// The list of people in its compartments: somebody whose record cannot be used keeps what was known of them, and is named to admins. Over the
// real store and Gong's client.
import { afterEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { openGong } from '../../src/gong/open.ts'
import type { Store } from '../../src/store/store.ts'
import { dataProblems } from '../../src/sync/data-problems.ts'
import { refreshPeople } from '../../src/sync/people.ts'
import { type Upstream, watchGong } from '../contract/watched-gong.ts'
import { options } from '../gong/fakes.ts'
import { usualStore } from '../kit/store.ts'

const clock = movableClock(new Date('2026-11-25T11:00:00Z'))
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

type User = Readonly<Record<string, unknown>>
const company: readonly User[] = [
  { id: '10', firstName: 'Maria', lastName: 'Kern', emailAddress: 'maria@company.example', managerId: null, active: true },
  ...['Ana', 'Ben', 'Eva', 'Jo', 'Kim', 'Lea'].map((firstName, index) => ({
    id: String(11 + index),
    firstName,
    lastName: 'Berg',
    emailAddress: `${firstName.toLowerCase()}@company.example`,
    managerId: '10',
    active: true,
    title: 'Account Executive',
  })),
]

/** Refreshes the list from a Gong that answers with these users. */
async function world() {
  const store = await usualStore({ clock })
  let users = company
  const answer: Upstream = async () => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    text: JSON.stringify({ requestId: 'r', records: { totalRecords: users.length }, users }),
  })
  const watched = await watchGong(answer)
  const gong = await openGong(options({ baseUrl: watched.baseUrl }).all)
  closers.push(
    () => store.close(),
    () => watched.close(),
    () => gong.close(),
  )
  const refresh = async (now: readonly User[]) => {
    users = now
    await refreshPeople({ source: gong.source, store, clock, zone: 'Europe/Berlin' }, { purpose: 'background' })
    return store.people.chart()
  }
  return { store, refresh }
}

const wordsOf = async (store: Store) => (await dataProblems(store, clock.now())).filter(({ key }) => key === 'people-set-aside')
const changed = (id: string, fields: User) => company.map((user) => (user.id === id ? { ...user, ...fields } : user))

describe('a record of the list of people', () => {
  it.each<[string, User, object]>([
    ['a title that is a number', { title: 5 }, { title: undefined }],
    ['nobody as manager', { managerId: '-1' }, { managerId: undefined }],
    ['a flag as text', { active: 'true' }, {}],
    ['aliases as objects', { emailAliases: [{ address: 'x' }] }, {}],
    ['a name that is a list', { firstName: ['Ana'] }, { name: 'Berg' }],
    ['an address that is nothing', { emailAddress: null }, { emails: [] }],
    ['a manager that is an object', { managerId: { id: '10' } }, { managerId: undefined }],
    ['a day it was made that is no date', { created: 'yesterday' }, {}],
  ])('with %s stays, without that field alone', async (_what, fields, expected) => {
    const { store, refresh } = await world()
    const before = (await refresh(company)).people.get('11')
    const after = await refresh(changed('11', fields))
    expect(after.active).toHaveLength(7)
    const { pastPlaces: _, ...person } = after.people.get('11') ?? {}
    expect(person).toEqual({ ...before, ...expected })
    expect(await wordsOf(store)).toEqual([])
  })

  it.each([
    ['no id', { id: null }],
    ['an id that is a name', { id: 'ana' }],
    ['an id with a fraction', { id: 1.5 }],
  ])('with %s is set aside: the person keeps the last row, and admins are notified of it', async (_what, fields) => {
    const { store, refresh } = await world()
    await refresh(company)
    const chart = await refresh(changed('11', fields))
    expect(chart.people.get('11')).toMatchObject({ name: 'Ana Berg', active: true, managerId: '10' })
    expect(chart.team('10')).toHaveLength(6)
    expect((await wordsOf(store)).map(({ words, mentions }) => [words, mentions])).toEqual([
      ["Records of Gong's list of people cannot be used: 1 without a usable id. These people keep what was known of them.", []],
    ])
    await refresh(company)
    expect(await wordsOf(store)).toEqual([])
  })
})
