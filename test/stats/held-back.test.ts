// What a nameless reader keeps and subtracts: the same group's figure before and after one late call or card. Random companies, random late
// figures, on the real store; the reader asks for everything again and again and solves for what each late figure is. Each late figure is
// a power of two, so that a sum says which are in it.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Subject, Viewer } from '../../src/domain/policy.ts'
import { orgChart } from '../../src/domain/team.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { casesOf } from '../kit/cases.ts'
import { usualStore } from '../kit/store.ts'
import { isSettled, reduced } from './linear.ts'
import { scored, shownCompany, teamOf } from './shown-company.ts'
import { person, week } from './world.ts'

let store: OpenedStore | undefined
afterEach(async () => {
  await store?.close()
  store = undefined
})

async function company(people: readonly Person[], minimumGroup: number, onlookers = everyLeaderAlone) {
  await store?.close()
  store = await usualStore()
  return shownCompany(store, people, minimumGroup, onlookers)
}

const coachOf = (id: string, personIds: readonly string[]): Viewer => ({
  slackUserId: 'U1',
  person: person(id),
  standing: 'member',
  isAdmin: false,
  grants: personIds.map((personId) => ({ type: 'coach', personId })),
})

describe('a figure without names', () => {
  const team = { type: 'team', managerId: 'ada' } as const
  const six = [person('ada'), ...teamOf('ada', 6)]
  const ids = six.slice(1).map(({ id }) => id)

  it('stays as it was first shown for one late call and one late card, and says so; five change it', async () => {
    const world = await company(six, 5)
    const counts = new Map(ids.map((id) => [id, 4]))
    const cards = ids.map((id) => scored(id, 3))
    await world.calls(counts)
    await world.cards(cards)
    // 6 × 4, 6 × 3.
    expect([await world.hosted(team), await world.scores(team)]).toEqual([24, 18])
    await world.calls(counts.set('ada0', 5))
    await world.cards([...cards, scored('ada0', 1)])
    expect([await world.hosted(team), await world.scores(team)]).toEqual([24, 18])
    expect((await world.stats.team(team, week, 'medians')).state.heldBack).toBe(5)
    expect((await world.stats.scorecards(team, week, { type: 'group' })).state.heldBack).toBe(5)
    // Who may see everybody by name sees them as they are: 24 + 1, 18 + 1.
    expect((await world.stats.team(team, week, 'by-name')).measures.get('calls-hosted')?.value).toEqual({ known: true, value: 25 })
    for (const id of ids.slice(1, 5)) counts.set(id, 5)
    await world.calls(counts)
    await world.cards([...cards, ...ids.slice(0, 5).map((id) => scored(id, 1))])
    // 24 + 5, 18 + 5.
    expect([await world.hosted(team), await world.scores(team)]).toEqual([29, 23])
    expect((await world.stats.team(team, week, 'medians')).state.heldBack).toBeUndefined()
    // And counts anew: the sixth waits for four others.
    await world.calls(counts.set('ada5', 9))
    expect(await world.hosted(team)).toBe(29)
  })

  it('stays for five of twelve of whom a coach sees four by name: the fifth’s late call would be the rest', async () => {
    const twelve = [person('ada'), ...teamOf('ada', 12), person('cleo')]
    const coach = coachOf('cleo', ['ada0', 'ada1', 'ada2', 'ada3'])
    const world = await company(twelve, 5, { viewers: [coach], everyLeader: true })
    const counts = new Map(twelve.slice(1, 13).map(({ id }) => [id, 4]))
    const cards = [...counts.keys()].map((id) => scored(id, 3))
    await world.calls(counts)
    await world.cards(cards)
    const shown = async () => [await world.hosted(team), await world.scores(team)]
    // 12 × 4, 12 × 3.
    expect(await shown()).toEqual([48, 36])
    const late = ['ada0', 'ada1', 'ada2', 'ada3', 'ada4']
    const comeLate = async () => {
      await world.calls(new Map([...counts].map(([id, calls]) => [id, late.includes(id) ? calls + 1 : calls])))
      await world.cards([...cards, ...late.map((id) => scored(id, 1))])
    }
    await comeLate()
    expect(await shown()).toEqual([48, 36])
    late.push('ada5', 'ada6', 'ada7')
    await comeLate()
    expect(await shown()).toEqual([48, 36])
    // Five whom the coach does not see: 48 + 9, 36 + 9.
    late.push('ada8')
    await comeLate()
    expect(await shown()).toEqual([57, 45])
  })

  it('is not released by five people of whom only one changed in it', async () => {
    const world = await company(six, 5)
    await world.cards(ids.map((id) => scored(id, 3, { scorecardId: 'demo', scorecardName: 'Demo' })).concat(ids.map((id) => scored(id, 3))))
    // 12 × 3.
    expect(await world.scores(team)).toBe(36)
    const late = ids.slice(0, 4).map((id) => scored(id, 2))
    const one = scored('ada4', 1, { scorecardId: 'demo', scorecardName: 'Demo' })
    await world.cards([
      ...ids.map((id) => scored(id, 3, { scorecardId: 'demo', scorecardName: 'Demo' })),
      ...ids.map((id) => scored(id, 3)),
      ...late,
      one,
    ])
    expect(await world.scores(team)).toBe(36)
  })

  it('is as it is now of whoever was not shown before, and of a card that was taken back', async () => {
    const world = await company(six, 5)
    const cards = ids.map((id) => scored(id, 3))
    await world.cards([...cards, scored('ada0', 1)])
    await world.cards(cards)
    expect(await world.scores(team)).toBe(18)
    await world.cards(cards.slice(1))
    expect(await world.scores(team)).toBe(18)
    await world.cards([])
    expect(await world.scores(team)).toBeUndefined()
  })

  it('beside a person’s own figures is the same, while theirs are as they are now', async () => {
    const world = await company(six, 5)
    const counts = new Map(ids.map((id) => [id, 4]))
    await world.calls(counts)
    const own = async () => {
      const { figures, team: beside } = await world.stats.person('ada0', week)
      return [figures.measures.get('calls-hosted')?.value, beside.get('calls-hosted')?.value]
    }
    expect(await own()).toEqual([
      { known: true, value: 4 },
      { known: true, value: 24 },
    ])
    await world.calls(counts.set('ada0', 7).set('ada1', 5))
    expect(await own()).toEqual([
      { known: true, value: 7 },
      { known: true, value: 24 },
    ])
  })
})

