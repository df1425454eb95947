// What an owner does to a digest over its life, each verb typed and pressed, over signed HTTP: list, preview, an extra one, pause, resume,
// skip, history, delete; and what becomes of the runs of weeks in which the bot was down.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
let demo: RunningDemo
let managerId = ''
let channelId = ''
let title = ''
/** Tuesday, 24 November 2026, 09:40 in Berlin; the manager's team digest of Monday is in the channel. */
beforeAll(async () => {
  world = await startWorld({ people: 22 })
  demo = world.demo
  managerId = demo.workspace.managerId
  channelId = demo.workspace.managerChannelId
  const { firstName, lastName } = demo.gong.personas.manager
  title = `Team digest of ${firstName} ${lastName}'s team`
})
afterAll(() => demo?.stop())

/** Types and gives back the answer. */
const type = async (text: string) => (await world.type(managerId, `/gong-digest ${text}`.trim())).at(-1)
/** Presses in a private reply, and gives back the answer, which takes its place. */
async function press(message: Awaited<ReturnType<typeof type>>, control: string, value?: string) {
  await world.press(managerId, message, control, value)
  return demo.slack.directMessages(managerId).find(({ ts }) => ts === message?.ts)
}
/** Opens the editor by a control, saves another time, and gives back what is said about it. */
async function changeTime(message: Awaited<ReturnType<typeof type>>, control: string, time: string) {
  await world.press(managerId, message, control)
  await demo.slack.fill(managerId, { 'digest-form:time': time })
  await demo.app.idle()
  await demo.slack.submit(managerId)
  await demo.app.idle()
  return demo.slack.directMessages(managerId).at(-1)
}
const posts = () =>
  demo.slack.messages(channelId, managerId).filter(({ metadata, threadTs, ephemeralTo }) => metadata && !threadTs && !ephemeralTo)
const moveTo = (to: Date) => moveClock(demo.clock, demo.app, to)
const nextMonday = (hour: number) => nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, hour)

