// Late cards of people whose others were shown: whoever filled those of most knows what they changed, and would take it from the two averages.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { usualStore } from '../kit/store.ts'
import { scored, shownCompany, teamOf } from './shown-company.ts'
import { person, week } from './world.ts'

const team = { type: 'team', managerId: 'ada' } as const
const people = [person('ada'), ...teamOf('ada', 6)]
const ids = people.slice(1).map(({ id }) => id)

let store: OpenedStore
let company: Awaited<ReturnType<typeof shownCompany>>
beforeEach(async () => {
  store = await usualStore()
  company = await shownCompany(store, people, 5)
})
afterEach(() => store.close())

/** Of the first people, each filled by one of these, with ids as Gong documents them. */
const cardsBy = (name: string, score: number, ...by: readonly string[]): AnsweredScorecard[] =>
  by.map((reviewerId, at) => scored(ids[at] ?? '', score, { id: `${name}/discovery/${reviewerId}/${ids[at]}/10`, reviewerId }))

const byAda = cardsBy('first', 3, 'ada', 'ada', 'ada', 'ada', 'ada', 'ada')

it('of five people stay away while one reviewer filled those of four: the fifth’s would be the difference', async () => {
  await company.cards(byAda)
  // 6 × 3.
  expect(await company.scores(team)).toBe(18)
  await company.cards([...byAda, ...cardsBy('late', 5, 'zoe', 'zoe', 'zoe', 'zoe', 'ada')])
  expect(await company.scores(team)).toBe(18)
})

it('of five are shown where each has another reviewer, or their manager, who sees everybody, filled them', async () => {
  await company.cards(byAda)
  expect(await company.scores(team)).toBe(18)
  const late = cardsBy('late', 5, 'ada', 'ada', 'ada', 'ada', 'ada')
  await company.cards([...byAda, ...late])
  // 18 + 5 × 5.
  expect(await company.scores(team)).toBe(43)
})

it('stay away too where one of five reviewers filled all that one of the five has: for that reviewer they are four', async () => {
  const first = cardsBy('first', 3, 'zoe', 'ada', 'ada', 'ada', 'ada', 'ada')
  await company.cards(first)
  expect(await company.scores(team)).toBe(18)
  await company.cards([...first, ...cardsBy('late', 5, 'zoe', 'ada', 'ada', 'ada', 'ada')])
  expect(await company.scores(team)).toBe(18)
  // The sixth as well: besides the one five changed.
  await company.cards([...first, ...cardsBy('late', 5, 'zoe', 'ada', 'ada', 'ada', 'ada', 'ada')])
  expect(await company.scores(team)).toBe(48)
})

it('and what is shown meanwhile is still withheld from who filled most of it, though it is kept without its reviewers', async () => {
  const first = cardsBy('first', 3, 'zoe', 'zoe', 'zoe', 'zoe', 'ada', 'ada')
  const inChannel = async () => (await company.stats.scorecards(team, week, { type: 'group', reader: everyLeaderAlone })).answered
  await company.cards(first)
  expect([await company.scores(team), await inChannel()]).toEqual([18, 0])
  for (const now of [[...first, ...cardsBy('late', 5, 'ada', 'ada')], first.slice(2)]) {
    await company.cards(now)
    expect([await company.scores(team), await inChannel()]).toEqual([18, 0])
  }
})
