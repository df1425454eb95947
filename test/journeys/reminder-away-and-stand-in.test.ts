// Reminders that wait while a Slack status says away, reminders of those who coach without being the manager, until their role ends, and
// what a manager's digest says of those nobody answered. Through the real app over signed HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { SimulatedMessage } from '../../src/sandbox/slack/workspace.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { isFormDone } from '../kit/form-done.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.demo.stop())

const admin = 'U0ADMIN'
const zone = 'Europe/Berlin'
const coachId = () => slackIdOf(world.demo.gong.personas.neverCoaches)
const standInId = () => slackIdOf(world.demo.gong.personas.enablement)
const dottedId = () => slackIdOf(world.demo.gong.personas.rep)
const coached = (nth = 0) => {
  const person = world.reportsOf(world.demo.gong.personas.neverCoaches)[nth]
  if (!person) throw new Error('the manager has reports')
  return person
}
const reminders = (userId: string) => world.sentTo(userId).filter((message) => textOf(message).includes('reminder:off'))
const namedIn = (message: SimulatedMessage | undefined) => [...textOf(message).matchAll(/"done [0-9a-f-]{36}\.(\d+)"/g)].map(([, id]) => id)
const dayOf = ({ ts }: SimulatedMessage, userId: string) =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: world.demo.workspace.users.find(({ id }) => id === userId)?.zone ?? 'UTC',
  }).format(new Date(Number(ts) * 1000))
const noonOn = (weekday: 1 | 2 | 3) => moveClock(world.demo.clock, world.demo.app, nextWeekday(world.demo.clock.now(), zone, weekday, 21))

async function historyOf(userId: string): Promise<string> {
  const list = textOf((await world.type(userId, '/gong-digest')).at(-1))
  const [, id] = /"value":"\/gong-digest history ([0-9a-f-]{36})"/.exec(list) ?? []
  return textOf((await world.type(userId, `/gong-digest history ${id}`)).at(-1))
}

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
  })

  it('reads in the history why the days before had none', async () => {
    const history = await historyOf(coachId())
    expect(history).toMatch(/30 Nov.*away/)
    expect(history).toMatch(/1 Dec.*away/)
    expect(history).toMatch(/2 Dec.*sent/i)
  })
})

describe('a stand-in and a dotted-line coach', () => {
  const grant = async (userId: string, person: ReturnType<typeof coached>, until?: string): Promise<void> => {
    const { slack, app } = world.demo
    await slack.openHome(admin)
    await app.idle()
    await slack.pressIn(admin, 'home', 'Give a role')
    await app.idle()
    await slack.submit(admin, {
      'grant-user': userId,
      'grant-role': 'coach',
      'pick-person': `${person.firstName} ${person.lastName}`,
      ...(until !== undefined && { 'grant-until': until }),
    })
    await app.idle()
    expect(isFormDone(slack, admin)).toBe(true)
  }

  it('coach nobody before, and read so', async () => {
    for (const userId of [standInId(), dottedId()])
      expect((await world.type(userId, '/gong-coaching remind on')).at(-1)?.text).toContain('for those who coach')
  })

  it('are reminded of the person an admin gave each, and of nobody else', async () => {
    await grant(standInId(), coached(), '2026-12-14')
    await grant(dottedId(), coached(1))
    for (const userId of [standInId(), dottedId()]) await world.type(userId, '/gong-coaching remind on')
    await noonOn(1)
    for (const [userId, person] of [
      [standInId(), coached()],
      [dottedId(), coached(1)],
    ] as const) {
      const [reminder, ...more] = reminders(userId)
      expect(more).toEqual([])
      expect(namedIn(reminder)).toEqual([person.id])
      for (const { lastName, id } of world.reportsOf(world.demo.gong.personas.neverCoaches))
        if (id !== person.id) expect(textOf(reminder)).not.toContain(lastName)
    }
  })

  it('a stand-in gets none any more once the role has ended, and the buttons answer nothing; one without an end goes on', async () => {
    const [reminder] = reminders(standInId())
    await noonOn(1)
    expect([standInId(), dottedId()].map((userId) => reminders(userId).length)).toEqual([1, 2])
    const before = textOf(reminders(standInId())[0])
    await world.forgedPress(standInId(), 'reminder:done', `done ${/"done ([0-9a-f-]{36}\.\d+)"/.exec(textOf(reminder))?.[1]}`)
    expect(textOf(reminders(standInId())[0])).toBe(before)
    expect((await world.type(standInId(), '/gong-coaching remind on')).at(-1)?.text).toContain('for those who coach')
    expect(await historyOf(standInId())).toMatch(/14 Dec.*there was nobody to coach/)
  })

  it('a role without an end goes on until an admin ends it', async () => {
    const { slack, app } = world.demo
    await slack.openHome(admin)
    await app.idle()
    const roles = textOf({ blocks: slack.home(admin)?.blocks ?? [] })
    const ofDotted = roles.slice(roles.indexOf(`<@${dottedId()}>`))
    const [, id = ''] = /"action_id":"revoke[^"]*",[^}]*"value":"([^"]+)"/.exec(ofDotted) ?? []
    await world.forgedPress(admin, 'revoke', id)
    await noonOn(1)
    expect(reminders(dottedId())).toHaveLength(2)
    expect(await historyOf(dottedId())).toMatch(/21 Dec.*there was nobody to coach/)
  })
})

describe('unanswered for two weeks', () => {
  it("is one line in the manager's own digest, naming who was named first on 2 December", async () => {
    const { slack, app } = world.demo
    const named = namedIn(reminders(coachId())[0])
    await world.press(coachId(), (await world.type(coachId(), '/gong-digest new')).at(-1), 'New digest')
    await slack.fill(coachId(), { 'digest-form:kind': 'manager' })
    await app.idle()
    await slack.submit(coachId())
    await app.idle()
    expect(Object.values(slack.modal(coachId())?.errors ?? {})).toEqual([])
    await noonOn(1)
    const lines = world.sentTo(coachId()).flatMap((message) => textOf(message).match(/Reminders unanswered for two weeks:[^"]*/g) ?? [])
    expect(lines).toHaveLength(1)
    const people = world.reportsOf(world.demo.gong.personas.neverCoaches)
    for (const { id, firstName, lastName } of people) expect(lines[0]?.includes(`${firstName} ${lastName}`)).toBe(named.includes(id))
  })
})
