// Whose newer figures of one team may be shown without names, worked by hand for a minimum of five.
import { expect, it } from 'vitest'
import { releasable, type Versions } from '../../../src/stats/groups/release.ts'

/** `{ calls: '3>4' }`: 3 calls were shown and 4 there are; `3` stayed, `>4` is new, `3>` is gone. */
type Figures = Readonly<Record<string, string>>

function versionsOf(figures: Figures): Versions {
  const side = (at: 0 | 1) =>
    new Map(
      Object.entries(figures).flatMap(([figure, value]) => {
        const [was = '', is = was] = value.split('>')
        const now = [was, is][at] ?? ''
        return now === '' ? [] : [[figure, now] as const]
      }),
    )
  const shown = side(0)
  // Of whoever is held back there are two versions.
  return { shown, now: Object.values(figures).some((value) => value.includes('>')) ? side(1) : shown, earlier: [] }
}

const released = (...people: readonly Figures[]): string[] => releasedAfter([], ...people)

/** Beside onlookers who do not see these, by index. */
const releasedBeside =
  (...unseen: readonly (readonly number[])[]) =>
  (...people: readonly Figures[]): string[] =>
    releasedOf(
      [],
      unseen.map((each) => new Set(each.map((index) => `p${index}`))),
      people,
    )

/** `earlier`: each person's calls in what was shown before, oldest first. */
const releasedAfter = (earlier: readonly (readonly string[])[], ...people: readonly Figures[]): string[] => releasedOf(earlier, [], people)

const releasedOf = (
  earlier: readonly (readonly string[])[],
  unseen: readonly ReadonlySet<string>[],
  people: readonly Figures[],
): string[] => [
  ...releasable(
    new Map(
      people.map((figures, index) => {
        const before = earlier.map((calls) => new Map(calls[index] ? [['calls', calls[index]]] : []))
        return [`p${index}`, { ...versionsOf(figures), earlier: before }]
      }),
    ),
    5,
    () => unseen.map((others) => ({ others, unknown: others })),
  ),
]
const times = (count: number, figures: Figures): Figures[] => Array.from({ length: count }, () => figures)

it('are those of five people, and of nobody while four changed', () => {
  expect(released(...times(5, { calls: '3>4' }), { calls: '3' })).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'])
  expect(released(...times(4, { calls: '3>4' }), ...times(2, { calls: '3' }))).toEqual([])
})

it('waits where five changed and one of them in a figure of their own: without that one they are four', () => {
  expect(released(...times(4, { calls: '3>4', card: '2' }), { calls: '3>4', card: '2>5' }, { calls: '3', card: '2' })).toEqual([])
})

it('leaves a sixth out who changed in a figure of their own, and releases the five', () => {
  const five = times(5, { calls: '3>4', card: '2' })
  expect(released(...five, { calls: '3', card: '2>5' })).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'])
})

it('waits where the team becomes a group by itself, which it was not: what the four had put into a pool would be left over', () => {
  expect(released(...times(4, { calls: '3>4' }), { calls: '>4' }, { calls: '>4' })).toEqual([])
  expect(released(...times(6, { calls: '>4' }))).toHaveLength(6)
})

it('waits where it ceases to be one', () => {
  expect(released(...times(4, { calls: '3>' }), { calls: '3>4' }, { calls: '3>4' })).toEqual([])
  expect(released(...times(6, { calls: '3>' }))).toHaveLength(6)
})

it('releases at once whose figures are as they were shown, though something else of theirs changed', () => {
  expect(released({ calls: '3>3' }, { calls: '3' })).toEqual(['p0'])
})

it('lets nobody go back to what was shown of them before, unless the team does as a whole', () => {
  const before = [['3', '3', '3', '3', '3', '3']]
  // Back, with one more of the last: held against the first version, that one would be the difference.
  expect(releasedAfter(before, ...times(5, { calls: '>3' }), { calls: '>4' })).toEqual([])
  expect(releasedAfter(before, ...times(6, { calls: '>3' }))).toHaveLength(6)
  // Five who have something new are enough; the sixth waits.
  expect(releasedAfter(before, ...times(5, { calls: '2>4' }), { calls: '2>3' })).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'])
})

it('waits where some have nothing any more and too few have something new', () => {
  expect(released(...times(5, { calls: '3>' }), ...times(6, { calls: '3' }))).toEqual([])
  expect(released(...times(5, { calls: '3>' }), ...times(6, { calls: '3>4' }))).toHaveLength(11)
})

it('waits where somebody sees all but one of those who changed: to them it would be the one’s figure', () => {
  const eight = Array.from({ length: 8 }, (_, index) => index + 4)
  const changed = (count: number) => [...times(4, { calls: '3>4' }), ...times(count, { calls: '3>4' }), ...times(8 - count, { calls: '3' })]
  expect(releasedBeside(eight)(...changed(1))).toEqual([])
  expect(releasedBeside(eight)(...changed(4))).toEqual([])
  expect(releasedBeside(eight)(...changed(5))).toHaveLength(9)
  // Nobody’s besides: they learn what they see by name.
  expect(releasedBeside(eight.slice(1))(...times(5, { calls: '3>4' }), ...times(7, { calls: '3' }))).toHaveLength(5)
})

it('needs all others where they are fewer than the minimum, as every figure of them is about those', () => {
  const beside = releasedBeside([3, 4, 5, 6])
  expect(beside(...times(6, { calls: '3>4' }), { calls: '3' })).toEqual([])
  expect(beside(...times(7, { calls: '3>4' }))).toHaveLength(7)
  // The three others of the second onlooker did not all change; the first does not help.
  expect(releasedBeside([3, 4, 5, 6], [0, 1, 2])(...times(2, { calls: '3' }), ...times(5, { calls: '3>4' }))).toEqual([])
})

it('waits for nobody whom the onlooker sees: those five are released, the sixth is not', () => {
  const twelve = [...times(6, { calls: '3>4' }), ...times(6, { calls: '3' })]
  expect(releasedBeside([5, 6, 7, 8, 9, 10, 11])(...twelve)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'])
})
