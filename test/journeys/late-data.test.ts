// Figures that Gong shows only after a digest was posted are corrected in the posted message: at most once a day, for a week, and never by
// a new post. The digest names nobody, so that it waits until enough people's figures changed. Through the real app; the cards are filled in for days that are over.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
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

const dayMs = 86_400_000
const posts = () => {
  const { managerId, managerChannelId } = demo.workspace
  return demo.slack.messages(managerChannelId, managerId).filter(({ metadata, threadTs }) => metadata && !threadTs)
}
const digest = () => textOf(posts().at(-1))
const corrections = () => digest().match(/updated \w{3} \d\d:\d\d: [^."]*/gi) ?? []
const scorecards = (): number => {
  const [, count] = /\*(\d+)\* scorecards?/.exec(digest()) ?? []
  if (count === undefined) throw new Error('no scorecards are shown')
  return Number(count)
}

const asking = async (userId: string): Promise<string> => textOf((await world.type(userId, '/gong-scorecards team 23 nov - 29 nov')).at(-1))
const askedByRep = (): Promise<string> => asking(slackIdOf(demo.gong.personas.rep))
const answeredIn = (text: string): number => Number(/\*?(\d+)\*? scorecards?/.exec(text)?.[1])

/** One card for each of so many reports, without the first few. */
function cards(count: number, answeredAt: string, without = 0): void {
  const { manager } = demo.gong.personas
  for (const { id } of world.reportsOf(manager).slice(without, without + count))
    demo.gong.addScorecard({ reviewedId: id, reviewerId: manager.id, answeredAt: new Date(answeredAt) })
}
/** An hour before it is over figures are read once more: what is due together may be done in any order. */
async function aDay(): Promise<void> {
  const end = new Date(demo.clock.now().getTime() + dayMs)
  await moveClock(demo.clock, demo.app, new Date(end.getTime() - dayMs / 24))
  await moveClock(demo.clock, demo.app, end)
}

it('corrects the posted message the day after, says what changed, and posts nothing', async () => {
  // Enough people with cards for a channel to read of them at all.
  cards(8, '2026-11-25T10:00:00Z')
  await moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 10))
  const before = { posts: posts().length, cards: scorecards() }
  expect(digest()).toContain('23–29 Nov')
  expect(corrections()).toEqual([])
  cards(5, '2026-11-26T10:00:00Z')
  await aDay()
  expect(scorecards()).toBe(before.cards + 5)
  expect(corrections()).toEqual([expect.stringMatching(/^updated Tue \d\d:\d\d: \+5 scorecards/i)])
  expect(posts()).toHaveLength(before.posts)
})

it('waits for five people: of one or two late cards the difference would reveal the scores', async () => {
  const before = digest()
  const count = scorecards()
  cards(2, '2026-11-26T12:00:00Z')
  const [asked, named] = [await askedByRep(), await asking(demo.workspace.managerId)]
  await aDay()
  expect(digest()).toBe(before)
  // A team member's command reads as it did, and says why; the manager, who sees names, reads the two cards.
  const late = await askedByRep()
  expect(late).toContain(
    "A few people's scorecards changed since: without names, scorecards change here once those of 5 people of a team did.",
  )
  expect(asked).not.toContain('changed since')
  expect([asked, late].map(answeredIn)).toEqual([count, count])
  expect(answeredIn(await asking(demo.workspace.managerId))).toBe(answeredIn(named) + 2)
  cards(3, '2026-11-26T12:00:00Z', 2)
  await aDay()
  expect([await askedByRep()].map(answeredIn)).toEqual([count + 5])
  expect(scorecards()).toBe(count + 5)
  expect(corrections()).toEqual([expect.stringMatching(/^updated Thu \d\d:\d\d: \+5 scorecards/i)])
})

it('does so once a day: what comes later that day is in the correction of the next', async () => {
  const before = scorecards()
  cards(5, '2026-11-27T10:00:00Z')
  await demo.app.refresh()
  await moveClock(demo.clock, demo.app, new Date(demo.clock.now().getTime() + dayMs / 12))
  expect(scorecards()).toBe(before)
  await aDay()
  expect(scorecards()).toBe(before + 5)
  expect(corrections()).toEqual([expect.stringMatching(/^updated Fri \d\d:\d\d: \+5 scorecards/i)])
})

it('changes nothing when nothing changed', async () => {
  const before = digest()
  await aDay()
  expect(digest()).toBe(before)
})

it('is over after a week', async () => {
  await moveClock(demo.clock, demo.app, new Date('2026-12-06T23:30:00Z'))
  const [monday] = posts().slice(-1)
  const before = textOf(monday)
  cards(8, '2026-11-25T10:00:00Z')
  await moveClock(demo.clock, demo.app, new Date('2026-12-09T12:00:00Z'))
  expect(textOf(posts().find(({ ts }) => ts === monday?.ts))).toBe(before)
})
