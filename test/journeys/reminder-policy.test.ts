// Who sees coaching and reminders: a rep never another rep's coaching, a manager never the reminders of their own manager; over commands,
// buttons, the goal form, Home and digests of the real app.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
/** The reminders sent to the sales leader, about managers, and to a manager, about reps. */
let leaderItem = ''
let managerItem = ''
let leaderSubscription = ''
const people = () => world.demo.gong.personas
const leader = () => slackIdOf(people().salesLeader)
const manager = () => slackIdOf(people().neverCoaches)
const rep = () => world.reportsOf(people().neverCoaches)[0]
const repId = () => slackIdOf(rep() as NonNullable<ReturnType<typeof rep>>)
const colleague = () => world.reportsOf(people().neverCoaches)[1]
const handleOf = (slackUserId: string) => world.demo.workspace.users.find(({ id }) => id === slackUserId)?.name

const reminderOf = (userId: string) => world.sentTo(userId).find((message) => textOf(message).includes('to hear this week'))
const itemIn = (userId: string) => /"value":"done ([0-9a-f-]{36}\.\d+)"/.exec(textOf(reminderOf(userId)))?.[1] ?? ''

beforeAll(async () => {
  world = await startWorld()
  const { demo } = world
  for (const userId of [leader(), manager()]) await world.type(userId, '/gong-coaching remind on')
  await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'America/Los_Angeles', 1, 12))
  leaderItem = itemIn(leader())
  managerItem = itemIn(manager())
  await world.type(leader(), '/gong-digest')
  leaderSubscription =
    /"value":"\/gong-digest preview ([0-9a-f-]{36})"/.exec(JSON.stringify(demo.slack.directMessages(leader())))?.[1] ?? ''
})
afterAll(() => world?.demo.stop())

/** What only a reminder says. */
const ofReminders = /to hear this week|no scorecard from you|snoozed until|done, you said/

describe("a manager and their own manager's reminders", () => {
  it('both got one, about different people', () => {
    expect(leaderItem).not.toBe('')
    expect(managerItem).not.toBe('')
    expect(leaderSubscription).not.toBe('')
    const named = [...textOf(reminderOf(leader())).matchAll(/"done [0-9a-f-]{36}\.(\d+)"/g)].map(([, id]) => id)
    const managers = world.reportsOf(people().salesLeader).map(({ id }) => id)
    for (const id of named) expect(managers).toContain(id)
    expect(textOf(reminderOf(manager()))).not.toContain(leaderItem)
  })

  it.each(['', 'preview', 'history', 'pause', 'send', 'stop', 'delete', 'resume', 'skip'])(
    '/gong-digest %s shows the manager nothing of it and changes nothing',
    async (verb) => {
      const answers = await world.type(manager(), `/gong-digest ${verb} ${verb === '' ? '' : leaderSubscription}`.trim())
      expect(answers.length).toBeGreaterThan(0)
      expect(textOf(answers.at(-1))).not.toContain(leaderSubscription)
      expect(textOf(answers.at(-1))).not.toMatch(ofReminders)
      const [state] = await world.type(leader(), '/gong-coaching remind')
      expect(state?.text).toContain('Reminders are on.')
    },
  )

  it.each(['done', 'snooze-2', 'snooze-week', 'not-mine', 'undo', 'off', 'on'])('a forged "%s" reaches nothing', async (verb) => {
    const before = textOf(reminderOf(leader()))
    const id = verb === 'off' || verb === 'on' ? leaderItem.split('.')[0] : leaderItem
    for (const userId of [manager(), repId(), 'U0GUEST', 'U0OUTSIDER', 'U0ADMIN']) {
      const read = world.demo.slack.directMessages(userId).length
      await world.forgedPress(userId, `reminder:${verb}`, `${verb} ${id}`)
      const answers = JSON.stringify(world.demo.slack.directMessages(userId).slice(read))
      expect(answers).not.toMatch(ofReminders)
      expect(answers).not.toContain(leaderItem)
    }
    expect(textOf(reminderOf(leader()))).toBe(before)
    // "off" and "on" are about the presser's own.
    await world.type(manager(), '/gong-coaching remind on')
  })

  it("the manager's Home and messages hold none of it", async () => {
    const read = await world.readBy(manager())
    expect(read).not.toContain(leaderItem.split('.')[0])
    expect(read).toContain(managerItem.split('.')[0])
  })

  it("the manager can ask for the leader's coverage no way", async () => {
    const [answer] = await world.type(manager(), `/gong-coaching @${handleOf(leader())} team`)
    expect(textOf(answer)).not.toMatch(/people coached|To hear first/)
  })
})

