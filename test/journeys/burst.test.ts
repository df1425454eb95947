// Many at once: 200 commands within a second and everybody opening the same form at the same moment. Each gets one answer, each gets the form. How long
// that takes is measured by the bench; here only what is lost counts.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
let demo: RunningDemo
let people: readonly string[] = []
beforeAll(async () => {
  world = await startWorld({ checkTimes: false })
  demo = world.demo
  people = demo.gong.company.people.filter(({ active }) => active).map((person) => slackIdOf(person))
})
afterAll(() => demo?.stop())

const ownConversation = (userId: string) => demo.slack.workspace.directMessageWith(userId).id
const read = (userId: string) => demo.slack.messages(ownConversation(userId), userId)

it('two hundred commands of a second: each is acknowledged and answered once', async () => {
  const { people: everybody } = demo.gong.company
  const leaders = everybody.filter(({ active, index }) => active && everybody.some(({ managerIndex }) => managerIndex === index))
  // Of one person fifty may wait.
  const askers = leaders.map(slackIdOf).slice(0, 5)
  expect(askers).toHaveLength(5)
  const before = new Map(askers.map((id) => [id, read(id).length]))
  const said = await Promise.all(
    askers.flatMap((id) => Array.from({ length: 40 }, () => demo.slack.type(id, ownConversation(id), '/gong-stats team last week'))),
  )
  expect(said.filter(({ type }) => type !== 'acknowledged')).toEqual([])
  await demo.app.idle()
  const answers = askers.flatMap((id) => read(id).slice(before.get(id)))
  expect(answers).toHaveLength(200)
  expect(answers.filter((message) => !textOf(message).includes('Talk ratio'))).toEqual([])
})

it('a form that everybody opens at the same moment: it opens for all', async () => {
  expect(people.length).toBeGreaterThan(30)
  await Promise.all(people.map((id) => demo.slack.type(id, ownConversation(id), '/gong-digest new')))
  await demo.app.idle()
  await Promise.all(
    people.map((id) => {
      const message = read(id).at(-1)
      if (!message) throw new Error('nothing was answered')
      return demo.slack.press(id, message, 'New digest')
    }),
  )
  await demo.app.idle()
  expect(people.filter((id) => demo.slack.modal(id)?.submit === undefined)).toEqual([])
})
