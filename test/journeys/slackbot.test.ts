// Asking in words. Somebody asks in Slackbot, over signed HTTP beside the events of the real app: a manager about the team and a person, presses what the
// answer offers, asks about a month that was never fetched; and the person who was looked at finds the look.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SlackbotAnswer } from '../../src/sandbox/slack/slackbot.ts'
import type { Json } from '../../src/sandbox/slack/workspace.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'
import { pressesIn } from '../mcp/calls.ts'

let world: World
let managerId = ''
let rep: { readonly id: string; readonly name: string }

beforeAll(async () => {
  world = await startWorld()
  managerId = world.demo.workspace.managerId
  const { personas } = world.demo.gong.company
  const person = personas.rep
  rep = { id: slackIdOf(person), name: `${person.firstName} ${person.lastName}` }
})
afterAll(() => world?.demo.stop())

/** Blocks without the ids that Slack gave them. */
const saidIn = (message: Parameters<typeof textOf>[0]): string => textOf(message).replaceAll(/,?"block_id":"[^"]*"/g, '')

const ask = (userId: string, tool: string, given: Json = {}): Promise<SlackbotAnswer> => world.demo.slack.slackbot.call(userId, tool, given)

describe('in Slackbot', () => {
  it('a manager is answered about the team with charts, a table and presses that work', async () => {
    const team = await ask(managerId, 'team_numbers')
    expect(team.problems).toEqual([])
    expect(team.blocks.map(({ type }) => type)).toEqual(expect.arrayContaining(['header', 'data_visualization', 'data_table', 'actions']))
    expect(team.text).toContain('Each figure in full:')
    const presses = pressesIn(team.blocks)
    expect(presses.map(({ label }) => label)).toEqual(expect.arrayContaining(['Details', 'Last month']))
    for (const { tool, given, label } of presses) {
      const answer = await ask(managerId, tool, given as Json)
      expect([label, answer.problems]).toEqual([label, []])
      expect(answer.text).not.toMatch(/did not understand|Something went wrong/)
    }
  })

  it('says the same as the command, figure for figure', async () => {
    const typed = textOf((await world.type(managerId, '/gong-stats team')).at(-1))
    const { text } = await ask(managerId, 'team_numbers', { team: 'team' })
    const ratio = /Talk ratio \*(\d+ %)\*/.exec(typed)?.[1]
    expect(ratio).toBeDefined()
    expect(text).toContain(`Talk ratio: ${ratio}, `)
  })

  it('a look through Slackbot is in "who has seen my numbers", there and as a command', async () => {
    const { name } = rep
    expect((await ask(managerId, 'person_numbers', { person: name })).text).toContain(`| ${name} · `)
    const seen = await ask(rep.id, 'who_saw_my_numbers')
    const manager = world.demo.slack.workspace.users.get(managerId)?.realName ?? ''
    expect(seen.text).toMatch(new RegExp(`\\| .*${manager}.*looked with /gong-stats through Slackbot`))
    expect(textOf((await world.type(rep.id, '/gong-stats who saw me')).at(-1))).toContain('looked with /gong-stats through Slackbot')
  })

  it('a month that was never fetched is fetched for the question', async () => {
    const before = world.demo.gong.log.all().length
    const { text } = await ask(rep.id, 'my_numbers', { period: '1-20 September' })
    expect(text).toMatch(/^\| .* · 1–20 Sept/m)
    expect(world.demo.gong.log.all().length).toBeGreaterThan(before)
  })

  it('a colleague, a guest and somebody of another company are refused in words', async () => {
    const { users } = world.demo.slack.workspace
    const other = [...users.values()].find(({ isGuest }) => isGuest)
    expect((await ask(rep.id, 'person_numbers', { person: 'gong:1' })).text).not.toContain('Each figure in full')
    expect((await ask(other?.id ?? '', 'my_numbers')).text).toContain('Call figures are for full members of this workspace')
    expect((await ask('U0NOBODYHERE', 'my_numbers')).text).toContain('Call figures are for people of this company only')
  })
})

describe('in a direct message and beside the bot’s name', () => {
  const botName = () => `@${world.demo.slack.workspace.users.get(world.demo.slack.botUserId)?.realName}`
  const channelId = () => world.demo.workspace.managerChannelId

  async function written(userId: string, channel: string, text: string, threadTs?: string) {
    const before = world.demo.slack.messages(channel, userId).length
    await world.demo.slack.type(userId, channel, text, threadTs)
    await world.demo.app.idle()
    // The person's own message stands first.
    return world.demo.slack.messages(channel, userId).slice(before + 1)
  }

  it('a sentence is answered as the command it asks for', async () => {
    const conversation = world.demo.slack.workspace.directMessageWith(managerId).id
    const [answer] = await written(managerId, conversation, 'how did my team do last week?')
    const typed = (await world.type(managerId, '/gong-stats team last week')).at(-1)
    expect(saidIn(answer)).toBe(saidIn(typed))
    const [coaching] = await written(managerId, conversation, 'who have I not coached')
    expect(textOf(coaching)).toContain('Coaching:')
    const [person] = await written(managerId, conversation, `how did ${rep.name} do last week`)
    expect(textOf(person)).toContain(rep.name)
  })

  it('in a thread of the direct message the answer stands in the thread', async () => {
    const conversation = world.demo.slack.workspace.directMessageWith(managerId).id
    const [root] = world.demo.slack.messages(conversation, managerId)
    const [answer] = await written(managerId, conversation, 'my numbers', root?.ts)
    expect(answer).toMatchObject({ threadTs: root?.ts })
    expect(textOf(answer)).toContain('Talk ratio')
  })

  it('in a channel and in its thread only the asker reads the answer', async () => {
    const [answer] = await written(managerId, channelId(), `${botName()} how did my team do last week`)
    expect(answer).toMatchObject({ ephemeralTo: managerId })
    expect(textOf(answer)).toContain('Talk ratio')
    const root = world.demo.slack.messages(channelId(), managerId).find(({ ephemeralTo, threadTs }) => !ephemeralTo && !threadTs)
    const [inThread] = await written(managerId, channelId(), `${botName()} my talk ratio last month`, root?.ts)
    expect(inThread).toMatchObject({ ephemeralTo: managerId, threadTs: root?.ts })
  })

  it('what is not understood gets the menu, with the nearest question as a button that works', async () => {
    const conversation = world.demo.slack.workspace.directMessageWith(managerId).id
    const [hello] = await written(managerId, conversation, 'hello')
    expect(textOf(hello)).toContain('Here is what you can ask.')
    const [near] = await written(managerId, conversation, 'why did my talk ratio fall so badly last week')
    expect(textOf(near)).toContain('The nearest question I know is /gong-stats me last week.')
    await world.press(managerId, near, 'Ask that')
    expect(textOf(world.demo.slack.messages(conversation, managerId).at(-1))).toContain('Talk ratio')
  })

  it('a guest reads one sentence', async () => {
    const guest = [...world.demo.slack.workspace.users.values()].find(({ isGuest }) => isGuest)
    const [answer] = await written(guest?.id ?? '', world.demo.slack.workspace.directMessageWith(guest?.id ?? '').id, 'how did my team do')
    expect(textOf(answer)).toContain('Call figures are for full members')
  })
})
