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

/** `earlier`: each person's calls in what was shown before, oldest first. */
const releasedAfter = (earlier: readonly (readonly string[])[], ...people: readonly Figures[]): string[] => [
  ...releasable(
    new Map(
      people.map((figures, index) => {
        const before = earlier.map((calls) => new Map(calls[index] ? [['calls', calls[index]]] : []))
        return [`p${index}`, { ...versionsOf(figures), earlier: before }]
      }),
    ),
    5,
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
