// A reader who keeps every version of one team's figures and computes with all of them: figures that come late, change again, go away and come
// back. Whatever sequence it is, nothing they can compute is about fewer people than the minimum, not even for somebody who sees some of the
// team by name at every step.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { releasable } from '../../../src/stats/groups/release.ts'
import { casesOf } from '../../kit/cases.ts'
import { isSettled, isSumSettled, reduced } from '../linear.ts'

const minimum = 3

/** Each person's value of one figure at each step; few values, so that earlier ones come back. 0: nothing of theirs. */
const drawn = fc
  .integer({ min: minimum, max: 6 })
  .chain((size) => fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: size, maxLength: size }), { minLength: 2, maxLength: 7 }))

const contribution = (value: number): ReadonlyMap<string, string> => new Map(value === 0 ? [] : [['calls', String(value)]])

/** What the reader was shown, version by version: sums of the values of whoever has any. */
function shownTo(steps: readonly (readonly number[])[], unseen: readonly ReadonlySet<string>[] = []): readonly (readonly number[])[] {
  const [first = []] = steps
  const versions = [first]
  for (const now of steps.slice(1)) {
    const shown = versions.at(-1) ?? first
    const team = new Map(
      now.map((value, at) => {
        const earlier = versions.slice(0, -1).map((version) => contribution(version[at] ?? 0))
        const was = contribution(shown[at] ?? 0)
        return [String(at), { shown: was, now: value === shown[at] ? was : contribution(value), earlier }]
      }),
    )
    const released = releasable(team, minimum, () => unseen.map((others) => ({ others, unknown: others })))
    if (released.size > 0) versions.push(shown.map((value, at) => (released.has(String(at)) ? (now[at] ?? 0) : value)))
  }
  return versions
}

/** What a version adds up, as a row of a system: 1 at each person's value, which the reader does not know. */
const sumOf = (version: readonly number[]): ReadonlyMap<string, number> =>
  new Map(version.flatMap((value, at) => (value === 0 ? [] : [[`${at} ${value}`, 1]])))

/** Expects that nothing of these people alone follows from the sums. */
function expectNothingOf(people: readonly number[], sums: readonly ReadonlyMap<string, number>[]): void {
  const rows = reduced(sums)
  for (const at of people) {
    const [one, two] = [`${at} 1`, `${at} 2`]
    expect([isSettled(one, rows), isSettled(two, rows)]).toEqual([false, false])
    expect(
      isSumSettled(
        new Map([
          [one, 1],
          [two, -1],
        ]),
        rows,
      ),
    ).toBe(false)
  }
}

const haveSome = (version: readonly number[], people: readonly number[]): number => people.filter((at) => (version[at] ?? 0) > 0).length
const indexesOf = (steps: readonly (readonly number[])[]): readonly number[] => [...(steps[0] ?? []).keys()]

it('learns no person’s figure and no person’s change', () => {
  const seen = { versions: 0, returns: 0 }
  fc.assert(
    fc.property(drawn, (steps) => {
      const people = indexesOf(steps)
      const versions = shownTo(steps).filter((version) => {
        const count = haveSome(version, people)
        return count === 0 || count >= minimum
      })
      seen.versions += versions.length
      seen.returns += versions.filter((version, at) => versions.slice(0, Math.max(0, at - 1)).some((each) => each[0] === version[0])).length
      expectNothingOf(people, versions.map(sumOf))
    }),
    { numRuns: casesOf(5000), seed: 20261126, endOnFailure: true },
  )
  expect(seen.versions).toBeGreaterThan(100)
  expect(seen.returns).toBeGreaterThan(3)
})

it('nor of those they do not see by name', () => {
  const seen = { versions: 0 }
  fc.assert(
    fc.property(drawn, fc.integer({ min: 1, max: 4 }), (steps, known) => {
      const others = indexesOf(steps).slice(known)
      fc.pre(others.length >= 2)
      const enough = Math.min(minimum, others.length)
      const versions = shownTo(steps, [new Set(others.map(String))]).filter((version) => {
        const count = haveSome(version, others)
        return count === 0 || count >= enough
      })
      seen.versions += versions.length
      // What they see by name they take away.
      const rest = versions.map((version) => version.map((value, at) => (others.includes(at) ? value : 0)))
      expectNothingOf(others, rest.map(sumOf))
    }),
    { numRuns: casesOf(5000), seed: 20261127, endOnFailure: true },
  )
  expect(seen.versions).toBeGreaterThan(100)
})
