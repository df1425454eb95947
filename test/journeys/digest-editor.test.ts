// A manager sets up a digest in the modal of `/gong-digest new`, over signed HTTP: what it proposes, what it says about mistakes, a channel
// the bot has to be invited to, the days on which clocks change, and people by name, until somebody from outside the team joins.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { isFormDone } from '../kit/form-done.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
let demo: RunningDemo
let managerId = ''
/** Tuesday, 23 March 2027: the clocks of Europe go forward on Sunday the 28th. */
beforeAll(async () => {
  world = await startWorld({ people: 22, today: new Date('2027-03-23T08:00:00Z') })
  demo = world.demo
  managerId = demo.workspace.managerId
})
afterAll(() => demo?.stop())

const modal = () => demo.slack.modal(managerId)
const modalText = (): string => textOf(modal())
const errors = (): readonly string[] => Object.values(modal()?.errors ?? {})

async function open(): Promise<void> {
  await demo.slack.closeModal(managerId)
  const said = await world.type(managerId, '/gong-digest new')
  await world.press(managerId, said.at(-1), 'New digest')
}

async function fill(inputs: Parameters<RunningDemo['slack']['fill']>[1]): Promise<void> {
  for (const [name, value] of Object.entries(inputs)) {
    await demo.slack.fill(managerId, { [`digest-form:${name}`]: value })
    await demo.app.idle()
  }
}

/** Presses Save or Retry. What the modal says is wrong afterwards. */
async function submit(): Promise<readonly string[]> {
  await demo.slack.submit(managerId)
  await demo.app.idle()
  return errors()
}

const initial = (id: string): unknown => {
  const block = modal()?.blocks.find(({ block_id }) => block_id === `digest-form:${id}`)
  const { initial_option, initial_options, initial_time } = (block?.element ?? {}) as Record<string, { value?: string } | undefined>
  return (
    initial_time ?? initial_option?.value ?? (initial_options as unknown as { value?: string }[] | undefined)?.map(({ value }) => value)
  )
}

const isInput = (blockId: unknown): boolean => String(blockId).startsWith('digest-form:')

const latest = () => textOf(demo.slack.directMessages(managerId).at(-1))
const postsIn = (channelId: string) =>
  demo.slack.messages(channelId, managerId).filter(({ metadata, threadTs, ephemeralTo }) => metadata && !threadTs && !ephemeralTo)

