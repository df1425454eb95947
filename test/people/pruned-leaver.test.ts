// Gong keeps the managers of people who left. Somebody who left before the retention is deleted, and nobody stands elsewhere because of it.
import { afterEach, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { inGong, type SightWorld, sightWorld } from '../kit/sight-world.ts'

let world: SightWorld
afterEach(() => world.store.close())

const left = (person: Person): Person => ({ ...person, active: false })
const six = ['99', '100', '101', '102', '103', '104'].map((id) => inGong(id, id === '99' ? undefined : '99'))
const asGiven = async () => undefined

/** As the night does it, of what ended before the retention of 13 months. */
const prune = () => world.store.prune('2025-10-23', '2026-11-09')

/** Maria's team, and whether its people are kept. */
async function teamOf99() {
  const { value, members } = await world.hosted('99', (await world.viewers.readerOf('U100')).viewer)
  return { value, members }
}

/** `ids` left before the retention: nothing of theirs is in it. */
async function worldWithout(ids: readonly string[], people: readonly Person[]) {
  world = await sightWorld(people)
  for (const table of ['interaction_rows', 'activity_rows'])
    for (const id of ids) await world.store.database.execute(`DELETE FROM ${table} WHERE person_id = '${id}'`)
}

// 105 reports to 200, who left in November, who reported to 300, who left before the retention, who reported to Maria.
it.each<[string, readonly Person[], () => Promise<unknown>]>([
  ['as Gong has it', [inGong('200', '300'), left(inGong('300', '99')), inGong('105', '200')], asGiven],
  [
    'as an admin moved somebody',
    [inGong('200'), left(inGong('300', '99')), inGong('105', '200')],
    () => world.store.people.move('200', '300'),
  ],
])('keeps who left while the line of managers of somebody passes through them, %s', async (_, line, change) => {
  const before = [...six, ...line]
  await worldWithout(['300'], before)
  await change()
  const now = before.map((each) => (each.id === '200' ? left(each) : each))
  await world.store.people.replaceAll(now, { readAt: world.clock.now(), seenOn: '2026-11-10' })
  const shown = await teamOf99()
  expect(shown.members).toContain('105')
  await prune()
  expect(await teamOf99()).toEqual(shown)
  world.moveToDay(1)
  await world.refresh(now)
  expect(await teamOf99()).toEqual(shown)
})

it('deletes who left with nobody below, a line of them and a circle too, each time Gong lists them', async () => {
  const gone = [
    ['300', '301'],
    ['301', '99'],
    ['400', '401'],
    ['401', '400'],
    ['500', '500'],
  ].map(([id = '', manager]) => left(inGong(id, manager)))
  const ids = gone.map(({ id }) => id)
  const people = [...six, ...gone]
  await worldWithout(ids, people)
  const shown = await teamOf99()
  for (const day of [1, 2]) {
    await prune()
    expect([...(await world.store.people.chart()).people.keys()].filter((id) => ids.includes(id))).toEqual([])
    world.moveToDay(day)
    await world.refresh(people)
    expect(await teamOf99()).toEqual(shown)
  }
})
