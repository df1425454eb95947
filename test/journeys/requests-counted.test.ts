// What is asked of Gong depends on people and periods alone: a company whose managers get digests and whose everybody asks all day costs
// not one request more than the same company where nobody does. Through the real app.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, type World } from '../kit/world.ts'

let silent: World
let busy: World
beforeAll(async () => {
  ;[silent, busy] = [await startWorld({ people: 22 }), await startWorld({ people: 22 })]
})
afterAll(async () => {
  await silent?.demo.stop()
  await busy?.demo.stop()
})

const requests = ({ demo }: World) => demo.gong.log.count()
const people = () => busy.demo.gong.company.people.filter(({ active }) => active)
/** Through Monday morning by the hour: a moved clock stops where something is due, and in both worlds it is to stop at the same instants. */
async function throughMonday({ demo }: World): Promise<void> {
  const eight = nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 8)
  for (let hours = 0; hours <= 4; hours += 1) await moveClock(demo.clock, demo.app, new Date(eight.getTime() + hours * 3_600_000))
}

it('begins with the same for both', () => {
  expect(requests(busy)).toBe(requests(silent))
})

it('asks nothing for any question about a period that is kept, whoever and however many ask', async () => {
  const before = requests(busy)
  for (const person of people())
    for (const words of ['/gong-stats', '/gong-stats last week', '/gong-stats this week', '/gong-scorecards', '/gong-coaching'])
      await busy.type(slackIdOf(person), words)
  for (const words of ['/gong-stats company', '/gong-stats company last week', '/gong-coaching company']) await busy.type('U0ADMIN', words)
  expect(requests(busy)).toBe(before)
})

it('is the same over a week for a digest to every manager as for none', async () => {
  const { slack, app } = busy.demo
  await busy.press('U0ADMIN', (await busy.type('U0ADMIN', '/gong-digest programmes')).at(-1), 'New programme')
  for (const [name, value] of [
    ['kinds', ['manager']],
    ['stage', 'everyone'],
  ] as const) {
    await slack.fill('U0ADMIN', { [`programme-form:${name}`]: value })
    await app.idle()
  }
  await slack.submit('U0ADMIN')
  await app.idle()
  expect(Object.values(slack.modal('U0ADMIN')?.errors ?? {})).toEqual([])
  await throughMonday(silent)
  await throughMonday(busy)
  const served = people().filter((person) => busy.sentTo(slackIdOf(person)).length > 0)
  expect(served).toEqual(people().filter((person) => busy.reportsOf(person).length > 0))
  expect(requests(busy)).toBe(requests(silent))
})
