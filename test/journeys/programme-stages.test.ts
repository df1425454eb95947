// A programme on its way: a preview to the admin alone, a pilot with one team, then everyone. Whoever leaves drops out, a stop stands
// whatever is switched on later, and the end of the programme is the end of its digests.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { SimulatedPerson } from '../../src/sandbox/gong/company.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

const admin = 'U0ADMIN'
let world: World
let demo: RunningDemo
/** The reps of the pilot's team, and everybody else's. */
let pilot: readonly SimulatedPerson[] = []
let others: readonly SimulatedPerson[] = []
beforeAll(async () => {
  world = await startWorld({ people: 22 })
  demo = world.demo
  const { company, personas } = demo.gong
  const isRep = (person: SimulatedPerson) => person.active && world.reportsOf(person).length === 0
  pilot = world.reportsOf(personas.manager).filter(isRep)
  others = company.people.filter((person) => isRep(person) && !pilot.includes(person))
})
afterAll(() => demo?.stop())

const digestsOf = (person: SimulatedPerson) => world.sentTo(slackIdOf(person))
const nameOf = ({ firstName, lastName }: SimulatedPerson) => `${firstName} ${lastName}`
const programmes = async () => (await world.type(admin, '/gong-digest programmes')).at(-1)
const moveToMonday = () => moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 10))

/** Fills the modal and saves; returns what the admin reads. */
async function save(inputs: Parameters<RunningDemo['slack']['fill']>[1]) {
  for (const [name, value] of Object.entries(inputs)) {
    await demo.slack.fill(admin, { [`programme-form:${name}`]: value })
    await demo.app.idle()
  }
  await submit(admin)
  return demo.slack.directMessages(admin).at(-1)
}

/** Saves, and saves again where the form says that the same people have it already. */
async function submit(userId: string): Promise<void> {
  await demo.slack.submit(userId)
  await demo.app.idle()
  if (textOf(demo.slack.modal(userId)).includes('already')) {
    expect(JSON.stringify(demo.slack.modal(userId)?.submit)).toContain('anyway')
    await demo.slack.submit(userId)
    await demo.app.idle()
  }
  expect(Object.values(demo.slack.modal(userId)?.errors ?? {})).toEqual([])
}

async function openNew(): Promise<void> {
  await world.press(admin, await programmes(), 'New programme')
}

/** What this person receives and sends, as they read it. */
const listOf = async (person: SimulatedPerson) => textOf((await world.type(slackIdOf(person), '/gong-digest')).at(-1))

/** Those who have had a digest. */
const served = (people: readonly SimulatedPerson[]) => people.filter((person) => digestsOf(person).length > 0)

describe('Preview to me', () => {
  it('is what a new programme begins with, shows how one of them reads, and reaches nobody', async () => {
    await openNew()
    expect(textOf(demo.slack.modal(admin))).toContain('"initial_option":{"text":{"type":"plain_text","text":"Preview to me"')
    const saved = textOf(await save({ kinds: ['personal'] }))
    expect(saved).toContain(`nobody yet; ${pilot.length + others.length} at Everyone`)
    expect(saved).toContain('This is how one of them reads:')
    expect(saved).toMatch(/Talk ratio \*\d+ %\*/)
    for (const person of [...pilot.slice(0, 1), ...others.slice(0, 1)]) expect(await listOf(person)).toContain('You receive no digests')
  })
})

describe('Pilot', () => {
  it('asks for its teams', async () => {
    await world.press(admin, await programmes(), 'Change')
    await demo.slack.fill(admin, { 'programme-form:stage': 'pilot' })
    await demo.app.idle()
    await demo.slack.submit(admin)
    await demo.app.idle()
    expect(Object.keys(demo.slack.modal(admin)?.errors ?? {})).toEqual(['programme-form:pilot'])
    const saved = await save({ pilot: [nameOf(demo.gong.personas.manager)] })
    expect(textOf(saved)).toContain(`pilot: ${pilot.length} of ${pilot.length + others.length}`)
  })

  it('reaches the people of its teams and nobody else; their first message says who switched it on, who can see it and how to stop', async () => {
    await moveToMonday()
    expect(served(others)).toEqual([])
    // Somebody who was away all week reads so in one line: the programme says so when nothing happened.
    expect(served(pilot)).toHaveLength(pilot.length)
    for (const person of pilot) {
      const [first, ...more] = digestsOf(person)
      expect(more).toEqual([])
      expect(textOf(first)).toContain("you, the managers above you, the bot's admins and people they gave a role can see this")
      expect(textOf(first)).toContain('*First time?* Robin Reyes switched this on for the whole company. [Stop these] ends it for good.')
      expect(textOf(first)).toContain('"text":"Stop these"')
    }
  })

  it('can be left by each of its people', async () => {
    const [stopper] = pilot
    if (!stopper) throw new Error('the pilot has nobody')
    await world.press(slackIdOf(stopper), digestsOf(stopper)[0], 'Stop these')
    expect(textOf(demo.slack.directMessages(slackIdOf(stopper)).at(-1))).toContain('Stopped. You will get no more personal digests')
    expect(textOf(await programmes())).toContain(`pilot: ${pilot.length - 1} of`)
  })
})

