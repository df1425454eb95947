// A digest that was posted says what was so by the settings of then: choosing other cards takes nothing out of it. Through the real app.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.demo.stop())

const hourMs = 3_600_000
const admin = 'U0ADMIN'
const digest = (): string => {
  const { slack, workspace } = world.demo
  const posted = slack.messages(workspace.managerChannelId, workspace.managerId).filter(({ metadata, threadTs }) => metadata && !threadTs)
  return textOf(posted.at(-1))
}

/** An hour before it is over figures are read once more, as before a correction. */
async function aDay(): Promise<void> {
  const { clock, app } = world.demo
  const end = new Date(clock.now().getTime() + 24 * hourMs)
  await moveClock(clock, app, new Date(end.getTime() - hourMs))
  await moveClock(clock, app, end)
}

async function chooseTwoCards(): Promise<void> {
  const { slack, app } = world.demo
  await slack.openHome(admin)
  await app.idle()
  await slack.pressIn(admin, 'home', 'Choose cards')
  await app.idle()
  const input = slack.modal(admin)?.blocks.find(({ block_id: id }) => id === 'count-cards-chosen')
  const { options = [] } = (input?.element ?? {}) as { readonly options?: readonly { readonly value: string }[] }
  expect(options).toHaveLength(3)
  await slack.submit(admin, { 'count-cards-chosen': options.slice(0, 2).map(({ value }) => value) })
  await app.idle()
}

it('keeps the scorecards it was posted with, and says nothing of a correction', async () => {
  const { gong, clock, app } = world.demo
  const { manager } = gong.personas
  for (const { id } of world.reportsOf(manager).slice(0, 8))
    gong.addScorecard({ reviewedId: id, reviewerId: manager.id, answeredAt: new Date('2026-11-25T10:00:00Z') })
  await moveClock(clock, app, nextWeekday(clock.now(), 'Europe/Berlin', 1, 10))
  const before = digest()
  expect(before).toMatch(/\d+\*? scorecards/)
  await chooseTwoCards()
  await aDay()
  expect(digest()).toBe(before)
})
