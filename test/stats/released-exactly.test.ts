// A newer figure is released exactly as somebody judged it: what is stored or released while they judge is neither shown with it nor lost.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Reads } from '../../src/domain/reads.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { usualStore } from '../kit/store.ts'
import { scored, shownCompany, teamOf } from './shown-company.ts'
import { person } from './world.ts'

const team = { type: 'team', managerId: 'ada' } as const
const people = [person('ada'), ...teamOf('ada', 7)]
const ids = people.slice(1).map(({ id }) => id)

let store: OpenedStore
let company: Awaited<ReturnType<typeof shownCompany>>
beforeEach(async () => {
  store = await usualStore()
  company = await shownCompany(store, people, 5)
})
afterEach(() => store.close())

/** Lets something happen at the first release, after everything it rests on was read and judged. */
function meanwhile(happens: () => Promise<unknown>): (reads: Reads) => Reads {
  let isDone = false
  return (reads) => ({
    ...reads,
    async release(...judged) {
      if (!isDone) {
        isDone = true
        await happens()
      }
      return reads.release(...judged)
    },
  })
}

const counts = (...calls: readonly number[]) => new Map(ids.map((id, index) => [id, calls[index] ?? 0]))
const storeCalls = (...calls: readonly number[]) => company.calls(counts(...calls))

beforeEach(async () => {
  await storeCalls(4, 4, 4, 4, 4, 4, 4)
  // 7 × 4.
  expect(await company.hosted(team)).toBe(28)
  await storeCalls(5, 5, 5, 5, 5, 4, 4)
})

it('five newer figures are shown; one more call of one of them, stored meanwhile, makes them wait for the next look', async () => {
  const shown = await company.over(meanwhile(() => storeCalls(6, 5, 5, 5, 5, 4, 4))).hosted(team)
  // From 28 to 28 + 2 + 4 × 1, of five people; 28 + 5 was never shown.
  expect([shown, await company.hosted(team)]).toEqual([28, 34])
})

it('a call of somebody else, stored meanwhile, stays held back', async () => {
  const shown = await company.over(meanwhile(() => storeCalls(5, 5, 5, 5, 5, 4, 9))).hosted(team)
  // 28 + 5, and nothing of the sixth.
  expect([shown, await company.hosted(team)]).toEqual([33, 33])
})

it('a look that another one overtook changes nothing', async () => {
  const overtaken = company.over(
    meanwhile(async () => {
      expect(await company.hosted(team)).toBe(33)
      await storeCalls(5, 5, 9, 5, 5, 4, 4)
    }),
  )
  expect([28, 33]).toContain(await overtaken.hosted(team))
  expect(await company.hosted(team)).toBe(33)
})

it('nor does one that finds the same figures again after others were shown', async () => {
  const overtaken = company.over(
    meanwhile(async () => {
      const shown = [await company.hosted(team)]
      for (const calls of [
        [6, 6, 6, 6, 6, 6, 6],
        [7, 7, 7, 7, 8, 7, 7],
      ]) {
        await storeCalls(...calls)
        shown.push(await company.hosted(team))
      }
      // 28 + 5; 7 × 6; 6 × 7 + 8.
      expect(shown).toEqual([33, 42, 50])
      await storeCalls(5, 5, 5, 5, 5, 9, 9)
    }),
  )
  await overtaken.hosted(team)
  expect(await company.hosted(team)).toBe(50)
})

it('figures that went away and come back with one more call show nothing of it; as they were, they are shown again', async () => {
  expect(await company.hosted(team)).toBe(33)
  // Gong loses the week, and is believed: it is everybody's.
  await storeCalls(0, 0, 0, 0, 0, 0, 0)
  expect(await company.hosted(team)).toBeUndefined()
  // Back with one more of the first person: 34 − 33 would be theirs.
  await storeCalls(6, 5, 5, 5, 5, 4, 4)
  expect(await company.hosted(team)).toBeUndefined()
  await storeCalls(5, 5, 5, 5, 5, 4, 4)
  expect(await company.hosted(team)).toBe(33)
  // New figures of five go on from there: 5 × 6 + 2 × 4.
  await storeCalls(6, 6, 6, 6, 6, 4, 4)
  expect(await company.hosted(team)).toBe(38)
})

it('cards that went away and come back with one more show nothing of it', async () => {
  const cards = ids.map((id) => scored(id, 3))
  await company.cards(cards)
  expect(await company.scores(team)).toBe(21)
  await company.cards([])
  expect(await company.scores(team)).toBeUndefined()
  await company.cards([...cards, scored('ada2', 4)])
  expect(await company.scores(team)).toBeUndefined()
  await company.cards(cards)
  expect(await company.scores(team)).toBe(21)
})

it('two looks at one moment show the same', async () => {
  expect(await Promise.all([company.hosted(team), company.hosted(team), company.hosted(team)])).toEqual(expect.arrayContaining([33]))
  expect(await company.hosted(team)).toBe(33)
})

it('a card, stored meanwhile, is not shown with five that were judged', async () => {
  const cards = ids.map((id) => scored(id, 3))
  const late = ids.slice(0, 5).map((id) => scored(id, 1))
  await company.cards(cards)
  // 7 × 3.
  expect(await company.scores(team)).toBe(21)
  const before = [...cards, ...late]
  await company.cards(before)
  const more = [...before, scored('ada1', 2)]
  const ofOneOfThem = company.over(meanwhile(() => company.cards(more)))
  // From 21 to 21 + 5 + 2, of five people.
  expect([await ofOneOfThem.scores(team), await company.scores(team)]).toEqual([21, 28])
  const again = [...more, ...ids.slice(0, 5).map((id) => scored(id, 10))]
  await company.cards(again)
  const ofAnother = company.over(meanwhile(() => company.cards([...again, scored('ada6', 9)])))
  // 28 + 5 × 10, and nothing of the seventh.
  expect([await ofAnother.scores(team), await company.scores(team)]).toEqual([78, 78])
})
