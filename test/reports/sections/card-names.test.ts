// A group's figures name a scorecard only where enough of its people were given it openly: of a rep, and in a channel, one that is private, or
// for managers alone, does not exist. It is counted in the total, without its name.
import { describe, expect, it } from 'vitest'
import type { AnsweredScorecard, ScorecardVisibility } from '../../../src/domain/gong-figures.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { figuresInFull } from '../../../src/reports/in-full.ts'
import type { ReportContext } from '../../../src/reports/section.ts'
import { scorecardSections } from '../../../src/reports/sections/index.ts'
import { composeReport } from '../../../src/reports/write-sections.ts'
import { toReader } from '../../kit/report-fixtures.ts'
import type { Tables } from '../../stats/fake-reads.ts'
import { card, stats, teamOf, week } from '../../stats/world.ts'

const people = teamOf('zoe', 'a', 'b', 'c', 'd', 'e')
const named = (id: string): Viewer => ({
  slackUserId: `U${id}`,
  person: people.find((each) => each.id === id),
  standing: 'member',
  isAdmin: false,
  grants: [],
})
const cards = (name: string, visibility: ScorecardVisibility, ...ids: readonly string[]): AnsweredScorecard[] =>
  ids.map((id) =>
    card(id, 'maria', '2026-11-17T10:00:00Z', {
      visibility,
      scorecardName: name,
      scorecardId: name,
      overallScore: 2,
      overallRange: { min: 1, max: 5 },
    }),
  )
const five = ['a', 'b', 'c', 'd', 'e']

/** Everything a rep of the team, a channel and the team's manager read of these cards. */
async function readOf(scorecards: readonly AnsweredScorecard[], tenant: Tables['tenant'] = {}) {
  const context = {
    ...toReader({}, { subject: { type: 'team', managerId: 'maria' }, period: week, audience: { type: 'person', viewer: named('zoe') } }),
    detail: 'medians' as const,
    today: '2026-11-23',
    now: new Date('2026-11-23T08:00:00Z'),
    stats: stats({ people, scorecards, tenant }),
  }
  const words = async (more: Partial<ReportContext> = {}) => {
    const asked = { ...context, ...more }
    const { message } = await composeReport(asked, scorecardSections)
    return JSON.stringify([message, await figuresInFull(asked, 'cards')])
  }
  return {
    rep: await words(),
    channel: await words({ audience: { type: 'group', byName: false } }),
    manager: await words({ audience: { type: 'person', viewer: named('maria') }, detail: 'by-name' }),
  }
}

describe('the name of a card', () => {
  it.each(['private', 'managers', 'managers-and-reviewee', 'opt-in'] as const)(
    'that five have is read by their manager, and not by a rep or a channel: %s',
    async (visibility) => {
      const { rep, channel, manager } = await readOf(cards('Quiet doubts', visibility, ...five))
      for (const text of [rep, channel]) {
        expect(text).not.toContain('Quiet doubts')
        expect(text).toMatch(/\*?5\*? scorecards/)
      }
      expect(manager).toContain('Quiet doubts')
    },
  )

  it('is not read either where four were given it openly, nor where another card is beside it', async () => {
    const mixed = [...cards('Quiet doubts', 'private', ...five), ...cards('Quiet doubts', 'public', 'a', 'b', 'c', 'd')]
    const { rep, channel } = await readOf([...mixed, ...cards('Discovery', 'public', ...five)])
    for (const text of [rep, channel]) {
      expect(text).not.toContain('Quiet doubts')
      expect(text).toContain('Discovery')
    }
  })

  it('is the one it was given openly by, whatever it was called later in private', async () => {
    const renamed = cards('Discovery: last warning', 'private', 'a').map((each) => ({ ...each, scorecardId: 'Discovery' }))
    const late = renamed.map((each) => ({ ...each, answeredAt: new Date('2026-11-18T10:00:00Z') }))
    const { rep } = await readOf([...cards('Discovery', 'unmarked', ...five), ...late])
    expect(rep).toContain('Discovery')
    expect(rep).not.toContain('last warning')
  })

  it('is not said among the cards that count, which are named where they are shown', async () => {
    const tenant = { cardsThatCount: ['Discovery', 'Quiet doubts'] }
    const both = await readOf([...cards('Discovery', 'public', ...five), ...cards('Quiet doubts', 'private', ...five)], tenant)
    for (const text of [both.rep, both.channel]) {
      expect(text).not.toContain('Quiet doubts')
      expect(text).toContain('Only cards that count: Discovery and 1 more.')
    }
    expect(both.manager).toContain('Only cards that count: Discovery and Quiet doubts.')
    const none = await readOf([], tenant)
    expect(none.rep).toContain('Only 2 scorecards chosen by an admin count.')
  })
})