describe('a digest in the hands of its owner', () => {
  it('is listed with its place, its rule and its next run; typed, and from Home', async () => {
    const list = textOf(await type('list'))
    expect(list).toContain(`*${title}* → <#${channelId}> · every Mon 09:00, Europe/Berlin · next Mon 30 Nov 09:00`)
    expect(textOf(await type(''))).toContain('next Mon 30 Nov 09:00')
    await demo.slack.openHome(managerId)
    await demo.app.idle()
    expect(textOf(demo.slack.home(managerId))).toContain(title)
    await demo.slack.pressIn(managerId, 'home', 'Manage')
    await demo.app.idle()
    expect(textOf(demo.slack.directMessages(managerId).at(-1))).toContain(`*${title}*`)
  })

  it('is previewed for the owner alone; typed and pressed', async () => {
    for (const preview of [await type('preview'), await press(await type('list'), 'Preview', 'Preview')]) {
      expect(textOf(preview)).toMatch(/16–22 Nov.*Talk ratio \*\d+ %\*.*A preview, for your eyes only\. Nothing was posted\./)
    }
    expect(posts()).toHaveLength(1)
  })

  it('is sent once more after channel and head count were confirmed, in the name of who sent it; typed and pressed', async () => {
    // Everybody of the channel but the bot.
    const members = demo.slack.workspace.channels.get(channelId)?.memberIds.length ?? 0
    const question = await type('send now')
    expect(textOf(question)).toContain(`*Send ${title} now?* Last full week, to <#${channelId}>. ${members - 1} people read it.`)
    expect(posts()).toHaveLength(1)
    await press(question, 'Send it')
    expect(posts()).toHaveLength(2)
    const { firstName, lastName } = demo.gong.personas.manager
    expect(textOf(posts()[1])).toContain(`Sent by ${firstName} ${lastName}`)
    expect(textOf(posts()[1])).toContain('16–22 Nov')
    // The same button again, as from another device.
    const [, value = ''] = /"value":"([0-9a-f-]{36} [^"]+)"/.exec(JSON.stringify(question?.blocks)) ?? []
    expect(value).not.toBe('')
    await world.forgedPress(managerId, 'digest:send', value)
    expect(posts()).toHaveLength(2)

    await press(await press(await type('list'), 'Send now …', 'Send now …'), 'Send it')
    expect(posts()).toHaveLength(3)
  })

  it('pauses until a day and goes on before it when asked to; typed and pressed', async () => {
    const paused = await type('pause until 2026-12-07')
    expect(textOf(paused)).toContain(`Paused until Mon 7 Dec: ${title}. The next one: Mon 7 Dec 09:00.`)
    expect(textOf(await type('list'))).toContain('paused until Mon 7 Dec, next Mon 7 Dec 09:00')
    expect(textOf(await press(paused, 'Resume'))).toContain(`Resumed: ${title}. The next one: Mon 30 Nov 09:00.`)
    expect(textOf(await press(await type('list'), 'Pause'))).toContain(`Paused: ${title}.`)
    expect(textOf(await type('list'))).toContain(' · paused')
    expect(textOf(await press(await type('list'), 'Resume'))).toContain('The next one: Mon 30 Nov 09:00.')
    // Two weeks from Tuesday, 24 November end on Tuesday, 8 December; the Monday after is the 14th.
    expect(textOf(await press(await type('pause'), 'For 2 weeks only'))).toContain('Paused until Tue 8 Dec')
    expect(textOf(await type('list'))).toContain('next Mon 14 Dec 09:00')
    expect(textOf(await type('resume'))).toContain('The next one: Mon 30 Nov 09:00.')
  })

  it('stays paused while it is changed, until the day or until somebody resumes it', async () => {
    await type('pause until 2026-12-07')
    expect(textOf(await changeTime(await type('list'), 'Change', '10:00'))).toContain('The next one: Mon 7 Dec 10:00.')
    await type('pause')
    const changed = await changeTime(await type('list'), 'Change', '09:00')
    expect(textOf(changed)).toContain('It is still paused.')
    expect(textOf(await type('list'))).toContain(' · paused')
    // What followed the modal is a message, not a private reply: the answer comes after it.
    await press(changed, 'Resume')
    expect(textOf(demo.slack.directMessages(managerId).at(-1))).toContain('The next one: Mon 30 Nov 09:00.')
  })

  it('comes on Monday all the same: the extra ones used nothing up', async () => {
    await moveTo(nextMonday(10))
    expect(posts()).toHaveLength(4)
    expect(textOf(posts()[3])).toContain('23–29 Nov')
    expect(textOf(posts()[3])).not.toContain('Sent by')
  })

  it('is not sent a second time on a day it was sent on when its time is moved', async () => {
    expect(textOf(await changeTime(posts()[3], 'Change schedule', '11:00'))).toContain('The next one: Mon 7 Dec 11:00')
    expect(textOf(await changeTime(posts()[3], 'Change schedule', '09:00'))).toContain('The next one: Mon 7 Dec 09:00')
  })

  it('leaves out the next run, and does not take it up again by a pause; typed and pressed', async () => {
    expect(textOf(await type('skip next'))).toContain(`Skipped: ${title}, Mon 7 Dec 09:00. The one after: Mon 14 Dec 09:00.`)
    await type('pause')
    expect(textOf(await type('resume'))).toContain('The next one: Mon 14 Dec 09:00.')
    expect(textOf(await press(await type('list'), 'Skip the next', 'Skip the next'))).toContain(
      'Mon 14 Dec 09:00. The one after: Mon 21 Dec',
    )
  })
})

describe('after weeks in which the bot was down', () => {
  it('the latest missed run is sent once and says how late it is; the older ones are in the history', async () => {
    // From Monday, 30 November, nothing runs until noon on Monday, 4 January.
    const noon = new Date('2027-01-04T11:00:00Z')
    demo.clock.moveTo(noon)
    await demo.app.tick()
    await demo.app.idle()
    await moveTo(noon)
    expect(posts()).toHaveLength(5)
    expect(textOf(posts()[4])).toContain('28 Dec 2026–3 Jan 2027')
    expect(textOf(posts()[4])).toContain('Late by 3 h')

    for (const history of [await type('history'), await press(await type('list'), 'History', 'History')]) {
      const lines = (history?.blocks ?? []).map((block) => JSON.stringify(block))
      const line = (start: string) => lines.find((one) => one.includes(start)) ?? `nothing of ${start}`
      expect(line('Mon 4 Jan 09:00')).toMatch(/sent Mon 4 Jan 12:\d\d/)
      expect(line('Mon 28 Dec 09:00')).toContain('skipped: the bot was away, and a later one was sent instead')
      expect(line('Mon 21 Dec 09:00')).toContain('skipped: the bot was away, and a later one was sent instead')
      expect(line('Mon 14 Dec 09:00')).toContain('skipped: by hand')
      expect(line('Mon 7 Dec 09:00')).toContain('skipped: by hand')
      expect(line('Mon 30 Nov 09:00')).toContain('sent Mon 30 Nov 09:0')
      expect(lines.filter((one) => one.includes(`Tue 24 Nov 09:40, extra by <@${managerId}>`))).toHaveLength(2)
      expect(line('Mon 23 Nov 09:00')).toContain('sent Mon 23 Nov 09:0')
    }
  })

  it('it goes on as planned', async () => {
    expect(textOf(await type('list'))).toContain('next Mon 11 Jan 09:00')
  })
})