interface Drawn {
  /** How many report to each of three managers, who report to the first person. */
  readonly sizes: readonly number[]
  /** Who has nothing to begin with, by index: who is pooled with whom changes once they have. */
  readonly without: readonly number[]
  /** Each step: who has a late call and a late card, by index, and what is asked afterwards. */
  readonly steps: readonly { readonly calls: readonly number[]; readonly cards: readonly number[]; readonly asks: readonly number[] }[]
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }),
  without: fc.uniqueArray(fc.nat(17), { maxLength: 9 }),
  steps: fc.array(
    fc.record({
      calls: fc.uniqueArray(fc.nat(17), { maxLength: 7 }),
      cards: fc.uniqueArray(fc.nat(17), { maxLength: 7 }),
      asks: fc.uniqueArray(fc.nat(8), { minLength: 3, maxLength: 8 }),
    }),
    { minLength: 3, maxLength: 5 },
  ),
})

const minimumGroup = 3

/** What a sum of powers of two is made of. */
const atomsIn = (sum: number): number[] => Array.from({ length: 52 }, (_, bit) => bit).filter((bit) => Math.floor(sum / 2 ** bit) % 2 === 1)

describe('a nameless reader who asks again and again', () => {
  it('never learns what fewer people than the minimum added, from whatever they were shown', async () => {
    const seen = { answers: 0, changes: 0 }
    await fc.assert(
      fc.asyncProperty(drawn, async ({ sizes, without, steps }) => {
        const leaders = ['ada', 'ben', 'cleo']
        const people = [
          person('boss'),
          ...leaders.map((id) => person(id, 'boss')),
          ...leaders.flatMap((id, at) => teamOf(id, sizes[at] ?? 0)),
        ]
        const world = await company(people, minimumGroup)
        const subjects: readonly Subject[] = [
          { type: 'company' },
          ...['boss', ...leaders].flatMap((managerId): Subject[] => [
            { type: 'team', managerId },
            { type: 'org', managerId },
          ]),
        ]
        for (const figure of ['calls', 'cards'] as const) {
          const ownerOf: string[] = []
          const late = (id: string): number => 2 ** (ownerOf.push(id) - 1)
          const first = people.filter((_, index) => !without.includes(index))
          const counts = new Map(first.map(({ id }) => [id, late(id)]))
          const cards = first.map(({ id }) => scored(id, counts.get(id) ?? 0))
          const shown = new Map<number, number>()
          const equations: ReadonlyMap<string, number>[] = []
          const ask = async (asks: readonly number[]) => {
            for (const at of asks) {
              const subject = subjects[at] as Subject
              const sum = await (figure === 'calls' ? world.hosted(subject) : world.scores(subject))
              if (sum === undefined) continue
              seen.answers += 1
              const earlier = shown.get(at)
              if (earlier !== undefined && earlier !== sum) {
                const [was, is] = [new Set(atomsIn(earlier)), new Set(atomsIn(sum))]
                const about = new Set([...was.symmetricDifference(is)].map((bit) => ownerOf[bit]))
                expect(about.size).toBeGreaterThanOrEqual(minimumGroup)
                seen.changes += 1
              }
              shown.set(at, sum)
              equations.push(new Map(atomsIn(sum).map((bit) => [`${ownerOf[bit]} ${bit}`, 1])))
            }
          }
          await (figure === 'calls' ? world.calls(counts) : world.cards(cards))
          await ask([0, 2, 4])
          for (const { [figure]: who, asks } of steps) {
            for (const index of who) {
              const { id } = people[index % people.length] as Person
              if (ownerOf.length >= 52) continue
              if (figure === 'calls') counts.set(id, (counts.get(id) ?? 0) + late(id))
              else cards.push(scored(id, late(id)))
            }
            await (figure === 'calls' ? world.calls(counts) : world.cards(cards))
            await ask(asks)
          }
          const chart = orgChart(people)
          // Nobody; a member who knows their own; a leader who sees everybody below by name.
          const readers = [[], [people.at(-1)?.id ?? ''], ...chart.managers.map(({ id }) => [id, ...chart.org(id).map((each) => each.id)])]
          for (const known of readers) {
            const unknown = equations.map((each) => new Map([...each].filter(([atom]) => !known.includes(atom.split(' ')[0] ?? ''))))
            const rows = reduced(unknown)
            const atoms = new Set(unknown.flatMap((each) => [...each.keys()]))
            expect([...atoms].filter((atom) => isSettled(atom, rows))).toEqual([])
          }
        }
      }),
      { numRuns: casesOf(300), seed: 20261126, endOnFailure: true },
    )
    // A reader who was shown nothing, or nothing new, would prove nothing.
    expect(seen.answers).toBeGreaterThan(300)
    expect(seen.changes).toBeGreaterThan(10)
  })
})
