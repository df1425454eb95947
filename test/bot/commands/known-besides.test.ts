// Everything that answers one person asks what they see by name besides: command, file, tool and Home. Zoe, of a team of six, coaches three
// of the others; two are left.
import { expect, it } from 'vitest'
import { csv } from '../../../src/bot/actions/csv.ts'
import { scorecards } from '../../../src/bot/commands/scorecards.ts'
import { stats as statsCommand } from '../../../src/bot/commands/stats.ts'
import { tools } from '../../../src/bot/tools/index.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { orgChart } from '../../../src/domain/team.ts'
import { card, now, stats, teamOf } from '../../stats/world.ts'
import { asks, at, presses, testKit, wordsOf } from './company.ts'

const people = teamOf('zoe', 'a', 'b', 'c', 'd', 'e')
const ids = ['zoe', 'a', 'b', 'c', 'd', 'e']
const chart = orgChart(people)
const rep = (more: Partial<Viewer> = {}): Viewer => ({
  slackUserId: 'U1',
  person: people.find(({ id }) => id === 'zoe') as Person,
  standing: 'member',
  isAdmin: false,
  grants: [],
  ...more,
})
const coach = rep({ grants: ['a', 'b', 'c'].map((personId) => ({ type: 'coach', personId })) })

/** Nobody's own figure: 63 calls, the sum of the six. */
const service = stats({
  people,
  interaction: { [now]: ids.map((personId) => ({ personId, callsCount: 5, talkShare: 0.5 })) },
  activity: { [now]: ids.map((personId, index) => ({ personId, callsAsHost: 2 ** index })) },
  scorecards: ids.map((id) => card(id, 'maria', '2026-11-18T10:00:00Z', { overallScore: 2, overallRange: { min: 0, max: 5 } })),
})

function kit() {
  const own = testKit()
  return { ...own, services: { ...own.services, stats: service, chart: async () => chart } }
}

const said = async (by: Viewer, run: (at: ReturnType<typeof kit>) => Promise<unknown>): Promise<string> => {
  const given = kit()
  const answer = await run(given)
  return `${by === coach ? 'coach' : 'rep'}: ${JSON.stringify(answer)} ${given.files.map(({ content }) => content).join()}`
}
const say = async (): Promise<void> => undefined

it.each<[string, RegExp, (by: Viewer) => Promise<string>]>([
  ['/gong-stats', /\b63\b/, (by) => said(by, ({ services }) => statsCommand.answer(asks(by, 'team details'), services, say))],
  ['CSV', /\b63\b/, (by) => said(by, ({ services }) => csv.handle(presses(by, 'csv', '/gong-stats team'), services, say))],
  ['CSV of oneself', /\b63\b/, (by) => said(by, ({ services }) => csv.handle(presses(by, 'csv', '/gong-stats me'), services, say))],
  [
    '/gong-scorecards',
    /\*?6\*?"?.{0,40}scorecards/,
    (by) => said(by, ({ services }) => scorecards.answer(asks(by, 'team'), services, say)),
  ],
  [
    'a tool',
    /\b63\b/,
    (by) =>
      said(by, async ({ services }) => {
        const tool = tools.find(({ name }) => name === 'team_numbers')
        return tool?.answer({ details: true }, { asker: { viewer: by, ...at }, services, say })
      }),
  ],
])('%s shows a team to a member and withholds it from a coach of three of it', async (_name, shown, ask) => {
  expect(await ask(rep())).toMatch(shown)
  const withheld = await ask(coach)
  expect(withheld).not.toMatch(shown)
})

it('says why, and that those seen by name do not count', async () => {
  const { services } = kit()
  const answer = await statsCommand.answer(asks(coach, 'team'), services, say)
  expect(wordsOf(answer)).toContain('at least 5 people with enough calls besides those you see by name; fewer of these 6 had them')
})