describe('the log of it', () => {
  it('shows admins who did what, and nobody else', async () => {
    const home = async (userId: string) => {
      await demo.slack.openHome(userId)
      await demo.app.idle()
      return textOf(demo.slack.home(userId))
    }
    const { firstName, lastName } = demo.gong.personas.manager
    const seen = await home('U0ADMIN')
    expect(seen).toContain('Latest changes')
    for (const did of ['resumed', ': next run skipped', 'changed']) {
      expect(seen).toContain(
        `*${firstName} ${lastName}* · team digest${did.startsWith(':') ? '' : ' '}${did} · about ${firstName} ${lastName}`,
      )
    }
    expect(await home(managerId)).not.toContain('Latest changes')
  })
})

describe('the end of a digest', () => {
  it('comes after a question, and what was posted stays; typed and pressed', async () => {
    expect(textOf(await press(await type('list'), 'Delete …', 'Delete …'))).toContain(`*Delete ${title}?* What was posted stays in Slack`)
    expect(textOf(await type('list'))).toContain('send 1 digest')
    const question = await type('delete')
    expect(textOf(question)).toContain(`*Delete ${title}?*`)
    expect(textOf(await press(question, 'Delete it'))).toContain('Deleted. What was posted stays in Slack.')
    expect(textOf(await type('list'))).toContain('You receive no digests and send no digests.')
    expect(posts()).toHaveLength(5)
  })
})

describe('a digest whose owner lost the right to its figures', () => {
  it('is held back; its owner is notified, an admin is asked, takes it over, and it is posted once', async () => {
    const { salesLeader, manager } = demo.gong.personas
    const leaderId = slackIdOf(salesLeader)
    const order = (await world.type(leaderId, '/gong-digest new')).at(-1)
    await world.press(leaderId, order, 'New digest')
    const inputs = [{ about: `${manager.firstName} ${manager.lastName}` }, { where: 'channel' }, { channel: 'C0SALES' }]
    for (const [name, value] of inputs.flatMap(Object.entries)) {
      await demo.slack.fill(leaderId, { [`digest-form:${name}`]: value })
      await demo.app.idle()
    }
    await demo.slack.submit(leaderId)
    await demo.app.idle()
    expect(Object.values(demo.slack.modal(leaderId)?.errors ?? {})).toEqual([])
    // The team moves out of the leader's organization.
    Object.assign(manager, { managerIndex: undefined })
    await moveTo(nextMonday(10))
    const posted = () => demo.slack.messages('C0SALES', leaderId).filter(({ metadata, threadTs }) => metadata && !threadTs)
    expect(posted()).toEqual([])
    const toldOf = (userId: string) => demo.slack.directMessages(userId).filter((message) => textOf(message).includes('was not posted'))
    expect(toldOf(leaderId).map(textOf).join()).toContain('you may not see these figures any more')
    expect(toldOf('U0ADMIN')).toHaveLength(1)
    const asked = toldOf('U0ADMIN')[0]
    const [, deliveryId = ''] = /"action_id":"digest:take-over","value":"([0-9a-f-]{36})"/.exec(textOf(asked)) ?? []
    // Neither by who lost the right, nor by somebody who could not set it up.
    for (const userId of [leaderId, slackIdOf(demo.gong.personas.rep)]) await world.forgedPress(userId, 'digest:take-over', deliveryId)
    expect(posted()).toEqual([])
    await world.press('U0ADMIN', asked, 'Take it over')
    expect(textOf(demo.slack.directMessages('U0ADMIN').at(-1))).toContain('It is yours now, every Mon 09:00')
    expect(posted()).toHaveLength(1)
    expect(textOf((await world.type('U0ADMIN', '/gong-digest')).at(-1))).toContain('<#C0SALES>')
    expect(textOf((await world.type(leaderId, '/gong-digest')).at(-1))).not.toContain('<#C0SALES>')
    await world.forgedPress(managerId, 'digest:take-over', deliveryId)
    expect(posted()).toHaveLength(1)
  })
})
