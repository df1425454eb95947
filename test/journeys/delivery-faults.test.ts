// What can happen to a channel and to Slack while digests are due, through the real app over signed HTTP: for each the right outcome, the
// owner notified once and with something to press, and everybody else's digest delivered. One fault a working day. (Slack down for an hour:
// slack-down.test.ts.)
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { SimulatedPerson } from '../../src/sandbox/gong/company.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

const admin = 'U0ADMIN'
const everyDay = ['1', '2', '3', '4', '5']
let world: World
let demo: RunningDemo
let owner = ''
let channel = ''
/** Managers with a digest by direct message: the rest, which goes on. */
let managers: readonly SimulatedPerson[] = []

const posts = () =>
  demo.slack.messages(channel, owner).filter(({ metadata, threadTs, ephemeralTo }) => metadata && !threadTs && !ephemeralTo)
const isNotice = (text: string) => /It is paused|was not posted|was given up|could not|went out without/.test(text)
/** Notices to the owner of digests that did not go their way. */
const notices = () => world.sentTo(owner).filter((message) => isNotice(textOf(message)))
const digestsOf = (person: SimulatedPerson) => world.sentTo(slackIdOf(person)).filter((message) => !isNotice(textOf(message)))
const count = () => ({ posts: posts().length, notices: notices().length, rest: managers.map((person) => digestsOf(person).length) })
const oneMoreEach = (before: ReturnType<typeof count>) => before.rest.map((each) => each + 1)

async function submit(userId: string, inputs: Parameters<RunningDemo['slack']['fill']>[1]): Promise<void> {
  for (const [name, value] of Object.entries(inputs)) {
    await demo.slack.fill(userId, { [name]: value })
    await demo.app.idle()
  }
  await demo.slack.submit(userId)
  await demo.app.idle()
  expect(Object.values(demo.slack.modal(userId)?.errors ?? {})).toEqual([])
}

/** Until an hour after the digests of the next working day are due, with the fault put on well before. */
async function nextMorning(fault: () => unknown, minutesAfterTen = 60): Promise<void> {
  await fault()
  const days = [1, 2, 3, 4, 5] as const
  const mornings = days.map((day) => nextWeekday(demo.clock.now(), 'Europe/Berlin', day, 10).getTime())
  await moveClock(demo.clock, demo.app, new Date(Math.min(...mornings) + minutesAfterTen * 60_000))
}
const minutes = (many: number) => moveClock(demo.clock, demo.app, new Date(demo.clock.now().getTime() + many * 60_000))

beforeAll(async () => {
  world = await startWorld({ people: 22 })
  demo = world.demo
  owner = demo.workspace.managerId
  channel = demo.workspace.managerChannelId
  managers = demo.gong.company.people.filter((person) => person.active && world.reportsOf(person).length > 0)
  const list = (await world.type(owner, '/gong-digest list')).at(-1)
  await world.press(owner, list, 'Change')
  await submit(owner, { 'digest-form:weekdays': everyDay, 'digest-form:time': '10:00' })
  await world.press(admin, (await world.type(admin, '/gong-digest programmes')).at(-1), 'New programme')
  await submit(admin, {
    'programme-form:kinds': ['manager'],
    'programme-form:weekdays': everyDay,
    'programme-form:stage': 'everyone',
  })
  // Everything is due at ten in Berlin, which is nine where the admin is.
  await nextMorning(() => undefined)
})
afterAll(() => demo?.stop())

