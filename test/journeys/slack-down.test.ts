// Slack is down when a digest is due and for an hour after, or a page of something in between stands in its place: the real app against the
// simulated Slack, on the simulated clock.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { startWorld } from '../kit/world.ts'

let demo: RunningDemo
beforeAll(async () => {
  demo = (await startWorld()).demo
})
afterAll(() => demo?.stop())

it('posts the digest once when Slack is back, and does not disturb its owner', async () => {
  const { managerId, managerChannelId } = demo.workspace
  const posts = () =>
    demo.slack.messages(managerChannelId, managerId).filter(({ threadTs, ephemeralTo, metadata }) => metadata && !threadTs && !ephemeralTo)
      .length
  const notices = () => JSON.stringify(demo.slack.directMessages(managerId))
  const before = posts()
  const monday = nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 9)
  await moveClock(demo.clock, demo.app, new Date(monday.getTime() - 3_600_000))
  const end = demo.slack.faults.add({ type: 'down' })
  await moveClock(demo.clock, demo.app, new Date(monday.getTime() + 3_600_000))
  expect(posts()).toBe(before)
  end()
  await moveClock(demo.clock, demo.app, new Date(monday.getTime() + 2 * 3_600_000))
  expect(posts()).toBe(before + 1)
  expect(notices()).not.toMatch(/could not be delivered|paused|given up/i)
})

it('posts once where pages, nothing and half answers come in place of Slack for minutes over the time it is due', async () => {
  const { managerId, managerChannelId } = demo.workspace
  const posts = () =>
    demo.slack.messages(managerChannelId, managerId).filter(({ threadTs, ephemeralTo, metadata }) => metadata && !threadTs && !ephemeralTo)
      .length
  const before = posts()
  const noticesBefore = demo.slack.directMessages(managerId).length
  const monday = nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 9)
  const minutesAfter = (minutes: number) => new Date(monday.getTime() + minutes * 60_000)
  await moveClock(demo.clock, demo.app, minutesAfter(-60))
  for (const [index, body] of [
    '<!doctype html><title>Sign in</title>',
    '',
    '{"ok":true,"channel":{"id":"C',
    'upstream connect error',
  ].entries()) {
    const end = demo.slack.faults.add({ type: 'not-slack', body })
    await moveClock(demo.clock, demo.app, minutesAfter(2 * index))
    end()
  }
  expect(posts()).toBe(before)
  await moveClock(demo.clock, demo.app, minutesAfter(60))
  expect(posts()).toBe(before + 1)
  expect(
    demo.slack
      .directMessages(managerId)
      .slice(noticesBefore)
      .map(({ text }) => text),
  ).not.toContainEqual(expect.stringMatching(/could not be posted|not sent as planned|paused/))
})
