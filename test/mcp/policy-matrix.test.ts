// The policy, cell by cell, as people meet it in Slackbot: every tool for every role about every person, team and org, held against the
// same table as the commands.
import { describe, expect, it } from 'vitest'
import { tools } from '../../src/bot/tools/index.ts'
import { testKit, viewers } from '../bot/commands/company.ts'
import { cells, targets, teamsBeside } from '../bot/commands/policy-table.ts'
import { call, pressesIn } from './calls.ts'

/** Which argument of a tool names the subject, and for which kinds of subject; `named`: only where people may be shown by name. */
const rows = [
  { tool: 'person_numbers', argument: 'person', of: ['person'], named: false },
  { tool: 'prepare_one_on_one', argument: 'person', of: ['person'], named: true },
  { tool: 'team_numbers', argument: 'team', of: ['team', 'org', 'company'], named: false },
  { tool: 'who_to_look_at', argument: 'team', of: ['team', 'org', 'company'], named: true },
  { tool: 'scorecards', argument: 'who', of: ['person', 'team', 'org', 'company'], named: false },
  { tool: 'coaching_coverage', argument: 'who', of: ['person', 'team', 'org', 'company'], named: true },
] as const

/** Tools that take nobody: about the asker alone, or about nobody. */
const ofNobody = ['my_numbers', 'what_does_it_mean', 'who_saw_my_numbers']

const matrix = cells.flatMap((cell) =>
  rows.filter(({ of }) => (of as readonly string[]).includes(cell.subject.type)).map((row) => ({ ...cell, ...row })),
)

it('has a row for every tool, role and subject', () => {
  expect([...rows.map(({ tool }) => tool), ...ofNobody].toSorted()).toEqual(tools.map(({ name }) => name).toSorted())
  const persons = targets.filter(([, { type }]) => type === 'person').length
  const groups = targets.length - persons
  expect(matrix).toHaveLength(14 * (2 * persons + 2 * groups + 2 * targets.length))
})

it.each(matrix)('$role asks $tool about $typed: $verdict', async ({ role, by, tool, argument, typed, verdict, named, subject }) => {
  for (const more of [{}, { details: true }, { period: '2026-11-16..2026-11-22' }]) {
    const { text, problems, kit, blocks } = await call(by, tool, { [argument]: typed, ...more })
    const of = named && verdict === 'M' ? '-' : verdict
    const where = `${tool} ${typed} ${JSON.stringify(more)}`
    if (of === '-') expect([kit.watched, kit.views, kit.files], where).toEqual([[], [], []])
    else expect([...new Set(kit.watched.map(({ detail }) => detail))], where).toEqual([of === 'N' ? 'by-name' : 'medians'])
    // Coaching of a team is asked for its manager and reports one by one.
    if (of !== '-' && !named)
      expect(
        kit.watched.map((each) => each.subject),
        where,
      ).toContainEqual(subject)
    for (const team of kit.beside) expect(of === '-' ? [] : teamsBeside(role, subject), where).toContainEqual(team)
    for (const { detail, by: seenBy } of kit.views) expect([detail.endsWith(' through Slackbot'), seenBy]).toEqual([true, by.slackUserId])
    expect(problems, where).toEqual([])
    // A refusal is a sentence, and never silence.
    expect(text, where).toMatch(/^\| .{20,}$/m)
    expect(blocks.length).toBeGreaterThan(0)
    expect([kit.posts, kit.acts, kit.adminNotices]).toEqual([[], [], []])
  }
})

describe.each(Object.entries(viewers))('%s', (role, by) => {
  it('learns from the tools about oneself only what the policy allows', async () => {
    const own = by.standing === 'member' && by.person?.active === true
    const mine = await call(by, 'my_numbers', { period: 'last week' })
    expect(mine.kit.watched.map(({ subject }) => subject)).toEqual(
      own ? expect.arrayContaining([{ type: 'person', personId: by.person?.id }]) : [],
    )
    expect(mine.kit.watched.every(({ subject }) => subject.type === 'person' && subject.personId === by.person?.id)).toBe(true)
    const seen = await call(by, 'who_saw_my_numbers', {})
    expect(seen.kit.watched).toEqual([])
    expect(seen.text.includes('Maria')).toBe(role === 'rep')
    for (const { problems } of [mine, seen, await call(by, 'what_does_it_mean', { figure: 'talk ratio' })]) expect(problems).toEqual([])
  })

  it('reads no name and no figure when they are no member of the company', async () => {
    if (by.standing === 'member') return
    for (const { name } of tools) {
      const { text, blocks, kit } = await call(by, name, { person: 'Ana Diaz', team: 'Maria Lead', who: 'team' })
      expect(text).toMatch(/Call figures are for/)
      expect(`${text}${JSON.stringify(blocks)}`).not.toMatch(/Diaz|Maria|Talk ratio/)
      expect([kit.watched, kit.reads, kit.views, pressesIn(blocks)]).toEqual([[], [], [], []])
    }
  })

  it('gets no further by any press than by asking', async () => {
    for (const { name } of tools) {
      const first = await call(by, name, { person: 'gong:3' })
      for (const press of pressesIn(first.blocks)) {
        const { kit, problems, text } = await call(by, press.tool, press.given)
        expect(problems, press.label).toEqual([])
        // What a button of ours asks is understood.
        expect(text, press.label).not.toMatch(/did not understand|could not read|know nobody/)
        expect([kit.posts, kit.acts, kit.adminNotices, kit.files]).toEqual([[], [], [], []])
      }
    }
  })
})

it('says of a look through a tool that it was one', async () => {
  const kit = testKit()
  await call(viewers.manager, 'person_numbers', { person: 'Ana Diaz' }, { kit })
  expect(kit.views).toEqual([{ by: 'U2', personIds: ['3'], detail: '/gong-stats through Slackbot' }])
})
