// Slack is down when a digest is due and for an hour after: the real app against the simulated Slack, on the simulated clock.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { startWorld } from '../kit/world.ts'

let demo: RunningDemo
beforeAll(async () => {
  demo = (await startWorld()).demo
}, 60_000)
afterAll(() => demo?.stop())

it('posts the digest once when Slack is back, and does not disturb its owner', async () => {
  const { managerId, managerChannelId } = demo.workspace
  const posts = () =>
    demo.slack.messages(managerChannelId, managerId).filter(({ threadTs, ephemeralTo, metadata }) => metadata && !threadTs && !ephemeralTo)
      .length
  const told = () => JSON.stringify(demo.slack.directMessages(managerId))
  const before = posts()
  const monday = nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 9)
  await moveClock(demo.clock, demo.app, new Date(monday.getTime() - 3_600_000))
  const end = demo.slack.faults.add({ type: 'down' })
  await moveClock(demo.clock, demo.app, new Date(monday.getTime() + 3_600_000))
  expect(posts()).toBe(before)
  end()
  await moveClock(demo.clock, demo.app, new Date(monday.getTime() + 2 * 3_600_000))
  expect(posts()).toBe(before + 1)
  expect(told()).not.toMatch(/could not be delivered|paused|given up/i)
}, 60_000)
