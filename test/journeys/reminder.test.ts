// A manager who has not coached three people turns reminders on: one message on Monday morning, one again after a snooze, closed by what
// the simulated Gong shows, "not mine" remembered, and off for good. Through the real app over signed HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localDateOf } from '../../src/domain/period.ts'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { SimulatedPerson } from '../../src/sandbox/gong/company.ts'
import type { SimulatedMessage } from '../../src/sandbox/slack/workspace.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
let demo: RunningDemo
beforeAll(async () => {
  world = await startWorld()
  demo = world.demo
})
afterAll(() => demo?.stop())

const coach = (): SimulatedPerson => demo.gong.personas.neverCoaches
const coachId = () => slackIdOf(coach())
const coachZone = () => demo.workspace.users.find(({ id }) => id === coachId())?.zone ?? ''
const reports = () => world.reportsOf(coach())
/** By the whole name where a report has the same first name. */
const coachAsCalled = (): string => {
  const { firstName, lastName } = coach()
  return reports().some((report) => report.firstName === firstName) ? `${firstName} ${lastName}` : firstName
}
const sent = () => world.sentTo(coachId())
const answerTo = (user: string, text: string) => world.type(user, text)
const press = (message: SimulatedMessage, control: Parameters<World['press']>[2], value?: string) =>
  world.press(coachId(), message, control, value)

const now = (message: SimulatedMessage): SimulatedMessage => {
  const found = sent().find(({ ts }) => ts === message.ts)
  if (!found) throw new Error('the message is gone')
  return found
}

/** The report a row's *Done* is about, by the ids in the button values. */
const namedIn = (message: SimulatedMessage): string[] =>
  [...textOf(message).matchAll(/"value":"done [0-9a-f-]{36}\.(\d+)"/g)].map((match) => match[1] as string)

const person = (id: string): SimulatedPerson => {
  const found = demo.gong.company.byId.get(id)
  if (!found) throw new Error(`nobody is ${id}`)
  return found
}

const localTime = (at: Date) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: coachZone() }).format(at)

const days = (count: number) => new Date(demo.clock.now().getTime() + count * 86_400_000)

const controlOf = (message: SimulatedMessage, type: 'button' | 'overflow', reportId: string) => {
  for (const block of message.blocks) {
    for (const element of (block.elements ?? []) as readonly Record<string, unknown>[]) {
      if (element.type !== type || !JSON.stringify(element).includes(`.${reportId}"`)) continue
      return { blockId: String(block.block_id), actionId: String(element.action_id) }
    }
  }
  throw new Error(`no ${type} for ${reportId}`)
}

describe('a manager with neglected reports', () => {
  let monday: SimulatedMessage
  let named: string[]

  it('turns reminders on with the button below their coverage', async () => {
    const [coverage] = await answerTo(coachId(), '/gong-coaching')
    expect(textOf(coverage)).toContain('Remind me weekly')
    await press(coverage as SimulatedMessage, 'Remind me weekly')
    const [state] = await answerTo(coachId(), '/gong-coaching remind')
    expect(state?.text).toContain('Reminders are on.')
    expect(state?.text).toContain(`Every Monday 08:30 (${coachZone()})`)
  })

  it('gets exactly one message on Monday 08:30 of their own zone, naming three with reasons and answers', async () => {
    await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), coachZone(), 1, 12))
    expect(sent()).toHaveLength(1)
    monday = sent()[0] as SimulatedMessage
    expect(localTime(new Date(Number(monday.ts) * 1000))).toBe('Mon 08:30')
    named = namedIn(monday)
    expect(named).toHaveLength(3)
    const text = textOf(monday)
    expect(text).toContain(`${coachAsCalled()}, 3 people to hear this week.`)
    for (const id of named) {
      expect(reports().map((report) => report.id)).toContain(id)
      expect(text).toContain(person(id).firstName)
    }
    expect(text).toContain('no scorecard from you')
    expect(text).toContain('Goal: one scored call per person every 2 weeks (the default). Closes itself when Gong shows the card.')
    expect(text).toContain("Gong's coaching totals do not say for whom")
    expect(text).toMatch(/Change goal.*Turn off/)
    await demo.app.tick()
    await demo.app.idle()
    expect(sent()).toHaveLength(1)
  })

  it('snoozes one for two days and answers another; the message is changed in place, twice does no harm', async () => {
    const [first = '', second = ''] = named
    await press(monday, controlOf(monday, 'overflow', first), `snooze-2 ${idOf(first)}`)
    expect(textOf(now(monday))).toContain('snoozed until Wed 2 Dec')
    // From two devices at once, and a third that still shows the menu.
    const row = now(monday)
    await Promise.all([
      demo.slack.press(coachId(), row, controlOf(row, 'button', second)),
      demo.slack.press(coachId(), row, controlOf(row, 'button', second)),
      demo.slack.press(coachId(), row, controlOf(row, 'overflow', second), `not-mine ${idOf(second)}`),
    ])
    await demo.app.idle()
    expect(textOf(now(monday))).toMatch(/done, you said. Gong does not show it yet.|not yours/)
    expect(namedIn(now(monday))).toEqual([named[2]])
    expect(sent()).toHaveLength(1)
  })

  it('gets that one again two days later, and nobody else', async () => {
    await moveClock(demo.clock, demo.app, days(2))
    expect(sent()).toHaveLength(2)
    const again = sent()[1] as SimulatedMessage
    expect(localTime(new Date(Number(again.ts) * 1000))).toBe('Wed 08:30')
    expect(namedIn(again)).toEqual([named[0]])
    expect(textOf(again)).toContain(`back as you asked: ${person(named[0] as string).firstName}`)
  })

  it('scores a call in Gong, and the next reading, the same day, closes the reminder in the posted message', async () => {
    const card = demo.gong.addScorecard({ reviewedId: named[0] as string, reviewerId: coach().id })
    const on = localDateOf(new Date(card.answeredMs), 'Europe/Berlin')
    expect(on).toBe('2026-12-02')
    await moveClock(demo.clock, demo.app, days(1 / 8))
    expect(localDateOf(demo.clock.now(), 'Europe/Berlin')).toBe(on)
    const again = sent()[1] as SimulatedMessage
    expect(textOf(again)).toContain('Gong shows: scored Wednesday, 2 Dec.')
    expect(namedIn(again)).toEqual([])
    expect(sent()).toHaveLength(2)
  })

  it('marks one "not mine": the next Monday names others', async () => {
    const third = named[2] as string
    await press(now(monday), controlOf(now(monday), 'overflow', third), `not-mine ${idOf(third)}`)
    expect(textOf(now(monday))).toContain('not yours')
    await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), coachZone(), 1, 12))
    expect(sent()).toHaveLength(3)
    const next = namedIn(sent()[2] as SimulatedMessage)
    expect(next.length).toBeGreaterThan(0)
    expect(next.filter((id) => named.includes(id))).toEqual([])
  })

  it('turns them off in the message, and gets no more', async () => {
    const last = sent()[2] as SimulatedMessage
    await press(last, 'Turn off')
    expect(textOf(now(last))).toContain('Reminders are off.')
    await moveClock(demo.clock, demo.app, days(8))
    expect(sent()).toHaveLength(3)
    const [state] = await answerTo(coachId(), '/gong-coaching remind')
    expect(state?.text).toContain('Reminders are off.')
  })

  const idOf = (reportId: string) => /"value":"done ([0-9a-f-]{36})\./.exec(textOf(monday))?.[1]?.concat('.', reportId) ?? ''
})
