import { describe, expect, it } from 'vitest'
import { actions } from '../../../src/bot/actions/index.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import { maySee, type Viewer } from '../../../src/domain/policy.ts'
import { AskError } from '../../../src/errors.ts'
import { sizeOf } from '../../kit/cases.ts'
import { asks, chart, people, presses, type TestKit, testKit, viewers, wordsOf } from './company.ts'

const today = '2026-11-23'
const subjects = [
  '',
  'me',
  'team',
  'org',
  'company',
  ...people.flatMap(({ id }) => [`gong:${id}`, `<@U${id}|x>`, `gong:${id} team`, `gong:${id} org`]),
  'ana@acme.com',
  'gong:404',
  '<@U404|x>',
]
const reportCommands = ['/gong-stats', '/gong-scorecards', '/gong-coaching'] as const
/** Each button meets each subject and each command; all three commands at once with each subject in test:full. */
const commandsInTurn = (turn: number) =>
  reportCommands.filter((_, index) => (turn + index) % reportCommands.length < sizeOf({ usual: 1, whole: reportCommands.length }))
const figureActions = ['ask', 'ask:period', 'ask:beside:prepare', 'csv', 'send-to-me', 'share', 'share-now'] as const

/** Everything asked of the statistics must be allowed to this viewer, in that detail. */
function overreach(by: Viewer, { watched }: TestKit): unknown[] {
  return watched.filter(({ subject, detail }) => {
    const verdict = maySee(by, subject, chart, today)
    if (verdict.allowed) return detail === 'by-name' && verdict.detail === 'medians'
    return true
  })
}

async function quietly(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AskError) return { refused: error.message }
    throw error
  }
}

describe.each(Object.entries(viewers))('%s', (_name, by) => {
  it('reaches by typing only what the policy allows, with details or without', async () => {
    for (const name of reportCommands) {
      const command = commands.find((each) => each.name === name)
      for (const subject of subjects) {
        for (const text of [subject, `${subject} details`]) {
          const kit = testKit()
          await quietly(command?.answer(asks(by, text), kit.services, async () => undefined) ?? Promise.resolve())
          expect([text, overreach(by, kit)]).toEqual([text, []])
        }
      }
    }
  })

  it('reaches by pressing, with any forged value, no more than by typing', async () => {
    for (const [at, actionId] of figureActions.entries()) {
      const handler = actions.find(({ id }) => actionId === id || actionId.startsWith(`${id}:`))
      for (const [turn, subject] of subjects.entries()) {
        for (const name of commandsInTurn(at + turn)) {
          const kit = testKit()
          await quietly(
            handler?.handle(presses(by, actionId, `${name} ${subject}`), kit.services, async () => undefined) ?? Promise.resolve(),
          )
          expect([actionId, name, subject, overreach(by, kit)]).toEqual([actionId, name, subject, []])
          // Posts are for everybody in the channel: never by name. What goes to the presser's own messages is for them alone.
          const others = kit.posts.filter(({ channelId }) => channelId !== by.slackUserId)
          if (others.length > 0) expect(kit.watched.every(({ detail }) => detail === 'medians')).toBe(true)
        }
      }
    }
  })
})

describe('those who may see nothing', () => {
  it.each(['guest', 'outsider', 'bot', 'unmatched', 'leaver'] as const)(
    '%s gets no figure, no name and no read from Gong',
    async (name) => {
      for (const command of commands.filter((each) => each.name !== '/gong-digest')) {
        for (const subject of subjects) {
          const kit = testKit()
          const answer = await quietly(command.answer(asks(viewers[name], subject), kit.services, async () => undefined))
          expect(kit.watched).toEqual([])
          expect(kit.reads).toEqual([])
          const others = people.filter(({ id }) => viewers[name].person?.id !== id)
          for (const other of others) expect(JSON.stringify(answer)).not.toContain(other.name)
        }
      }
    },
  )
})

