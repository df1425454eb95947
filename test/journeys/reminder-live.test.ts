// Reminders where Gong gives coaching per report and ids have up to twenty digits: only the coach who is reminded is asked about, the call
// to hear is named by its whole id, and the card closes it. Through the real app over signed HTTP.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { datesIn } from '../../src/domain/period.ts'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ contract: 'live' })
})
afterAll(() => world?.demo.stop())

const coach = () => world.demo.gong.personas.neverCoaches
const coachId = () => slackIdOf(coach())
const reminder = () => world.sentTo(coachId()).find((message) => textOf(message).includes('to hear this week'))
const coachingAsked = () =>
  world.demo.gong.log
    .all()
    .filter(({ path }) => path === '/coaching')
    .map(({ query }) => new URLSearchParams(query).get('manager-id') ?? '')
/** Every call of the coach's reports in the quarter before. */
const callIds = () => {
  const { book } = world.demo.gong
  const dates = datesIn({ from: '2026-08-24', to: '2026-12-01' })
  return new Set(world.reportsOf(coach()).flatMap((report) => dates.flatMap((date) => book.callsOf(report, date).map(({ id }) => id))))
}

it('reads the coaching of nobody ahead while nobody is sent it, and then that of the coach alone', async () => {
  const { demo } = world
  expect(coachingAsked()).toEqual([])
  await world.type(coachId(), '/gong-coaching remind on')
  await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'America/Los_Angeles', 1, 12))
  expect(new Set(coachingAsked())).toEqual(new Set([coach().id]))
  expect(world.sentTo(coachId())).toHaveLength(1)
  expect(textOf(reminder())).not.toContain('do not say for whom')
})

it('opens the call to hear by its whole id', () => {
  const links = [...textOf(reminder()).matchAll(/call\?id=(\d+)/g)].map(([, id]) => id as string)
  expect(links.length).toBeGreaterThan(0)
  for (const id of links) {
    expect(id.length).toBeGreaterThanOrEqual(16)
    expect(callIds()).toContain(id)
  }
})

it('offers a call of everybody it names: the one the reason is about, else one of theirs from the last day they had any', () => {
  const message = textOf(reminder())
  const named = [...message.matchAll(/"done [0-9a-f-]{36}\.(\d+)"/g)].map(([, id = '']) => id)
  expect(named.length).toBeGreaterThan(0)
  expect(message.match(/"Open (a )?call"/g)).toHaveLength(named.length)
  const { book } = world.demo.gong
  for (const report of world.reportsOf(coach()).filter(({ id }) => named.includes(id))) {
    const days = datesIn({ from: '2026-11-23', to: '2026-11-30' }).map((date) => book.callsOf(report, date).map(({ id }) => id))
    const last = days.findLast((ids) => ids.length > 0) ?? []
    const cardless = !message.includes('Lowest')
    if (cardless) expect(last.some((id) => message.includes(id))).toBe(true)
  }
})

it('closes when Gong shows the card, the next time it is read', async () => {
  const { demo } = world
  const [, named = ''] = /"done [0-9a-f-]{36}\.(\d+)"/.exec(textOf(reminder())) ?? []
  demo.gong.addScorecard({ reviewedId: named, reviewerId: coach().id })
  await moveClock(demo.clock, demo.app, new Date(demo.clock.now().getTime() + 86_400_000))
  expect(textOf(reminder())).toContain('Gong shows: scored Monday, 30 Nov.')
  expect(textOf(reminder())).not.toContain(`.${named}"`)
})
