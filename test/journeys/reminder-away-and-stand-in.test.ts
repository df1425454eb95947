// Reminders that wait while a Slack status says away, and reminders of somebody who coaches without being the manager, until their role
// ends. Through the real app over signed HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { SimulatedMessage } from '../../src/sandbox/slack/workspace.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
}, 60_000)
afterAll(() => world?.demo.stop())

const admin = 'U0ADMIN'
const zone = 'Europe/Berlin'
const coachId = () => slackIdOf(world.demo.gong.personas.neverCoaches)
const standInId = () => slackIdOf(world.demo.gong.personas.enablement)
const coached = () => {
  const [first] = world.reportsOf(world.demo.gong.personas.neverCoaches)
  if (!first) throw new Error('the manager has reports')
  return first
}
const reminders = (userId: string) => world.sentTo(userId).filter((message) => textOf(message).includes('to hear this week'))
const namedIn = (message: SimulatedMessage | undefined) => [...textOf(message).matchAll(/"done [0-9a-f-]{36}\.(\d+)"/g)].map(([, id]) => id)
const dayOf = ({ ts }: SimulatedMessage, userId: string) =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: world.demo.workspace.users.find(({ id }) => id === userId)?.zone ?? 'UTC',
  }).format(new Date(Number(ts) * 1000))
const noonOn = (weekday: 1 | 2 | 3) => moveClock(world.demo.clock, world.demo.app, nextWeekday(world.demo.clock.now(), zone, weekday, 21))

async function status(fields: { readonly statusEmoji?: string; readonly statusText?: string }): Promise<void> {
  await world.demo.slack.changeUser(coachId(), { statusEmoji: '', statusText: '', ...fields })
  await world.demo.app.idle()
}

describe('a coach who is away', () => {
  it('by emoji on Monday and by words on Tuesday is reminded on Wednesday; lunch is not away', async () => {
    await world.type(coachId(), '/gong-coaching remind on')
    await status({ statusEmoji: ':palm_tree:' })
    await noonOn(1)
    expect(reminders(coachId())).toEqual([])
    await status({ statusText: 'OOO, back soon' })
    await noonOn(2)
    expect(reminders(coachId())).toEqual([])
    await status({ statusEmoji: ':sandwich:', statusText: 'Lunch' })
    await noonOn(3)
    expect(reminders(coachId()).map((message) => dayOf(message, coachId()))).toEqual(['Wed 08:30'])
  }, 60_000)

  it('reads in the history why the days before had none', async () => {
    await world.type(coachId(), '/gong-digest')
    const [, id] = /"value":"\/gong-digest history ([0-9a-f-]{36})"/.exec(JSON.stringify(world.demo.slack.directMessages(coachId()))) ?? []
    const history = textOf((await world.type(coachId(), `/gong-digest history ${id}`)).at(-1))
    expect(history).toMatch(/30 Nov.*away/)
    expect(history).toMatch(/1 Dec.*away/)
    expect(history).toMatch(/2 Dec.*sent/i)
  })
})

describe('a stand-in', () => {
  const grant = async (until: string): Promise<void> => {
    const { slack, app } = world.demo
    await slack.openHome(admin)
    await app.idle()
    await slack.pressIn(admin, 'home', 'Give a role')
    await app.idle()
    await slack.submit(admin, {
      'grant-user': standInId(),
      'grant-role': 'coach',
      'pick-person': `${coached().firstName} ${coached().lastName}`,
      'grant-until': until,
    })
    await app.idle()
    expect(slack.modal(admin)).toBeUndefined()
  }

  it('coaches nobody before, and is told so', async () => {
    expect((await world.type(standInId(), '/gong-coaching remind on')).at(-1)?.text).toContain('for those who coach')
  })

  it('is reminded of the person an admin gave them, and of nobody else', async () => {
    await grant('2026-12-14')
    await world.type(standInId(), '/gong-coaching remind on')
    await noonOn(1)
    const [reminder, ...more] = reminders(standInId())
    expect(more).toEqual([])
    expect(namedIn(reminder)).toEqual([coached().id])
    for (const { lastName, id } of world.reportsOf(world.demo.gong.personas.neverCoaches))
      if (id !== coached().id) expect(textOf(reminder)).not.toContain(lastName)
  }, 60_000)

  it('gets none any more once the role has ended, and its buttons answer nothing', async () => {
    const [reminder] = reminders(standInId())
    await noonOn(1)
    expect(reminders(standInId())).toHaveLength(1)
    const before = textOf(reminders(standInId())[0])
    await world.forgedPress(standInId(), 'reminder:done', `done ${/"done ([0-9a-f-]{36}\.\d+)"/.exec(textOf(reminder))?.[1]}`)
    expect(textOf(reminders(standInId())[0])).toBe(before)
    expect((await world.type(standInId(), '/gong-coaching remind on')).at(-1)?.text).toContain('for those who coach')
  }, 60_000)
})