describe('a rep in a team of four', () => {
  it('learns no team figure at all, by any way, because the group is too small', async () => {
    for (const text of ['team', 'team details', 'gong:2 team']) {
      const kit = testKit()
      const command = commands.find(({ name }) => name === '/gong-stats')
      const message = await command?.answer(asks(viewers.rep, text), kit.services, async () => undefined)
      // Medians of talk share over 3, 4, 5, 6 would be 44 or 45 %; single figures are 43, 44, 45, 46 %.
      expect(message && wordsOf(message)).not.toMatch(/4[3-6] %/)
      for (const name of ['Ben', 'Kai', 'Lena']) expect(message && wordsOf(message)).not.toContain(name)
    }
  })

  it("is refused a colleague's figures with the next step", async () => {
    const kit = testKit()
    const command = commands.find(({ name }) => name === '/gong-stats')
    const error = await command
      ?.answer(asks(viewers.rep, '<@U4|ben>'), kit.services, async () => undefined)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AskError)
    if (!(error instanceof AskError)) return
    expect(error.message).toBe(
      "Ben's figures are for Ben, the managers above, the bot's admins and people they gave a role. You can see your own and the team's medians.",
    )
    expect(error.suggestions.map(({ label }) => label)).toEqual(['My numbers', 'My team'])
  })

  it('tells somebody who is not in Gong, and views an org, whom they can see instead', async () => {
    const command = commands.find(({ name }) => name === '/gong-stats')
    const error = await command
      ?.answer(asks(viewers.hr, '<@U8|eve>'), testKit().services, async () => undefined)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AskError)
    if (!(error instanceof AskError)) return
    expect(error.message).toBe(
      "Eve's figures are for Eve, the managers above, the bot's admins and people they gave a role. You can see those for whom an admin gave you a role.",
    )
    expect(error.suggestions).toEqual([{ label: 'Whom you can see', command: '/gong-stats', text: '' }])
  })
})

describe('what admins may do', () => {
  const acts: readonly [string, Record<string, string>, string?][] = [
    ['link', {}, 'person:3'],
    ['link-save', { 'link-user': 'U3', 'pick-person': '3' }],
    ['unlink', {}, '6'],
    ['unlink-save', { 'pick-linked': '6' }],
    ['move', {}, '3'],
    ['move-save', { 'pick-person': '3', 'pick-person:manager': '7' }],
    ['grant', {}],
    ['grant-save', { 'grant-user': 'U3', 'grant-role': 'viewer', 'pick-person': '1' }],
    ['revoke', {}, 'r1'],
    ['end-role', {}],
    ['end-role-save', { 'pick-role': 'r1' }],
  ]

  it.each(Object.entries(viewers).filter(([name]) => name !== 'admin'))('%s may do none of it', async (_name, by) => {
    for (const [id, inputs, value] of acts) {
      const kit = testKit()
      const handler = actions.find((each) => each.id === id)
      await expect(handler?.handle(presses(by, id, value, { inputs }), kit.services, async () => undefined)).rejects.toThrow(AskError)
      expect(kit.acts).toEqual([])
    }
    for (const name of ['pick-person', 'pick-linked', 'pick-role']) {
      const search = actions.find(({ id }) => id === name)
      expect(await search?.options?.('', presses(by, name), testKit().services)).toEqual([])
    }
  })

  it('an admin who is a guest now may do none of it either', async () => {
    const handler = actions.find(({ id }) => id === 'link-save')
    const fallen: Viewer = { ...viewers.admin, standing: 'guest' }
    await expect(
      handler?.handle(
        presses(fallen, 'link-save', undefined, { inputs: { 'link-user': 'U3', 'pick-person': '3' } }),
        testKit().services,
        async () => undefined,
      ),
    ).rejects.toThrow(AskError)
  })
})

it('nobody without a Gong user is offered numbers of their own, whatever was not found', async () => {
  const asked = [
    'me',
    'gong:4711',
    'nobody@acme.test',
    'Zacharias Zweig',
    '<@U999>',
    'gong:10',
    '<!subteam^S1>',
    'all',
    'team of Zacharias Zweig',
  ]
  for (const viewer of [viewers.hr, viewers.admin]) {
    expect(viewer.person).toBeUndefined()
    for (const [command, text] of asked.flatMap((text) => [['/gong-stats', text] as const, ['/gong-coaching', text] as const])) {
      const kit = testKit()
      const offered = await commands
        .find(({ name }) => name === command)
        ?.answer(asks(viewer, text), kit.services, async () => undefined)
        .then(wordsOf, (error: AskError) => JSON.stringify(error.suggestions))
      expect(offered).not.toMatch(/My numbers|Coaching I received/)
    }
  }
})
