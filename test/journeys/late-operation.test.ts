// One operation gives pages of a proxy for days, and the list of people comes back shrunken: Monday's digest goes out two hours late with what there is and is
// corrected when the rest comes; an admin decides about the list in Slack.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

const hourMs = 3_600_000
const admin = 'U0ADMIN'
const zone = 'Europe/Berlin'
let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.demo.stop())

const moveTo = (at: Date) => moveClock(world.demo.clock, world.demo.app, at)
const later = (hours: number) => moveTo(new Date(world.demo.clock.now().getTime() + hours * hourMs))

describe('an operation that fails since the weekend', () => {
  it("holds Monday's digest for two hours, then lets it go without what is missing, and completes it in place within the hour", async () => {
    const { slack, workspace, gong, clock } = world.demo
    const read = () => slack.messages(workspace.managerChannelId, workspace.managerId).filter(({ threadTs }) => !threadTs)
    const before = read().length
    await moveTo(nextWeekday(clock.now(), zone, 6, 12))
    const heal = gong.faults.add({ type: 'html' }, { path: '/stats/interaction' })
    await moveTo(nextWeekday(clock.now(), zone, 1, 9))
    await later(1)
    expect(read().slice(before)).toHaveLength(0)
    await later(1.5)
    const [sent, ...more] = read().slice(before)
    expect(more).toEqual([])
    const words = textOf(sent)
    expect(words).toContain('Talk ratios and other interaction figures are missing: Gong has failed on them since')
    expect(words).toMatch(/calls[^"]*hosted/i)
    expect(words).not.toContain('No calls by')
    heal()
    // Gong is asked again within the hour, and what comes completes the message within minutes.
    await later(1)
    await later(0.1)
    const after = read().slice(before)
    expect(after).toHaveLength(1)
    expect(textOf(after[0])).toMatch(/Medians of \d+ of \d+ people/)
    expect(textOf(after[0])).not.toContain('interaction figures are missing')
  })
})

describe('a list of people that shrank', () => {
  const notices = () => world.demo.slack.directMessages(admin).filter((message) => textOf(message).includes("Gong's list shrank from"))
  const active = async () =>
    /(\d+) of (\d+) people|All (\d+) people/
      .exec(await world.readBy(admin))
      ?.slice(1)
      .filter(Boolean)
      .at(-1)

  it('is asked about in Slack, kept as it was on [Keep the old one], and used on [Use it]', async () => {
    const { gong } = world.demo
    const everybody = await active()
    const heal = gong.faults.add({ type: 'shrunken', records: 12 }, { path: '/users' })
    await later(25)
    await later(2)
    const [notice] = notices()
    expect(textOf(notice)).toContain('Use it')
    await world.press(admin, notice, 'Keep the old one')
    await later(24)
    expect(await active()).toBe(everybody)
    expect(notices()).toHaveLength(1)
    // The decision is taken back the same way, in Home or in the message.
    await world.press(admin, notice, 'Use it')
    await later(2)
    expect(Number(await active())).toBeLessThan(13)
    heal()
    await later(25)
    expect(await active()).toBe(everybody)
  })
})
