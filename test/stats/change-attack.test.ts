// An attack on a team's change without names: the median of its people's own changes, shown wherever those compared are an anonymous group,
// whoever else stands in one of the two periods alone. The attacker is one of those compared, knows their own figures and who was there when,
// and tries every figure the others can have: what would show the same is possible. The change tells something about one person if
// somebody's figure has but one possible value with it, and had several without.
import { expect, it } from 'vitest'
import { orgChart } from '../../src/domain/team.ts'
import type { PeriodFigures } from '../../src/stats/figures/period-figures.ts'
import { teamMeasure } from '../../src/stats/figures/team.ts'
import { groupWithoutNames } from '../../src/stats/groups/group.ts'
import { measures } from '../../src/stats/measures/index.ts'
import { teamOf, valueOrWhy, week } from './world.ts'

const before = { from: '2026-11-09', to: week.from }
const measure = measures.find(({ id }) => id === 'interactivity')
if (!measure) throw new Error('interactivity is no statistic any more')

/** How many people have figures in both periods, in the later one alone and in the earlier one alone. */
interface Shape {
  readonly both: number
  readonly onlyNow: number
  readonly onlyBefore: number
}

/** The figures a person can have; those that are really there keep away from the ends, which would settle some by themselves. */
interface Scale {
  readonly possible: readonly number[]
  readonly real: readonly number[]
}

const peopleOf = ({ both, onlyNow, onlyBefore }: Shape) => ({
  both: Array.from({ length: both }, (_, index) => `both${index}`),
  onlyNow: Array.from({ length: onlyNow }, (_, index) => `now${index}`),
  onlyBefore: Array.from({ length: onlyBefore }, (_, index) => `before${index}`),
})

type World = ReadonlyMap<string, number>

/** Every way to fill these unknowns. */
function* everyWorld(unknowns: readonly string[], possible: readonly number[]): Generator<World> {
  const places = unknowns.map(() => 0)
  for (;;) {
    yield new Map(unknowns.map((name, at) => [name, possible[places[at] ?? 0] ?? 0]))
    let at = 0
    while (at < places.length && places[at] === possible.length - 1) places[at++] = 0
    if (at === places.length) return
    places[at] = (places[at] ?? 0) + 1
  }
}

/** What each figure of the team reads in a world, with its change and without. */
function showing(shape: Shape, minimumPeople: number) {
  const { both, onlyNow, onlyBefore } = peopleOf(shape)
  const chart = orgChart(teamOf(...both, ...onlyNow, ...onlyBefore))
  const group = groupWithoutNames({ type: 'team', managerId: 'maria' }, chart, {
    minimumPeople,
    weekStart: 1,
    today: '2026-11-24',
    isOther: () => false,
  })
  const state = { neverRead: new Set<string>(), quarantined: 0, quarantinedPeople: new Set<string>() }
  const figures = (period: typeof week, name: string, ids: readonly string[], world: World): PeriodFigures => ({
    period,
    contract: 'documented',
    interaction: {
      ...state,
      rows: new Map(ids.map((id) => [id, { personId: id, callsCount: 9, interactivity: world.get(`${id} ${name}`) ?? 0 }])),
    },
    activity: { ...state, rows: new Map() },
  })
  return (world: World) => {
    const past = {
      now: figures(week, 'now', [...both, ...onlyNow], world),
      before: figures(before, 'before', [...both, ...onlyBefore], world),
    }
    const shown = teamMeasure(measure as NonNullable<typeof measure>, group, past, () => [], { minimumCalls: 3, targets: [] }, false)
    const levels = `${valueOrWhy(shown.value)} ${valueOrWhy(shown.before)}`
    return { levels, withChange: `${levels} ${valueOrWhy(shown.change)} ${shown.didMostMove}`, isChangeShown: shown.change.known }
  }
}

/** What is the same in all of them. */
const settledIn = (shown: readonly { readonly world: World }[], unknowns: readonly string[]): Set<string> =>
  new Set(unknowns.filter((name) => new Set(shown.map(({ world }) => world.get(name))).size === 1))

/** Figures that the change settles and the medians beside it leave open, with what was shown. `changes`: how many were shown. */
function attack(
  shape: Shape,
  { possible, real }: Scale,
  minimumPeople: number,
): { readonly settled: readonly string[]; readonly changes: number } {
  const { both, onlyNow, onlyBefore } = peopleOf(shape)
  const [own, ...others] = both
  const unknowns = [
    ...others.flatMap((id) => [`${id} now`, `${id} before`]),
    ...onlyNow.map((id) => `${id} now`),
    ...onlyBefore.map((id) => `${id} before`),
  ]
  const show = showing(shape, minimumPeople)
  const isReal = (world: World): boolean => [...world.values()].every((value) => real.includes(value))
  const settled: string[] = []
  let changes = 0
  for (const [ownNow, ownBefore] of real.flatMap((now) => real.map((then) => [now, then] as const))) {
    const worlds = [...everyWorld(unknowns, possible)].map((theirs) => {
      const world: World = new Map([...theirs, [`${own} now`, ownNow], [`${own} before`, ownBefore]])
      return { world, ...show(world) }
    })
    const byLevels = Map.groupBy(worlds, ({ levels }) => levels)
    for (const alike of Map.groupBy(worlds, ({ withChange }) => withChange).values()) {
      const [first] = alike
      if (!first?.isChangeShown || !alike.some(({ world }) => isReal(world))) continue
      changes += 1
      const without = settledIn(byLevels.get(first.levels) ?? [], unknowns)
      for (const name of settledIn(alike, unknowns).difference(without)) settled.push(`${name}: ${first.withChange}`)
    }
  }
  return { settled, changes }
}

it.each<[Shape, Scale]>([
  [
    { both: 3, onlyNow: 1, onlyBefore: 0 },
    { possible: [0, 1, 2, 3, 4], real: [1, 2, 3] },
  ],
  [
    { both: 3, onlyNow: 0, onlyBefore: 1 },
    { possible: [0, 1, 2, 3, 4], real: [1, 2, 3] },
  ],
  [
    { both: 3, onlyNow: 1, onlyBefore: 1 },
    { possible: [0, 1, 2, 3], real: [1, 2] },
  ],
])('of %j people settles nobody’s figure that the medians beside it leave open', (shape, scale) => {
  const { settled, changes } = attack(shape, scale, 3)
  expect(settled).toEqual([])
  expect(changes).toBeGreaterThan(10)
})

it('would settle one if two people were enough: the attack finds what there is', () => {
  const { settled } = attack({ both: 2, onlyNow: 1, onlyBefore: 0 }, { possible: [0, 1, 2, 3, 4], real: [1, 2, 3] }, 2)
  expect(settled.length).toBeGreaterThan(0)
})
