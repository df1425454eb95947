// Settings that decide which figures a group is made of can be changed. What ended before is not shown without names by the new setting:
// whoever saw it by the other one would subtract.
import { expect, it } from 'vitest'
import { groupRuleOf, type SetSince, type UnmarkedCards } from '../../src/domain/group-settings.ts'
import type { TenantFacts } from '../../src/domain/reads.ts'
import type { StatsDeps } from '../../src/stats/stats-deps.ts'
import { card, now, stats, teamOf, valueOrWhy, week } from './world.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const people = teamOf(...ids)
const team = { type: 'team', managerId: 'maria' } as const

/** One card each; that of one person has no mark. */
const scorecards = ids.map((id) =>
  card(id, 'maria', '2026-11-18T10:00:00Z', {
    overallScore: id === 'f' ? 1 : 4,
    overallRange: { min: 0, max: 5 },
    visibility: id === 'f' ? 'unmarked' : 'public',
  }),
)
const activity = { [now]: ids.map((personId) => ({ personId, callsAsHost: 4 })) }

async function cardsShown(tenant: Partial<TenantFacts>, parts: Partial<StatsDeps> = {}) {
  const answers = stats({ people, scorecards, tenant }, parts)
  const group = await answers.scorecards(team, week, { type: 'group' })
  const byName = await answers.scorecards(team, week, { type: 'person', isAbove: true })
  return { group: group.answered, why: group.withheld, byName: byName.answered }
}
const shownBy = (unmarkedScorecards: UnmarkedCards, unmarkedCards?: SetSince) => cardsShown({ unmarkedCards }, { unmarkedScorecards })

it.each<[string, UnmarkedCards, SetSince | undefined]>([
  ['was never changed', 'show', { setting: 'show' }],
  ['is not known', 'show', undefined],
  ['was changed before the week ended', 'hide', { setting: 'hide', changedOn: '2026-11-22' }],
])('the week is shown where the setting %s', async (_what, setting, set) => {
  expect(await shownBy(setting, set)).toEqual({ group: 6, why: undefined, byName: 6 })
})

it.each<[string, UnmarkedCards, SetSince]>([
  ['was changed after the week', 'hide', { setting: 'hide', changedOn: '2026-11-23' }],
  ['is another one in another process', 'show', { setting: 'hide' }],
])('the week is withheld without names, and shown by name, where the setting %s', async (_what, setting, set) => {
  expect(await shownBy(setting, set)).toEqual({ group: 0, why: 'other-setting', byName: 6 })
})

it('scorecards of a week that had ended when other cards were chosen are withheld without names', async () => {
  expect(await cardsShown({ cardsChangedOn: '2026-11-22' })).toEqual({ group: 6, why: undefined, byName: 6 })
  expect(await cardsShown({ cardsChangedOn: '2026-11-23' })).toEqual({ group: 0, why: 'other-setting', byName: 6 })
})

const rule = { minimumGroup: 5, minimumCalls: 3, weekStart: 1, zone: 'Europe/Berlin', contract: 'documented' } as const

async function figuresShown(groupRule: SetSince | undefined) {
  const answers = stats({ people, activity, tenant: { groupRule } }, rule)
  const shown = async (detail: 'medians' | 'by-name') =>
    valueOrWhy((await answers.team(team, week, detail)).measures.get('calls-hosted')?.value)
  return { group: await shown('medians'), byName: await shown('by-name'), cards: (await cardsShown({ groupRule }, rule)).group }
}

it.each<[string, SetSince | undefined]>([
  ['was never changed', { setting: groupRuleOf(rule) }],
  ['is not known', undefined],
  ['was changed before the week ended', { setting: groupRuleOf(rule), changedOn: '2026-11-22' }],
])("a group's figures are shown where the rule of groups %s", async (_what, set) => {
  expect(await figuresShown(set)).toEqual({ group: 24, byName: 24, cards: 6 })
})

it.each<[string, SetSince]>([
  ['was changed after the week', { setting: groupRuleOf(rule), changedOn: '2026-11-23' }],
  ['had another number of people in another process', { setting: groupRuleOf({ ...rule, minimumGroup: 4 }) }],
  ['had another number of calls in another process', { setting: groupRuleOf({ ...rule, minimumCalls: 2 }) }],
  ['had weeks of other days in another process', { setting: groupRuleOf({ ...rule, weekStart: 7 }) }],
  ['had days of another zone in another process', { setting: groupRuleOf({ ...rule, zone: 'Europe/Lisbon' }) }],
  ['counted calls by the other contract', { setting: groupRuleOf({ ...rule, contract: 'live' }) }],
])('all of it is withheld without names, and shown by name, where the rule of groups %s', async (_what, set) => {
  expect(await figuresShown(set)).toEqual({ group: 'other-setting', byName: 24, cards: 0 })
})