describe('the modal of a new digest', () => {
  it('proposes the own team, Monday 09:00 in the zone of the Slack profile, to oneself', async () => {
    await demo.slack.changeUser(managerId, { zone: 'Europe/Lisbon' })
    await open()
    expect(initial('kind')).toBe('team')
    expect(modalText()).toContain(`${demo.gong.personas.manager.firstName} ${demo.gong.personas.manager.lastName}'s team`)
    expect(initial('where')).toBe('me')
    expect(initial('weekdays')).toEqual(['1'])
    expect(initial('time')).toBe('09:00')
    expect(initial('zone')).toBe('Europe/Lisbon')
    expect(initial('when-empty')).toBe('say')
    // The same from Home.
    const fromCommand = modal()?.blocks.map(({ block_id }) => block_id)
    await demo.slack.closeModal(managerId)
    await demo.slack.openHome(managerId)
    await demo.app.idle()
    await demo.slack.pressIn(managerId, 'home', 'New digest')
    await demo.app.idle()
    expect(
      modal()
        ?.blocks.map(({ block_id }) => block_id)
        .filter(isInput),
    ).toEqual(fromCommand?.filter(isInput))
    await demo.slack.changeUser(managerId, { zone: 'Europe/Berlin' })
  })

  it('shows the next five runs, and names what the change of the clocks does to them', async () => {
    await open()
    // Mondays; the first after Sunday, 28 March is in summer time.
    expect(modalText()).toContain(
      'Mon 29 Mar 09:00 (from here on Central European Summer Time, UTC+2) · Mon 5 Apr 09:00 · Mon 12 Apr 09:00 · Mon 19 Apr 09:00 · Mon 26 Apr 09:00',
    )
    // Sundays at half past two: that time is left out on the 28th.
    await fill({ weekdays: ['7'], time: '02:30' })
    expect(modalText()).toContain('Sun 28 Mar 02:30 (the clocks skip 02:30: at 03:30')
    await fill({ weekdays: ['1'], time: '09:00', 'skip-dates': '2027-04-05, 2027-04-19..2027-04-20' })
    expect(modalText()).toContain('Mon 5 Apr 09:00 (skipped) · Mon 12 Apr 09:00 · Mon 19 Apr 09:00 (skipped)')
    // Just after midnight on the western side of the company's zone, the week has ended; on the eastern side it has not.
    await fill({ zone: 'Asia/Tokyo', time: '00:30' })
    expect(modalText()).toContain('waits until Mon 29 Mar 08:00, when the week has ended in Europe/Berlin')
  })

  it('says beside the input what is wrong with it, and keeps what was filled in', async () => {
    await open()
    await fill({ 'skip-dates': 'Easter' })
    expect(await submit()).toEqual(['Write dates such as 2026-12-24, or 2026-12-24..2026-12-31.'])
    await fill({ 'skip-dates': '', where: 'channel', channel: 'C0PARTNER' })
    expect(await submit()).toEqual([expect.stringContaining('shared with another company')])
    expect(Object.keys(modal()?.errors ?? {})).toEqual(['digest-form:channel'])
    await fill({ channel: 'C0OLD' })
    expect(await submit()).toEqual([expect.stringContaining('archived')])
    await fill({ channel: 'C0EVENTS' })
    expect(await submit()).toEqual([expect.stringContaining('A guest can read that channel')])
    await fill({ where: 'person', person: slackIdOf(demo.gong.personas.rep) })
    expect(initial('weekdays')).toEqual(['1'])
    await fill({ kind: 'manager' })
    expect(await submit()).toEqual([expect.stringContaining('A manager digest names people')])
    await fill({ person: 'U0GUEST' })
    expect(await submit()).toEqual([expect.stringContaining('may not see these figures')])
  })

  it('asks for an invitation where the bot is not a member, and is saved by Retry once it was invited', async () => {
    const away = { id: 'C0AWAY', name: 'mid-market-wins', memberIds: [managerId] }
    demo.slack.workspace.channels.set(away.id, away)
    await open()
    await fill({ where: 'channel', channel: away.id })
    expect(modalText()).toMatch(/Type \/invite @\S.* then press Retry/)
    expect(JSON.stringify(modal()?.submit)).toContain('Retry')
    await submit()
    expect(modalText()).toMatch(/Type \/invite @\S.* then press Retry/)
    await demo.slack.join(demo.slack.botUserId, away.id)
    expect(await submit()).toEqual([])
    expect(isFormDone(demo.slack, managerId)).toBe(true)
    expect(latest()).toContain('Set up.')
    expect(latest()).toContain('in #mid-market-wins')
    expect(latest()).toContain('Mon 29 Mar 09:00')
  })
})

describe('people by name in a channel', () => {
  const shownInModal = () => modalText().includes('Show people by name')
  const namesOfTeam = () => world.reportsOf(demo.gong.personas.manager).map(({ firstName, lastName }) => `${firstName} ${lastName}`)
  const named = (channelId: string) => {
    const text = JSON.stringify(
      demo.slack
        .messages(channelId, managerId)
        .filter(({ ephemeralTo }) => !ephemeralTo)
        .slice(-4),
    )
    return namesOfTeam().filter((name) => text.includes(name))
  }

  it('are offered for a private channel alone, once the modal has said who would read them', async () => {
    await open()
    await fill({ where: 'channel', channel: 'C0SALES' })
    expect(shownInModal()).toBe(false)
    await fill({ channel: 'C0LEADS' })
    expect(shownInModal()).toBe(true)
    const readers = namesOfTeam().length + 1
    expect(modalText()).toContain(`${readers} people read this channel, all of the team or above it`)
    expect(modalText()).toContain('Whoever joins it later reads earlier posts too, names and all.')
    for (const name of namesOfTeam()) expect(modalText()).toContain(name)
    await fill({ names: ['show'] })
    // Ticked, and then the channel changed: nothing of it stays.
    await fill({ channel: 'C0SALES' })
    expect(shownInModal()).toBe(false)
    await fill({ channel: 'C0LEADS' })
    await fill({ names: ['show'] })
    expect(await submit()).toEqual([])
    expect(isFormDone(demo.slack, managerId)).toBe(true)
  })

  it('stand in the next post, which says who switched them on', async () => {
    await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 9))
    expect(postsIn('C0LEADS')).toHaveLength(1)
    expect(named('C0LEADS').length).toBeGreaterThan(0)
    const { firstName, lastName } = demo.gong.personas.manager
    expect(textOf(postsIn('C0LEADS')[0])).toContain(`Names shown: switched on by ${firstName} ${lastName}`)
    expect(postsIn('C0AWAY')).toHaveLength(1)
    expect(named('C0AWAY')).toEqual([])
  })

  it('are dropped from the next post when somebody from outside the team has joined, and the owner is notified once', async () => {
    const stranger = demo.gong.company.people.find(
      ({ active, managerIndex, index }) =>
        active &&
        managerIndex !== undefined &&
        managerIndex !== demo.gong.personas.manager.index &&
        index !== demo.gong.personas.manager.index &&
        !demo.gong.company.people.some((other) => other.managerIndex === index),
    )
    if (!stranger) throw new Error('the company has one team only')
    await demo.slack.join(slackIdOf(stranger), 'C0LEADS')
    await demo.app.idle()
    const notices = () => demo.slack.directMessages(managerId).filter((message) => textOf(message).includes('went out without names'))
    await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 9))
    expect(postsIn('C0LEADS')).toHaveLength(2)
    expect(textOf(postsIn('C0LEADS')[1])).not.toContain('Names shown')
    expect(notices()).toHaveLength(1)
    expect(textOf(notices()[0])).toContain('Somebody from outside the team can read the channel now')
    const text = JSON.stringify(postsIn('C0LEADS')[1])
    expect(namesOfTeam().filter((name) => text.includes(name))).toEqual([])

    // A week later the same: no names, and no second notice of the same people.
    await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 9))
    expect(postsIn('C0LEADS')).toHaveLength(3)
    expect(namesOfTeam().filter((name) => JSON.stringify(postsIn('C0LEADS')[2]).includes(name))).toEqual([])
    expect(notices()).toHaveLength(1)

    // The owner asks for them again: the modal says who reads along, and offers nothing.
    await world.press(managerId, notices()[0], 'Change it')
    expect(modalText()).toContain('1 of them from outside the team')
    expect(modalText()).toContain(`${stranger.firstName} ${stranger.lastName}`)
    expect(shownInModal()).toBe(false)
  })

  it('are dropped too when the channel is not private any more', async () => {
    const channel = demo.slack.workspace.channels.get('C0LEADS')
    if (!channel) throw new Error('the channel is gone')
    demo.slack.workspace.channels.set('C0LEADS', { ...channel, isPrivate: false })
    await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 9))
    expect(postsIn('C0LEADS')).toHaveLength(4)
    expect(namesOfTeam().filter((name) => JSON.stringify(postsIn('C0LEADS')[3]).includes(name))).toEqual([])
    expect(latest()).toContain('went out without names.* The channel is not private any more.')
  })
})

