// One person does a hundred things at once: every press is answered, nobody else waits for it, and there is an end to what one person can set
// up. Through the real app.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { formId } from '../../src/bot/editor/editor-state.ts'
import { createLog } from '../../src/log.ts'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

/** Whose questions began when, in milliseconds, by the lines the log has once they are answered. */
const begun: { readonly slackUserId: string; readonly atMs: number }[] = []
const log = createLog('info', {
  write(line) {
    const { msg, slackUserId, ms } = JSON.parse(line) as { msg: string; slackUserId: string; ms: number }
    if (msg === 'answered') begun.push({ slackUserId, atMs: performance.now() - ms })
  },
})

let world: World
let demo: RunningDemo
let managerId = ''
beforeAll(async () => {
  // How long an acknowledgement takes beside it is the bench's matter.
  world = await startWorld({ checkTimes: false, log })
  demo = world.demo
  managerId = demo.workspace.managerId
})
afterAll(() => demo?.stop())

/** What this thread does between two looks at the timers, in milliseconds of its processor time: a busy machine adds nothing to that. */
function heldByTurns(): { stop(): readonly number[] } {
  const cpuMs = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  const turns: number[] = []
  let last = cpuMs()
  const looking = setInterval(() => {
    const now = cpuMs()
    turns.push(now - last)
    last = now
  }, 5)
  return {
    stop() {
      clearInterval(looking)
      return turns
    },
  }
}

/** A form for a digest that shares its hour with no other. */
const form = (at: number) =>
  world.forgedSubmit(
    managerId,
    formId,
    {},
    {
      kind: 'team',
      subjectId: demo.gong.personas.manager.id,
      where: 'me',
      weekdays: [1 + Math.floor(at / 10)],
      time: `${String((at % 10) * 2).padStart(2, '0')}:00`,
      zone: 'Europe/Berlin',
      whenEmpty: 'say',
      skipDates: '',
      showNames: true,
      listedFor: demo.slack.workspace.directMessageWith(managerId).id,
    },
  )

const digestsOf = async (userId: string): Promise<number> =>
  Number(/You receive (\d+) digests?/.exec(textOf((await world.type(userId, '/gong-digest')).at(-1)))?.[1])

it('opens a hundred forms, and a colleague is answered meanwhile', async () => {
  const held = heldByTurns()
  const presses = Array.from({ length: 100 }, () => world.forgedPress(managerId, 'digest-new', ''))
  const rep = slackIdOf(demo.gong.personas.rep)
  const [asked, ...answers] = await Promise.all([world.type(rep, '/gong-stats me'), ...presses])
  expect(new Set(answers)).toEqual(new Set(['']))
  expect(textOf(asked.at(-1))).toContain('Talk ratio')
  // No press holds the loop: all of them together are work of more than a second.
  const turnsMs = held.stop().toSorted((a, b) => a - b)
  expect(turnsMs[Math.floor(turnsMs.length / 2)]).toBeLessThan(50)
})

it('sets up fifty digests for one person and no more', async () => {
  for (let at = 0; at < 48; at += 1) await form(at)
  expect(await digestsOf(managerId)).toBe(48)
  // One in a channel is the manager's already.
  for (let at = 48; at < 52; at += 1) await form(at)
  expect(await digestsOf(managerId)).toBe(49)
})

it.each([
  ['typed', () => demo.slack.type(managerId, demo.slack.workspace.directMessageWith(managerId).id, '/gong-stats team')],
  ['pressed', () => world.forgedPress(managerId, 'ask:0', '/gong-stats team')],
])(
  'two hundred %s questions of one person keep a colleague waiting for a few of them, and the last ones are refused in words',
  async (_how, one) => {
    const { slack } = demo
    const rep = slackIdOf(demo.gong.personas.rep)
    const answersTo = (userId: string) => slack.messages(slack.workspace.directMessageWith(userId).id, userId)
    const ask = (userId: string, text: string) => slack.type(userId, slack.workspace.directMessageWith(userId).id, text)
    const before = answersTo(managerId).length
    const answered = () =>
      answersTo(managerId)
        .slice(before)
        .map(textOf)
        .filter((text) => text.includes('Talk ratio')).length
    begun.length = 0
    const flood = Array.from({ length: 200 }, (): Promise<unknown> => one())
    await ask(rep, '/gong-stats me')
    const askedAtMs = performance.now()
    await Promise.all(flood)
    await demo.app.idle()
    // How many are answered before the colleague depends on the machine: on a slow one work gives its turn up before it is done. How many
    // begin before the colleague's does not.
    const colleagues = begun.find(({ slackUserId }) => slackUserId === rep)
    if (!colleagues) throw new Error('the colleague was not answered')
    const inBetween = begun.filter(({ slackUserId, atMs }) => slackUserId === managerId && atMs > askedAtMs && atMs < colleagues.atMs)
    expect(inBetween.length).toBeLessThan(9)
    const refused = answersTo(managerId)
      .slice(before)
      .map(textOf)
      .filter((text) => text.includes('You have asked faster than I can answer.')).length
    expect(refused).toBeGreaterThan(0)
    expect(answered() + refused).toBe(200)
    expect(textOf((await world.type(managerId, '/gong-stats team')).at(-1))).toContain('Talk ratio')
  },
)