describe('Everyone', () => {
  it('reaches all but who has left the company and who has stopped it; nobody is introduced twice', async () => {
    const [stopper, ...stayed] = pilot
    const [leaver, ...rest] = others
    if (!stopper || !leaver) throw new Error('the company is too small')
    await world.press(admin, await programmes(), 'Change')
    expect(textOf(await save({ stage: 'everyone' }))).toContain(`${pilot.length + others.length - 1} people`)
    // Leaves before the first run.
    Object.assign(leaver, { active: false })
    await demo.slack.changeUser(slackIdOf(leaver), { deleted: true })
    await moveToMonday()
    expect(digestsOf(leaver)).toEqual([])
    expect(digestsOf(stopper)).toHaveLength(1)
    expect(served(rest)).toHaveLength(rest.length)
    for (const person of rest) expect(digestsOf(person).map((message) => textOf(message).includes('First time?'))).toEqual([true])
    for (const person of stayed) expect(digestsOf(person).map((message) => textOf(message).includes('First time?'))).toEqual([true, false])
    expect(textOf(await programmes())).toContain(`everyone: ${stayed.length + rest.length} of ${pilot.length + rest.length}`)
  })

  it('a stop holds against a second programme, and against a digest that the manager or an admin sets up', async () => {
    const [stopper] = pilot
    if (!stopper) throw new Error('the pilot has nobody')
    await openNew()
    expect(textOf(await save({ kinds: ['personal'], stage: 'everyone' }))).toContain('· no people')
    for (const userId of [demo.workspace.managerId, admin]) {
      const state = {
        kind: 'personal',
        subjectId: stopper.id,
        where: 'person',
        readerId: slackIdOf(stopper),
        weekdays: [1],
        time: '09:00',
        zone: 'Europe/Berlin',
        whenEmpty: 'say',
        skipDates: '',
        showNames: false,
      }
      expect(await world.forgedSubmit(userId, 'digest-form', {}, state)).toContain('Its reader has stopped these')
    }
    expect(await listOf(stopper)).toContain('You receive no digests')
  })

  it('a stop ends when its reader sets one up', async () => {
    const [stopper] = pilot
    if (!stopper) throw new Error('the pilot has nobody')
    const userId = slackIdOf(stopper)
    await world.press(userId, (await world.type(userId, '/gong-digest new')).at(-1), 'New digest')
    await demo.slack.submit(userId)
    await demo.app.idle()
    expect(textOf(demo.slack.directMessages(userId).at(-1))).toContain('*Set up.*')
    expect(await listOf(stopper)).toContain('You receive 1 digest')
  })
})

describe('a leader', () => {
  it('sets up managers and reps of the own organization in one modal, and may not for the company', async () => {
    const { salesLeader, manager } = demo.gong.personas
    const leader = slackIdOf(salesLeader)
    await world.press(leader, (await world.type(leader, '/gong-digest programmes')).at(-1), 'New programme')
    expect(textOf(demo.slack.modal(leader))).toContain(`${nameOf(salesLeader)}'s organization`)
    const offered = JSON.stringify(await demo.slack.suggestions(leader, 'modal', 'programme-form:org', ''))
    expect(offered).toContain(`${nameOf(manager)}'s organization`)
    expect(offered).not.toContain('The whole company')
    await demo.slack.submit(leader)
    await demo.app.idle()
    // The company's programme has all of them; changing that one is the admins'.
    expect(textOf(demo.slack.modal(leader))).toContain(
      'There is a programme already: Every rep: personal digest, for these people among others.',
    )
    expect(textOf(demo.slack.modal(leader))).not.toContain('Change it')
    await submit(leader)
    const saved = textOf(demo.slack.directMessages(leader).at(-1))
    for (const kind of ['Every manager: coaching digest', 'Every rep: personal digest'])
      expect(saved).toContain(`*${kind}, ${nameOf(salesLeader)}'s organization* · nobody yet;`)
  })
})

describe('a manager whom a programme gave the team digest', () => {
  it('moves it to the channel of the team, and answers for it there', async () => {
    const { managerId, managerChannelId } = demo.workspace
    await openNew()
    await save({ kinds: ['team'], stage: 'pilot', pilot: [nameOf(demo.gong.personas.manager)] })
    const list = async () => (await world.type(managerId, '/gong-digest')).at(-1)
    // Monday's own digest of the team is in the channel already; this one is a direct message.
    const before = await list()
    expect(textOf(before)).toContain('You receive 1 digest and send 1 digest.')
    expect(textOf(before)).toContain('set up by Robin Reyes')
    await world.press(managerId, before, 'Change')
    for (const inputs of [{ 'digest-form:where': 'channel' }, { 'digest-form:channel': managerChannelId }]) {
      await demo.slack.fill(managerId, inputs)
      await demo.app.idle()
    }
    await submit(managerId)
    await demo.app.tick()
    await demo.app.idle()
    const after = textOf(await list())
    expect(after).toContain('You receive no digests and send 2 digests.')
    expect(after).not.toContain('set up by Robin Reyes')
  })
})

describe('the end of a programme', () => {
  it('stops its digests and leaves those that people set up themselves', async () => {
    const [stopper, ...stayed] = pilot
    if (!stopper) throw new Error('the pilot has nobody')
    for (let list = await programmes(); textOf(list).includes('"End …"'); list = await programmes()) await world.press(admin, list, 'End …')
    expect(textOf(await programmes())).not.toContain('Every rep')
    for (const person of stayed.slice(0, 2)) expect(await listOf(person)).toContain('You receive no digests')
    expect(await listOf(stopper)).toContain('You receive 1 digest')
  })
})
