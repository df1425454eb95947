// What is said beside figures without names (newer ones are held back, no talk ratio) is said of those who stand in them: of a team too
// small, and of somebody left over in an organization, nothing.
import { afterEach, describe, expect, it } from 'vitest'
import type { Subject } from '../../src/domain/policy.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { usualStore } from '../kit/store.ts'
import { scored, shownCompany, teamOf } from './shown-company.ts'
import { person, stats, week, now as weekKey } from './world.ts'

let store: OpenedStore | undefined
afterEach(async () => {
  await store?.close()
  store = undefined
})

type Company = Awaited<ReturnType<typeof shownCompany>>

const heldBackOf = async ({ stats: service }: Company, subject: Subject) => ({
  figures: (await service.team(subject, week, 'medians')).state.heldBack,
  cards: (await service.scorecards(subject, week, { type: 'group' })).state.heldBack,
})

describe('that newer figures are held back', () => {
  const team = { type: 'team', managerId: 'ada' } as const

  it('is not said of a team of two, nor beside the own figures', async () => {
    store = await usualStore()
    const company = await shownCompany(store, [person('ada'), ...teamOf('ada', 2)], 5)
    await company.calls(new Map(Object.entries({ ada0: 4, ada1: 4 })))
    await company.cards([scored('ada0', 1)])
    const look = async () => [await heldBackOf(company, team), (await company.stats.person('ada0', week)).state.heldBack]
    const before = await look()
    await company.calls(new Map(Object.entries({ ada0: 4, ada1: 5 })))
    await company.cards([scored('ada0', 1), scored('ada1', 1)])
    expect(await look()).toEqual(before)
  })

  it('is said of a team of five, and not of the one besides them in an organization', async () => {
    store = await usualStore()
    const org = { type: 'org', managerId: 'vera' } as const
    const people = [person('vera'), person('ada', 'vera'), person('omar', 'vera'), ...teamOf('ada', 5), person('lou', 'omar')]
    const company = await shownCompany(store, people, 5)
    const counts = new Map(['ada0', 'ada1', 'ada2', 'ada3', 'ada4', 'lou'].map((id) => [id, 4]))
    await company.calls(counts)
    await company.cards([])
    const before = await heldBackOf(company, org)
    await company.calls(counts.set('lou', 5))
    await company.cards([scored('lou', 1)])
    expect(await heldBackOf(company, org)).toEqual(before)
    await company.calls(counts.set('ada0', 5))
    await company.cards([scored('lou', 1), scored('ada0', 1)])
    expect(await heldBackOf(company, team)).toEqual({ figures: 5, cards: 5 })
    expect(await heldBackOf(company, org)).toEqual({ figures: 5, cards: 5 })
  })
})

it('a missing talk ratio is none of the one besides a team of whom four had calls', async () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const people = [
    person('vera'),
    person('maria', 'vera'),
    person('omar', 'vera'),
    ...names.map((name) => person(name, 'maria')),
    person('lou', 'omar'),
  ]
  const lacksRatio = async (calls: Readonly<Record<string, number>>) => {
    const rows = Object.entries(calls).map(([personId, callsCount]) => ({ personId, callsCount }))
    const report = await stats({ people, interaction: { [weekKey]: rows } }).team({ type: 'org', managerId: 'vera' }, week, 'medians')
    return report.state.lacksTalkRatio
  }
  const four = { a: 4, b: 4, c: 4, d: 4 }
  expect([await lacksRatio({ ...four, lou: 4 }), await lacksRatio({ ...four, lou: 0 })]).toEqual([undefined, undefined])
  expect(await lacksRatio({ ...four, e: 4 })).toBe(true)
})
