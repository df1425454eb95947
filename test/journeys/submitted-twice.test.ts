// A form whose acknowledgement did not reach Slack in time: the person reads "trouble connecting" and submits it again. And what is shared,
// where Slack's answer to the post is lost or the button is pressed twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { isFormDone } from '../kit/form-done.ts'
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
  expect(isFormDone(demo.slack, owner)).toBe(true)
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

describe('what is sent to their own messages', () => {
  const channelId = 'C0SALES'
  const sent = () => demo.slack.directMessages(owner).filter(({ text }) => text.includes('Talk ratio')).length
  const press = () => world.press(owner, question, 'Send to my messages')
  let question: ReturnType<typeof demo.slack.messages>[number] | undefined

  it.each([
    ['is pressed twice at once', () => Promise.all([press(), press()])],
    ['is pressed again later', async () => [await press(), await press()]],
  ])('is there once where the button %s', async (_what, twice) => {
    await demo.slack.type(owner, channelId, '/gong-stats team')
    await demo.app.idle()
    question = demo.slack.messages(channelId, owner).at(-1)
    const before = sent()
    await twice()
    expect(sent() - before).toBe(1)
    await press()
    expect(demo.slack.messages(channelId, owner).at(-1)?.text).toContain('This was sent to your messages already.')
  })
})

describe('what is shared in a channel', () => {
  const channelId = 'C0SALES'
  const shared = () => demo.slack.messages(channelId, owner).filter(({ text, ephemeralTo }) => !ephemeralTo && text.includes('Shared by'))
  const lastRead = () => demo.slack.messages(channelId, owner).at(-1)

  async function openQuestion(): Promise<void> {
    await demo.slack.type(owner, channelId, '/gong-stats team')
    await demo.app.idle()
    await world.press(owner, lastRead(), 'Share here')
    expect(lastRead()?.text).toContain('Share here?')
  }

  it('is there once where the answer to the post is lost, and who shared it learns that it may be', async () => {
    const before = shared().length
    await openQuestion()
    demo.slack.faults.add({ type: 'lost-answer', method: 'chat.postMessage' }, 1)
    await world.press(owner, lastRead(), 'Share')
    expect(shared().length - before).toBe(1)
    expect(demo.slack.messages(channelId, owner).map(({ text }) => text)).toContainEqual(expect.stringContaining('may have arrived'))
  })

  it('is there once where the button is pressed twice at once', async () => {
    const before = shared().length
    await openQuestion()
    const question = lastRead()
    await Promise.all([world.press(owner, question, 'Share'), world.press(owner, question, 'Share')])
    expect(shared().length - before).toBe(1)
  })
})
