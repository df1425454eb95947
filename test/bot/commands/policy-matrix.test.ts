// The policy, cell by cell, as people meet it: what each role is shown of each person, team and org by every report command, button, share
// and file, held against the table. Digests are in test/digests/policy.test.ts.
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/bot/action.ts'
import { actions } from '../../../src/bot/actions/index.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import type { Subject, Viewer } from '../../../src/domain/policy.ts'
import { AskError } from '../../../src/errors.ts'
import type { Message } from '../../../src/render/message.ts'
import { asks, presses, type TestKit, testKit, viewers } from './company.ts'
import { cells, person, targets, team, teamsBeside } from './policy-table.ts'

type Answered = { readonly refused: string } | { readonly said: Message | Outcome | undefined }

async function answered(work: Promise<Message | Outcome | undefined> | undefined): Promise<Answered> {
  try {
    return { said: await work }
  } catch (error) {
    if (error instanceof AskError) return { refused: error.message }
    throw error
  }
}

const reportCommands = ['/gong-stats', '/gong-scorecards', '/gong-coaching'] as const

const type = (by: Viewer, name: string, text: string, kit: TestKit): Promise<Answered> =>
  answered(commands.find((command) => command.name === name)?.answer(asks(by, text), kit.services, async () => undefined))

const press = (by: Viewer, actionId: string, value: string, kit: TestKit): Promise<Answered> =>
  answered(
    actions
      .find(({ id }) => actionId === id || actionId.startsWith(`${id}:`))
      ?.handle(presses(by, actionId, value), kit.services, async () => undefined),
  )

/** What of the destination was asked of the statistics; of a refused one nothing may be, of medians nothing by name. */
function expectReach(verdict: string, subject: Subject, { watched, views }: TestKit, where: string): void {
  const details = new Set(watched.map(({ detail }) => detail))
  if (verdict === '-') expect([watched, views], where).toEqual([[], []])
  else expect([...details], where).toEqual([verdict === 'N' ? 'by-name' : 'medians'])
  if (verdict !== '-') expect(watched.map((each) => each.subject)).toContainEqual(subject)
}

it('has a cell for every role and target', () => {
  expect(cells).toHaveLength(14 * targets.length)
})

describe.each(cells)('$role asks for $typed: $verdict', ({ role, by, verdict, typed, subject }) => {
  it('by typing', async () => {
    for (const name of reportCommands) {
      for (const text of [typed, `${typed} details`, `${typed} 2026-11-16..2026-11-22`]) {
        const kit = testKit()
        const answer = await type(by, name, text, kit)
        // Who was coached is between people: never without names.
        const ofCommand = name === '/gong-coaching' && verdict === 'M' ? '-' : verdict
        // Coaching of a team is asked for its manager and reports one by one.
        if (name === '/gong-coaching' && ofCommand === 'N') expect(kit.watched.length, `${role} ${name} ${text}`).toBeGreaterThan(0)
        else expectReach(ofCommand, subject, kit, `${role} ${name} ${text}`)
        // A refusal is a sentence, and never silence.
        expect(JSON.stringify(answer).length).toBeGreaterThan(40)
      }
    }
  })

  it('by pressing a button that asks again, or for the file', async () => {
    for (const name of ['/gong-stats', '/gong-scorecards'] as const) {
      for (const actionId of ['ask', 'ask:period', 'csv']) {
        const kit = testKit()
        await press(by, actionId, `${name} ${typed}`, kit)
        expectReach(verdict, subject, kit, `${role} ${actionId} ${name}`)
        expect(kit.files.length > 0).toBe(actionId === 'csv' && verdict !== '-')
        for (const { to } of kit.files) expect(to).toBe(by.slackUserId)
      }
    }
  })

  it('with the team beside a person only where they are shown that team', async () => {
    const expected = verdict === '-' ? [] : teamsBeside(role, subject)
    for (const actionId of ['ask', 'csv']) {
      const kit = testKit()
      await press(by, actionId, `/gong-stats ${typed} details`, kit)
      expect(kit.beside.length > 0, actionId).toBe(expected.length > 0)
      for (const each of kit.beside) expect(expected).toContainEqual(each)
    }
  })

  it('by sharing: group figures only, and no wider than all who would read them', async () => {
    // The channel of the team itself, then one with Eve of another team in it.
    for (const readers of [
      ['U2', 'U3', 'U4'],
      ['U2', 'U3', 'U8'],
    ]) {
      const kit = testKit({ readers, by })
      await press(by, 'share-now', `/gong-stats ${typed}`, kit)
      const isGroup = subject.type !== 'person'
      const allSeeIt = subject.type === 'team' && subject.managerId === '2' && !readers.includes('U8')
      expect(kit.posts.length, `${role} shares ${typed} with ${readers.join()}`).toBe(
        isGroup && (verdict === 'N' || (verdict === 'M' && allSeeIt)) ? 1 : 0,
      )
      expect(kit.watched.filter(({ detail }) => detail === 'by-name')).toEqual([])
    }
  })
})

describe.each(Object.entries(viewers))('%s asks for nobody in particular', (role, by) => {
  it('and is answered about themselves, their team, their org, or, as an admin, the company', async () => {
    const own: Partial<Record<string, Subject>> = {
      // Managers report to the boss: everybody below, one row a team.
      boss: { type: 'org', managerId: '1' },
      manager: team('2'),
      rep: person('3'),
      coach: person('8'),
      formerCoach: person('8'),
      standIn: team('7'),
      orgViewer: team('7'),
      hr: { type: 'org', managerId: '2' },
      admin: { type: 'company' },
    }
    for (const name of ['/gong-stats', '/gong-scorecards']) {
      const kit = testKit()
      await type(by, name, '', kit)
      const subject = own[role]
      if (subject === undefined) expect(kit.watched).toEqual([])
      else expect(kit.watched.map((each) => each.subject)).toContainEqual(subject)
    }
  })
})
