// "Coached in 2 weeks 0 of 3" and "3 of 3" tell of each of the three: they are recorded as seen, whoever reads it.
import { describe, expect, it } from 'vitest'
import { known } from '../../../src/domain/measured.ts'
import { coaching } from '../../../src/reports/sections/coaching.ts'
import { teams } from '../../../src/reports/sections/teams.ts'
import type { CoachingOverview } from '../../../src/stats/coaching/results.ts'
import { ana, ben, coachingOverview, kai, lena, maria, person, teamReport, tess, toReader, viewer } from '../../kit/report-fixtures.ts'

type Coached = readonly (typeof ana)[] | undefined
const idsOf = (people: readonly (typeof ana)[]) => people.map(({ id }) => id)

/** A manager of these people, of whom so many were coached in two and in four weeks. */
function of(
  manager: typeof maria,
  people: readonly (typeof ana)[],
  in2: Coached,
  in4: Coached = in2,
): CoachingOverview['managers'][number] {
  return {
    manager,
    reports: people.length,
    coachedIn2Weeks: in2?.length,
    coachedIn4Weeks: in4?.length,
    coachees: { all: idsOf(people), in2Weeks: in2 && idsOf(in2), in4Weeks: in4 && idsOf(in4) },
    scorecardsFilled: known(1),
  }
}

const nils = person('301', 'Nils Berg')
const others = [lena, [nils, tess], [nils]] as const

/** Whom beside the managers it shows to this reader. */
async function shownBy(section: typeof teams | typeof coaching, first: CoachingOverview['managers'][number], reader = maria) {
  const overview = coachingOverview({ subject: { type: 'org', managerId: '1' }, managers: [first, of(...others)] })
  const context = toReader(
    { coachingOverview: overview, team: teamReport({ people: [], measures: new Map() }) },
    { subject: { type: 'org', managerId: '1' }, audience: { type: 'person', viewer: viewer(reader) } },
  )
  const shows = (await section.write(context))?.shows ?? []
  return [...new Set(shows)].filter((id) => id !== maria.id && id !== lena.id).toSorted()
}

describe.each([teams, coaching])('$id', (section) => {
  it.each([
    ['all of them', [ana, ben, kai], [ana, ben, kai]],
    ['none of them', [], [ana, ben, kai]],
    ['some of them', [ana], []],
    ['it is not known whom', undefined, []],
  ] as const)('shows those who are given away where %s were coached', async (_which, coached, shown) => {
    // In four weeks as many as leave that count without a conclusion of its own.
    expect(await shownBy(section, of(maria, [ana, ben, kai], coached))).toEqual(idsOf(shown).toSorted())
  })

  it('shows a reader who is one of them the others, when they are the only one who was coached', async () => {
    expect(await shownBy(section, of(maria, [ana, ben, kai], [ana]), ana)).toEqual(idsOf([ben, kai]))
    expect(await shownBy(section, of(maria, [ana, ben, kai], [ben]), ana)).toEqual([])
  })
})

it('counts four weeks, and the four before, where they are said', async () => {
  expect(await shownBy(coaching, of(maria, [ana, ben, kai], [ana], [ana, ben, kai]))).toEqual(idsOf([ana, ben, kai]).toSorted())
  const before = { coachedBefore: { in2Weeks: 0, in4Weeks: 0 } }
  const withBefore = (each: CoachingOverview['managers'][number]) => ({
    ...each,
    ...before,
    coachees: each.coachees && { ...each.coachees, in4WeeksBefore: [] },
  })
  const overview = coachingOverview({ managers: [of(maria, [ana, ben, kai], [ana]), of(...others)].map(withBefore) })
  const output = await coaching.write(toReader({ coachingOverview: overview }, { subject: { type: 'company' } }))
  expect(output?.shows).toEqual(expect.arrayContaining(idsOf([ana, ben, kai, nils, tess])))
})
