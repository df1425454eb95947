// A reader holds every figure without names of a company beside whom they see by name: by their place, a role, or the digests of channels
// that named whole teams to them. None of the figures, and no difference of two, is about a single person whom they do not see.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Person } from '../../../src/domain/person.ts'
import { type FormerSight, type Grant, maySee, type Subject, type Viewer } from '../../../src/domain/policy.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { groupWithoutNames } from '../../../src/stats/groups/group.ts'
import { casesOf } from '../../kit/cases.ts'
import { person, week } from '../world.ts'

const size = 26
const index = fc.nat(size - 1)
const minimumPeople = 3
const rule = { minimumPeople, weekStart: 1, today: '2026-11-23', isOther: () => false } as const

const drawn = fc.record({
  // Few lead many, so that there are teams large enough to be shown and others to be pooled.
  managers: fc.array(fc.option(fc.nat(6), { nil: undefined, freq: 12 }), { minLength: size, maxLength: size }),
  without: fc.uniqueArray(index, { maxLength: 4 }),
  named: fc.uniqueArray(fc.nat(6), { maxLength: 3 }),
  /** Who was left out of a digest by name, because they had left the team for that day. */
  unnamed: fc.uniqueArray(index, { maxLength: 2 }),
  coached: fc.uniqueArray(index, { maxLength: 3 }),
  who: index,
})

const idOf = (at: number): string => `p${at}`

it('about a single person whom the reader does not see says nothing', () => {
  const seen = { figures: 0, differences: 0, withheld: 0 }
  fc.assert(
    fc.property(drawn, ({ managers, without, named, unnamed, coached, who }) => {
      const people: readonly Person[] = managers.map((manager, at) => person(idOf(at), manager === undefined ? undefined : idOf(manager)))
      const chart = orgChart(people)
      const none = new Set(unnamed.map(idOf))
      const shown = named.flatMap((manager) => chart.team(idOf(manager)).map(({ id }) => id)).filter((id) => !none.has(id))
      const sights = [...new Set(shown)].map((personId): FormerSight => ({ type: 'shown', personId, until: '2026-11-22' }))
      const roles = coached.map((at): Grant => ({ type: 'coach', personId: idOf(at) }))
      const viewer: Viewer = {
        slackUserId: 'U1',
        person: chart.people.get(idOf(who)),
        standing: 'member',
        isAdmin: false,
        grants: [...roles, ...sights],
      }
      const isKnown = (personId: string): boolean =>
        shown.includes(personId) || maySee(viewer, { type: 'person', personId }, chart, rule.today).allowed
      const nothing = new Set(without.map(idOf))
      const subjects: readonly Subject[] = [
        { type: 'company' },
        ...chart.managers.flatMap(({ id: managerId }) => [{ type: 'team', managerId } as const, { type: 'org', managerId } as const]),
      ]
      const has = (id: string): boolean => !nothing.has(id)
      const contributorsTo = (subject: Subject, ...reader: readonly Viewer[]) =>
        new Set([...groupWithoutNames(subject, chart, rule, ...reader).together(week, has)].filter(has))
      const figures = subjects.map((subject) => contributorsTo(subject, viewer)).filter((of) => of.size > 0)
      seen.withheld += subjects.filter((subject) => contributorsTo(subject).size > 0).length - figures.length
      for (const of of figures) {
        const unknown = [...of].filter((id) => !isKnown(id)).length
        // That one of them is the reader is no obstacle alone: everybody in a figure knows their own.
        const besidesThem = [...of].filter((id) => isKnown(id) && id !== viewer.person?.id).length
        if (besidesThem > 0) expect(unknown === 0 || unknown >= minimumPeople).toBe(true)
        else expect(of.size).toBeGreaterThanOrEqual(minimumPeople)
        seen.figures += 1
        for (const other of figures) {
          if (other.size >= of.size || !other.isSubsetOf(of)) continue
          expect([...of.difference(other)].filter((id) => !isKnown(id)).length).not.toBe(1)
          seen.differences += 1
        }
      }
    }),
    { numRuns: casesOf(2000), seed: 20261127 },
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(100)
})