describe('a rep', () => {
  it.each(['team', 'org', 'company'])('gets no coverage by /gong-coaching %s', async (who) => {
    const answers = await world.type(repId(), `/gong-coaching ${who}`)
    expect(answers.length).toBeGreaterThan(0)
    const text = JSON.stringify(answers)
    expect(text).not.toMatch(/people coached|To hear first|coached nobody/)
    for (const { lastName, id } of world.reportsOf(people().neverCoaches)) if (id !== rep()?.id) expect(text).not.toContain(lastName)
  })

  it("gets no colleague's coaching, and no 1:1 screen", async () => {
    const destination = colleague()
    const [answer] = await world.type(repId(), `/gong-coaching @${handleOf(slackIdOf(destination as NonNullable<typeof destination>))}`)
    expect(answer?.text).toContain('are for')
    expect(textOf(answer)).not.toMatch(/1:1 with|scored|scorecard/)
  })

  it('sees the own coaching alone, without buttons for reminders', async () => {
    const [answer] = await world.type(repId(), '/gong-coaching')
    expect(textOf(answer)).not.toContain('Remind me weekly')
    for (const { lastName, id } of world.reportsOf(people().neverCoaches))
      if (id !== rep()?.id) expect(textOf(answer)).not.toContain(lastName)
  })

  it('cannot turn reminders on, set a goal, or answer one about themself', async () => {
    const [answer] = await world.type(repId(), '/gong-coaching remind on')
    expect(answer?.text).toContain('for those who coach')
    const weeks = { 'reminder-goal-form:weeks': { type: 'static_select', selected_option: { value: '1' } } }
    await world.forgedSubmit(repId(), 'reminder-goal-form', weeks)
    await world.forgedSubmit(repId(), 'reminder-goal-form', {
      ...weeks,
      'reminder-goal-form:scope': { type: 'radio_buttons', selected_option: { value: 'company' } },
    })
    const before = textOf(reminderOf(manager()))
    expect(before).toContain('every 2 weeks (the default)')
    const about = new RegExp(`done ([0-9a-f-]{36}\\.${rep()?.id ?? ''})"`).exec(before)?.[1] ?? managerItem
    await world.forgedPress(repId(), 'reminder:done', `done ${about}`)
    expect(textOf(reminderOf(manager()))).toBe(before)
    await world.demo.slack.press(manager(), reminderOf(manager()) as NonNullable<ReturnType<typeof reminderOf>>, 'Change goal')
    await world.demo.app.idle()
    expect(JSON.stringify(world.demo.slack.modal(manager())?.blocks)).toContain('every 2 weeks, the default')
  })

  it('has no reminder on Home, and none among the messages', async () => {
    const read = await world.readBy(repId())
    expect(read).not.toContain('Reminders waiting')
    expect(read).not.toMatch(ofReminders)
    expect(world.sentTo(repId()).filter((message) => ofReminders.test(textOf(message)))).toEqual([])
  })
})