describe('the same digest a second time', () => {
  const sent = async () => textOf((await world.type(managerId, '/gong-digest')).at(-1)).split('<#C0AWAY').length - 1

  it('is noticed before it is set up, with the way to the first one; whoever wants both has both', async () => {
    await open()
    await fill({ where: 'channel', channel: 'C0AWAY', time: '09:30', name: 'Pipeline calls' })
    expect(await submit()).toEqual([])
    expect(modalText()).toContain('That team already gets this digest in #mid-market-wins every Monday at 09:00.')
    expect(modalText()).toContain('Change it')
    expect(JSON.stringify(modal()?.submit)).toContain('Add another anyway')
    expect(await sent()).toBe(1)
    // Another hour is another digest, and says nothing.
    await fill({ time: '11:00' })
    expect(JSON.stringify(modal()?.submit)).not.toContain('Add another anyway')
    await fill({ time: '09:00' })
    expect(await submit()).toEqual([])
    expect(modalText()).toContain('already gets this digest')
    await submit()
    expect(isFormDone(demo.slack, managerId)).toBe(true)
    expect(latest()).toContain('Pipeline calls: team digest of')
    expect(await sent()).toBe(2)
  })

  it('[Change it] opens the first one', async () => {
    await open()
    await fill({ where: 'channel', channel: 'C0AWAY' })
    await submit()
    await demo.slack.pressIn(managerId, 'modal', 'Change it')
    await demo.app.idle()
    expect(JSON.stringify(modal()?.title)).toContain('Change digest')
    expect(initial('time')).toBe('09:00')
  })

  it('and which is meant is told apart by name, place and time', async () => {
    await demo.slack.closeModal(managerId)
    const said = textOf((await world.type(managerId, '/gong-digest pause')).at(-1))
    expect(said).toContain('Which one?')
    expect(said).toMatch(/4\. Pipeline calls: team digest of [^"]*… → #mid-market-wins, Mon 09:00/)
    const labels = [...said.matchAll(/"text":"(\d\. [^"]*)"/g)].map(([, label]) => label)
    expect(new Set(labels).size).toBe(labels.length)
    expect(labels.length).toBeGreaterThan(1)
  })

  it('that says less than one its reader gets is noticed too', async () => {
    await open()
    await fill({ kind: 'manager' })
    await submit()
    await open()
    await fill({ kind: 'team', time: '09:30' })
    await submit()
    expect(modalText()).toContain(
      'You already get the manager digest about the same people every Monday at 09:00. Of two in one hour, that one alone is sent.',
    )
    await demo.slack.closeModal(managerId)
  })
})
