// Gong answers 429 with a wait of years: requests pause for a day at most, admins are notified once and see it in Home, everybody else
// still gets an answer, and a pause that is ended lets the next refresh through.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

const hourMs = 3_600_000
const admin = 'U0ADMIN'
let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.demo.stop())

const notices = () =>
  world.demo.slack
    .directMessages(admin)
    .map(textOf)
    .filter((text) => text.includes('It waits a day at most'))

/** The clock goes on, and with it the hourly refresh. */
async function later(hours: number): Promise<void> {
  const { clock, app } = world.demo
  clock.moveTo(new Date(clock.now().getTime() + hours * hourMs))
  await app.tick()
  await app.idle()
}

it('of years is a pause of a day that admins hear of once, and that Home shows with the way out', async () => {
  const { gong } = world.demo
  gong.faults.add({ type: 'rate-limited', retryAfterSeconds: 99_999_999 }, { times: 1 })
  await later(2)
  const [notice] = notices()
  expect(notice).toContain('Gong asked the bot to wait 3 years. It waits a day at most: no request goes out for another 24 hours.')
  expect(notice).toContain('npm run doctor -- --clear-pause')
  const asked = gong.log.count()
  await later(2)
  await later(2)
  expect(gong.log.count()).toBe(asked)
  expect(notices()).toHaveLength(1)
  const home = await world.readBy(admin)
  expect(home).toContain('Gong asked the bot to wait 3 years.')
  const manager = slackIdOf(world.demo.gong.personas.manager)
  expect(await world.readBy(manager)).not.toContain('asked the bot to wait')
  expect(textOf((await world.type(manager, '/gong-stats team last week')).at(-1))).toContain('Talk ratio')
})