describe('passes by itself', () => {
  it('a renamed channel gets its digest as before', async () => {
    const before = count()
    await nextMorning(() => demo.slack.rename(channel, 'emea-renamed'))
    expect(count()).toEqual({ posts: before.posts + 1, notices: before.notices, rest: oneMoreEach(before) })
  })

  it('refused blocks are left out, and the rest of the message arrives', async () => {
    const before = count()
    const withChart = '/gong-stats team last 8 weeks'
    expect(textOf((await world.type(owner, withChart)).at(-1))).toContain('data_visualization')
    const end = demo.slack.faults.add({ type: 'blocks-refused', blockTypes: ['data_visualization'] })
    await nextMorning(() => undefined)
    expect(count()).toEqual({ posts: before.posts + 1, notices: before.notices, rest: oneMoreEach(before) })
    // Remembered: what is posted after the refusals is refused no more. How many were under way before them is a matter of luck.
    const refused = (): number => demo.slack.requestLog.all().filter(({ error }) => error === 'invalid_blocks').length
    const inTheMorning = refused()
    expect(inTheMorning).toBeGreaterThan(0)
    expect(textOf((await world.type(owner, withChart)).at(-1))).not.toContain('data_visualization')
    expect(refused()).toBe(inTheMorning)
    end()
    expect(textOf(posts().at(-1))).not.toContain('data_visualization')
    expect(textOf(posts().at(-1))).toMatch(/Talk ratio \*\d+ %\*/)
  })

  it('a 429 for 90 seconds is waited out once, in that conversation alone', async () => {
    const before = count()
    const from = demo.clock.now().getTime() / 1000
    await nextMorning(() => demo.slack.faults.add({ type: 'rate-limited', method: 'chat.postMessage', retryAfterSeconds: 90 }, 1))
    expect(count()).toEqual({ posts: before.posts + 1, notices: before.notices, rest: oneMoreEach(before) })
    const arrived = [posts(), ...managers.map(digestsOf)].flat().flatMap(({ ts }) => (Number(ts) > from ? [Number(ts)] : []))
    const ten = Math.min(...arrived)
    // One of all was asked to wait; the others were there before its 90 seconds were over.
    expect(arrived.filter((ts) => ts - ten >= 60)).toHaveLength(1)
    expect(arrived.filter((ts) => ts - ten < 60)).toHaveLength(managers.length)
  })

  it('a token that Slack refuses for a while: everything arrives once it is taken again, and no owner is notified', async () => {
    const before = count()
    let end: () => void = () => undefined
    await nextMorning(() => {
      end = demo.slack.faults.add({ type: 'token-revoked' })
    }, 20)
    expect(count()).toEqual(before)
    end()
    await minutes(30)
    expect(count()).toEqual({ posts: before.posts + 1, notices: before.notices, rest: oneMoreEach(before) })
  })
})

describe('needs its owner', () => {
  it('the bot was removed: the digest pauses, its owner is notified once, and Retry posts it after an invitation', async () => {
    const before = count()
    await nextMorning(() => demo.slack.leave(demo.slack.botUserId, channel))
    expect(count()).toEqual({ posts: before.posts, notices: before.notices + 1, rest: oneMoreEach(before) })
    const notice = notices().at(-1)
    expect(textOf(notice)).toMatch(/I am not in its channel.*It is paused\. Type \/invite @\S+.* there, then press Retry/)
    expect(textOf(notice)).toMatch(/Retry.*Move it.*Delete it/)
    await demo.slack.join(demo.slack.botUserId, channel)
    await world.press(owner, notice, 'Retry')
    await minutes(2)
    expect(posts()).toHaveLength(before.posts + 1)
    expect(notices()).toHaveLength(before.notices + 1)
  })

  it('the channel became shared with another company: nothing is posted, whoever asks', async () => {
    const before = count()
    await nextMorning(() => demo.slack.share(channel))
    expect(count()).toEqual({ posts: before.posts, notices: before.notices + 1, rest: oneMoreEach(before) })
    const notice = notices().at(-1)
    expect(textOf(notice)).toContain('was not posted')
    await world.press(owner, notice, 'Retry')
    await minutes(2)
    expect(posts()).toHaveLength(before.posts)
    const shared = demo.slack.workspace.channels.get(channel)
    if (shared) demo.slack.workspace.channels.set(channel, { ...shared, isExtShared: false })
  })

  it('the channel was archived: the digest pauses and its owner is notified once, days later too', async () => {
    const before = count()
    await nextMorning(() => demo.slack.archive(channel))
    expect(count()).toEqual({ posts: before.posts, notices: before.notices + 1, rest: oneMoreEach(before) })
    expect(textOf(notices().at(-1))).toMatch(/archived.*It is paused; nothing else is affected.*Move it.*Delete it/)
    await nextMorning(() => undefined)
    expect(count()).toMatchObject({ posts: before.posts, notices: before.notices + 1 })
    expect(textOf((await world.type(owner, '/gong-digest list')).at(-1))).toContain('paused')
  })
})
