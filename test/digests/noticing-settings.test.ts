// Whether a digest that is built again asks for figures of its period which settings make otherwise since it ended.
import { expect, it } from 'vitest'
import { noticingSettings } from '../../src/digests/noticing-settings.ts'
import { groupRuleOf } from '../../src/domain/group-settings.ts'
import { periodBefore } from '../../src/domain/period.ts'
import type { TenantFacts } from '../../src/domain/reads.ts'
import type { StatsService } from '../../src/stats/results.ts'
import { stats, teamOf, week } from '../stats/world.ts'

const people = teamOf('a', 'b', 'c', 'd', 'e', 'f')
const team = { type: 'team', managerId: 'maria' } as const
const rule = { minimumGroup: 5, minimumCalls: 3, weekStart: 1, zone: 'Europe/Berlin', contract: 'documented' } as const
const restored = (changedOn: string) => ({ groupRule: { setting: groupRuleOf(rule), changedOn } })

type Ask = (stats: StatsService) => Promise<unknown>
const ofTeam: Ask = (answers) => answers.team(team, week, 'medians')
const byName: Ask = (answers) => answers.team(team, week, 'by-name')
const ofPerson: Ask = (answers) => answers.person('a', week)
const cards: Ask = (answers) => answers.scorecards(team, week, { type: 'group' })
const cardsByName: Ask = (answers) => answers.scorecards(team, week, { type: 'person', isAbove: true })

async function noticed(tenant: Partial<TenantFacts>, ask: Ask): Promise<boolean> {
  const { stats: watched, isOfOtherSetting } = noticingSettings(stats({ people, tenant }, rule), week)
  await ask(watched)
  return isOfOtherSetting()
}

it.each<{
  readonly what: string
  readonly tenant: Partial<TenantFacts>
  readonly of: string
  readonly ask: Ask
  readonly isOther: boolean
}>([
  { what: 'a backup was restored after the week', tenant: restored('2026-11-23'), of: 'a team', ask: ofTeam, isOther: true },
  { what: 'a backup was restored after the week', tenant: restored('2026-11-23'), of: 'a team by name', ask: byName, isOther: false },
  {
    what: 'a backup was restored after the week',
    tenant: restored('2026-11-23'),
    of: 'a person beside their team',
    ask: ofPerson,
    isOther: true,
  },
  { what: 'a backup was restored after the week', tenant: restored('2026-11-23'), of: 'scorecards', ask: cards, isOther: true },
  { what: 'a backup was restored within the week', tenant: restored('2026-11-22'), of: 'a team', ask: ofTeam, isOther: false },
  { what: 'cards were chosen after the week', tenant: { cardsChangedOn: '2026-11-23' }, of: 'scorecards', ask: cards, isOther: true },
  {
    what: 'cards were chosen after the week',
    tenant: { cardsChangedOn: '2026-11-23' },
    of: 'scorecards by name',
    ask: cardsByName,
    isOther: true,
  },
  { what: 'cards were chosen after the week', tenant: { cardsChangedOn: '2026-11-23' }, of: 'a team', ask: ofTeam, isOther: false },
  { what: 'cards were chosen within the week', tenant: { cardsChangedOn: '2026-11-22' }, of: 'scorecards', ask: cards, isOther: false },
  { what: 'nothing was changed', tenant: {}, of: 'scorecards', ask: cards, isOther: false },
  {
    what: 'the week before is looked at besides',
    tenant: { cardsChangedOn: '2026-11-16' },
    of: 'scorecards',
    ask: (answers) => answers.scorecards(team, periodBefore(week), { type: 'group' }),
    isOther: false,
  },
])('where $what, of $of', async ({ tenant, ask, isOther }) => {
  expect(await noticed(tenant, ask)).toBe(isOther)
})
