// A form whose acknowledgement did not reach Slack in time: the person reads "trouble connecting" and submits it again.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
let demo: RunningDemo
let owner = ''
beforeAll(async () => {
  world = await startWorld()
  demo = world.demo
  owner = demo.workspace.managerId
})
afterAll(() => demo?.stop())

/** Digests in the list, each with a button of its own. */
async function count(): Promise<number> {
  const list = textOf((await world.type(owner, '/gong-digest list')).at(-1))
  return list.split('"Change"').length - 1
}

async function openForm(): Promise<void> {
  await world.press(owner, (await world.type(owner, '/gong-digest new')).at(-1), 'New digest')
  expect(demo.slack.modal(owner)?.submit).toBeDefined()
}

it('sets up one digest, says so once, and the form closes', async () => {
  const before = await count()
  await openForm()
  const messages = demo.slack.directMessages(owner).length
  expect(await demo.slack.submit(owner, {}, { loseAnswer: true })).toMatchObject({ type: 'failed' })
  await demo.app.idle()
  expect(demo.slack.modal(owner)).toBeDefined()
  expect(await demo.slack.submit(owner)).toMatchObject({ type: 'acknowledged' })
  await demo.app.idle()
  expect(demo.slack.modal(owner)).toBeUndefined()
  // What was set up is said once.
  expect(demo.slack.directMessages(owner).length - messages).toBe(1)
  expect((await count()) - before).toBe(1)
})

it('both sent at once come to one digest too', async () => {
  const before = await count()
  await openForm()
  // Another hour than the first one's: the same twice would be noticed.
  await demo.slack.fill(owner, { 'digest-form:time': '11:30' })
  await demo.app.idle()
  await Promise.all([demo.slack.submit(owner, {}, { loseAnswer: true }), demo.slack.submit(owner)])
  await demo.app.idle()
  expect((await count()) - before).toBe(1)
})
