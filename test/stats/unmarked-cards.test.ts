// Whether unmarked scores are averaged can be changed. A week that ended before is not shown without names by the new setting: whoever saw
// it by the other one would subtract.
import { expect, it } from 'vitest'
import type { UnmarkedCards, UnmarkedCardsSet } from '../../src/domain/unmarked-cards.ts'
import { card, stats, teamOf, week } from './world.ts'

const people = teamOf('a', 'b', 'c', 'd', 'e', 'f')
const ids = ['a', 'b', 'c', 'd', 'e', 'f']

/** One card each; that of one person has no mark. */
const scorecards = ids.map((id) =>
  card(id, 'maria', '2026-11-18T10:00:00Z', {
    overallScore: id === 'f' ? 1 : 4,
    overallRange: { min: 0, max: 5 },
    visibility: id === 'f' ? 'unmarked' : 'public',
  }),
)

async function shown(unmarkedScorecards: UnmarkedCards, unmarkedCards?: UnmarkedCardsSet) {
  const answers = stats({ people, scorecards, tenant: { unmarkedCards } }, { unmarkedScorecards })
  const team = { type: 'team', managerId: 'maria' } as const
  const group = await answers.scorecards(team, week, { type: 'group' })
  const byName = await answers.scorecards(team, week, { type: 'person', isAbove: true })
  return { group: group.answered, why: group.withheld, byName: byName.answered }
}

it.each<[string, UnmarkedCards, UnmarkedCardsSet | undefined]>([
  ['was never changed', 'show', { setting: 'show' }],
  ['is not known', 'show', undefined],
  ['was changed before the week ended', 'hide', { setting: 'hide', changedOn: '2026-11-22' }],
])('the week is shown where the setting %s', async (_what, setting, set) => {
  expect(await shown(setting, set)).toEqual({ group: 6, why: undefined, byName: 6 })
})

it.each<[string, UnmarkedCards, UnmarkedCardsSet]>([
  ['was changed after the week', 'hide', { setting: 'hide', changedOn: '2026-11-23' }],
  ['is another one in another process', 'show', { setting: 'hide' }],
])('the week is withheld without names, and shown by name, where the setting %s', async (_what, setting, set) => {
  expect(await shown(setting, set)).toEqual({ group: 0, why: 'other-setting', byName: 6 })
})
