// A digest by name in a private channel: each person it shows reads who could read them there, by name, and that whoever joins later can
// too; somebody who joins is among the readers of the next one. Through the real app.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
let demo: RunningDemo
let managerId = ''
const channelId = 'C0LEADS'
beforeAll(async () => {
  world = await startWorld()
  demo = world.demo
  managerId = demo.workspace.managerId
})
afterAll(() => demo?.stop())

const nameOf = (userId: string): string => demo.slack.workspace.users.get(userId)?.realName ?? 'nobody'
const readers = (): readonly string[] =>
  (demo.slack.workspace.channels.get(channelId)?.memberIds ?? []).filter((id) => id !== demo.slack.workspace.botUserId)
const posts = () => demo.slack.messages(channelId, managerId).filter(({ metadata, threadTs }) => metadata && !threadTs)
/** What stands in the channel by name: the post and its thread. */
const shown = (): string => demo.slack.messages(channelId, managerId).map(textOf).join()
const seenBy = async (userId: string): Promise<string> => textOf((await world.type(userId, '/gong-stats who saw me')).at(-1))
const monday = (): Promise<unknown> => moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 10))

async function setUp(): Promise<void> {
  await world.press(managerId, (await world.type(managerId, '/gong-digest new')).at(-1), 'New digest')
  for (const [name, value] of Object.entries({ kind: 'team', where: 'channel', channel: channelId, names: ['show'] })) {
    await demo.slack.fill(managerId, { [`digest-form:${name}`]: value })
    await demo.app.idle()
  }
  await demo.slack.submit(managerId)
  await demo.app.idle()
}

it('is read by everybody it shows as what it is: posted by name, with the list of who could read it', async () => {
  await setUp()
  await monday()
  expect(posts()).toHaveLength(1)
  const channel = demo.slack.workspace.channels.get(channelId)?.name
  const could = readers()
  expect(could.length).toBeGreaterThanOrEqual(8)
  const reports = world.reportsOf(demo.gong.personas.manager).map(slackIdOf)
  const named = reports.filter((id) => shown().includes(nameOf(id)))
  // With fewer people named this would be no digest by name.
  expect(named.length).toBeGreaterThanOrEqual(reports.length - 1)
  for (const id of named) {
    const seen = await seenBy(id)
    expect(seen).toMatch(new RegExp(`Shown by name in #${channel} on Mon,? 30 Nov: ${could.length} people could read it then: `))
    for (const reader of could) expect(seen).toContain(nameOf(reader))
    expect(seen).toContain('People who joined since can read it too, and everybody if the channel was made public.')
    expect(seen).not.toContain('Nobody but you')
  }
})

it('counts whoever joined since among the readers of the next one, and of that one alone', async () => {
  const before = readers()
  const newcomer = slackIdOf(demo.gong.personas.salesLeader)
  expect(before).not.toContain(newcomer)
  await demo.slack.join(newcomer, channelId)
  await demo.app.idle()
  await monday()
  const rep = slackIdOf(demo.gong.personas.rep)
  const seen = await seenBy(rep)
  const [next = '', first = ''] = [`${before.length + 1} people could read it then: `, `${before.length} people could read it then: `].map(
    (words) => seen.split(words)[1]?.split('People who joined since')[0],
  )
  expect(next).toContain(nameOf(newcomer))
  expect(first).not.toContain(nameOf(newcomer))
  expect(first).not.toBe('')
})