describe('the goal form', () => {
  it('saves what its reader may set, with who and when', async () => {
    const { slack, app } = world.demo
    await slack.fill(manager(), { 'reminder-goal-form:weeks': '4' })
    await slack.submit(manager())
    await app.idle()
    expect(slack.directMessages(manager()).at(-1)?.text).toContain('per person every 4 weeks, set by you on 30 Nov')
    const [state] = await world.type(leader(), '/gong-coaching remind')
    expect(state?.text).toContain('Reminders are on.')
  })

  it("for the whole company is an admin's, and holds for whoever set none of their own", async () => {
    const { slack, app } = world.demo
    const changeGoal = async (userId: string) => {
      await world.press(userId, (await world.type(userId, '/gong-coaching remind')).at(-1), 'Change goal')
      return textOf({ blocks: slack.modal(userId)?.blocks ?? [] })
    }
    expect(await changeGoal(leader())).not.toContain('For the whole company')
    expect(await changeGoal('U0ADMIN')).toContain('For the whole company')
    await slack.submit('U0ADMIN', { 'reminder-goal-form:weeks': '3', 'reminder-goal-form:scope': 'company' })
    await app.idle()
    expect(slack.directMessages('U0ADMIN').at(-1)?.text).toContain('every 3 weeks, set by you for the company on 30 Nov')
    expect(await changeGoal(leader())).toMatch(/Now: every 3 weeks, set by .+ for the company on 30 Nov/)
    expect(await changeGoal(manager())).toMatch(/Now: every 4 weeks, set by you on 30 Nov.*The company's: every 3 weeks/)
  })
})

describe('the schedule editor', () => {
  it('changes day and time of the own reminder, and offers neither readers nor a second day', async () => {
    const { slack, app } = world.demo
    const [state] = await world.type(manager(), '/gong-coaching remind')
    await world.press(manager(), state, 'Change time')
    const modal = JSON.stringify(slack.modal(manager())?.blocks)
    expect(modal).toContain('Coaching reminder')
    expect(modal).not.toMatch(/digest-form:where|digest-form:about|digest-form:when-empty|checkboxes/)
    await slack.fill(manager(), { 'digest-form:weekdays': '2' })
    await app.idle()
    await slack.fill(manager(), { 'digest-form:time': '09:15' })
    await app.idle()
    await slack.submit(manager())
    await app.idle()
    expect(Object.values(slack.modal(manager())?.errors ?? {})).toEqual([])
    const [after] = await world.type(manager(), '/gong-coaching remind')
    expect(after?.text).toMatch(/Every Tuesday 09:15 \(.*\)/)
  })
})

describe('a programme', () => {
  it('can hold reminders for every manager beside the digests', async () => {
    const { slack, app } = world.demo
    const [list] = await world.type('U0ADMIN', '/gong-digest programmes')
    await world.press('U0ADMIN', list, 'New programme')
    await slack.fill('U0ADMIN', { 'programme-form:kinds': ['reminder'] })
    await app.idle()
    await slack.fill('U0ADMIN', { 'programme-form:stage': 'everyone' })
    await app.idle()
    await slack.submit('U0ADMIN')
    await app.idle()
    expect(Object.values(slack.modal('U0ADMIN')?.errors ?? {})).toEqual([])
    const [after] = await world.type('U0ADMIN', '/gong-digest programmes')
    expect(textOf(after)).toContain('Reminders to every manager of the whole company')
    // Whoever had turned them on keeps the one they have.
    const [mine] = await world.type(manager(), '/gong-digest')
    expect(textOf(mine).match(/Coaching reminder for/g)).toHaveLength(1)
    const [other] = await world.type(world.demo.workspace.managerId, '/gong-coaching remind')
    expect(other?.text).toContain('Reminders are on.')
  })
})

describe('digests', () => {
  const all = () => world.demo.gong.company.people.filter(({ active }) => active)
  const fullName = ({ firstName, lastName }: ReturnType<typeof all>[number]) => `${firstName} ${lastName}`
  const isManager = (person: ReturnType<typeof all>[number]) => world.reportsOf(person).length > 0

  it('come to everybody', async () => {
    const { slack, app, clock } = world.demo
    const [list] = await world.type('U0ADMIN', '/gong-digest programmes')
    await world.press('U0ADMIN', list, 'New programme')
    await slack.fill('U0ADMIN', { 'programme-form:kinds': ['personal', 'manager'] })
    await app.idle()
    await slack.fill('U0ADMIN', { 'programme-form:stage': 'everyone' })
    await app.idle()
    await slack.submit('U0ADMIN')
    await app.idle()
    expect(Object.values(slack.modal('U0ADMIN')?.errors ?? {})).toEqual([])
    await moveClock(clock, app, nextWeekday(clock.now(), 'America/Los_Angeles', 1, 12))
    for (const person of all()) expect(world.sentTo(slackIdOf(person)).length).toBeGreaterThan(0)
  })

  it("a rep's hold nobody else's coaching, and no manager's reminder", () => {
    for (const person of all().filter((each) => !isManager(each))) {
      for (const message of world.sentTo(slackIdOf(person))) {
        expect(textOf(message)).not.toMatch(ofReminders)
        expect(textOf(message)).not.toMatch(/people coached|To hear first|coached nobody/)
        for (const other of all())
          if (fullName(other) !== fullName(person) && !isManager(other)) expect(textOf(message)).not.toContain(fullName(other))
      }
    }
  })

  it("a manager's tell of the own reports alone: not of the own manager's reminder, nor of other teams", () => {
    for (const person of all().filter(isManager)) {
      // Two people of the company share a name.
      const own = new Set([person, ...world.reportsOf(person)].map(fullName))
      const others = all().filter((each) => !own.has(fullName(each)) && !isManager(each))
      for (const message of world.sentTo(slackIdOf(person))) {
        expect(textOf(message)).not.toContain(slackIdOf(person) === leader() ? managerItem : leaderItem)
        for (const other of others) expect(textOf(message)).not.toContain(fullName(other))
      }
    }
  })
})
