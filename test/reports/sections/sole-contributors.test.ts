// A figure of a group that rests on one person is that person's own, and they are to find the look: each figure by itself, and only those
// that are printed.
import { expect, it } from 'vitest'
import type { Viewer } from '../../../src/domain/policy.ts'
import { figuresInFull } from '../../../src/reports/in-full.ts'
import { activity } from '../../../src/reports/sections/activity.ts'
import { conversation } from '../../../src/reports/sections/conversation.ts'
import { headline } from '../../../src/reports/sections/headline.ts'
import { leaderSections, statsSections } from '../../../src/reports/sections/index.ts'
import type { teams } from '../../../src/reports/sections/teams.ts'
import { trend } from '../../../src/reports/sections/trend.ts'
import { composeReport } from '../../../src/reports/write-sections.ts'
import { toReader } from '../../kit/report-fixtures.ts'
import { card, earlier, now, person, stats, week } from '../../stats/world.ts'

const people = [
  person('boss'),
  ...['maria', 'lena'].map((id) => person(id, 'boss')),
  ...['ana', 'ben'].map((id) => person(id, 'maria')),
  ...['x', 'y', 'z'].map((id) => person(id, 'lena')),
]
const led = (id: string): Viewer => ({
  slackUserId: `U${id}`,
  ...people.filter((each) => each.id === id).map((each) => ({ person: each }))[0],
  standing: 'member',
  isAdmin: false,
  grants: [],
})

/** Calls in the week, and in the one before. Whoever had fewer than three is in no median; who has nothing adds nothing to a sum. */
function context(calls: Readonly<Record<string, number>>, before: Readonly<Record<string, number>> = {}, by = 'boss', managerId = 'boss') {
  const interaction = (of: Readonly<Record<string, number>>) =>
    Object.entries(of).map(([personId, callsCount]) => ({ personId, callsCount, talkShare: personId === 'ana' ? 0.77 : 0.5 }))
  const activityOf = (of: Readonly<Record<string, number>>) =>
    Object.entries(of).map(([personId, callsAsHost]) => ({ personId, callsAsHost }))
  const subject = managerId === 'boss' ? ({ type: 'org', managerId } as const) : ({ type: 'team', managerId } as const)
  return {
    ...toReader({}, { subject, period: week, audience: { type: 'person', viewer: led(by) } }),
    detail: 'by-name' as const,
    today: '2026-11-23',
    now: new Date('2026-11-23T08:00:00Z'),
    stats: stats({
      people,
      interaction: { [now]: interaction(calls), [earlier]: interaction(before) },
      activity: { [now]: activityOf(calls), [earlier]: activityOf(before) },
      // One of Maria's two was coached, and before too: a count of nobody, or of all, would be of each.
      scorecards: [card('ana', 'maria', '2026-11-12T10:00:00Z')],
    }),
  }
}
type Context = ReturnType<typeof context>
const ofMaria = (calls: Readonly<Record<string, number>>, before = {}, by = 'boss') => context(calls, before, by, 'maria')
const shownBy = async (section: typeof teams, given: Context) => (await section.write(given))?.shows ?? []

it('the row of a team in which one person had enough calls is theirs', async () => {
  const given = context({ ana: 9, ben: 1, x: 9, y: 9, z: 9 })
  const { message, shows } = await composeReport(
    given,
    leaderSections.filter(({ id }) => id !== 'people'),
  )
  expect(JSON.stringify(message.parts)).toContain('77 %')
  expect(shows).toContain('ana')
  expect(shows).not.toContain('ben')
})

it('a median of one is theirs', async () => {
  // Ana has enough calls, Ben one.
  expect(await shownBy(conversation, ofMaria({ ana: 9, ben: 1 }))).toEqual(['ana'])
  expect(await shownBy(conversation, ofMaria({ ana: 9, ben: 9 }))).toEqual([])
})

it('a change of one is theirs, though the figure is of two', async () => {
  expect(await shownBy(conversation, ofMaria({ ana: 9, ben: 9 }, { ana: 9, ben: 1 }))).toEqual(['ana'])
})

it('a sum that one person has something in is theirs, and so is the one before', async () => {
  expect(await shownBy(activity, ofMaria({ ana: 9, ben: 0 }, { ana: 3, ben: 3 }))).toEqual(['ana'])
  expect(await shownBy(activity, ofMaria({ ana: 9, ben: 9 }, { ana: 0, ben: 3 }))).toEqual(['ben'])
  expect(await shownBy(activity, ofMaria({ ana: 9, ben: 9 }, { ana: 3, ben: 3 }))).toEqual([])
})

it.each([conversation, headline])('of two, one of whom reads it, it is the other one’s by $id', async (section) => {
  expect(await shownBy(section, ofMaria({ ana: 9, ben: 9 }, {}, 'ana'))).toEqual(['ben'])
  expect(await shownBy(section, ofMaria({ ana: 9, ben: 9 }))).toEqual([])
})

it('a week of the trend is theirs who alone had enough calls in it', async () => {
  const given = ofMaria({ ana: 9, ben: 9 }, { ana: 9, ben: 1 })
  const weeks = ['2026-11-02..2026-11-08', '2026-10-26..2026-11-01']
  const rows = (callsOfBen: number) => [
    { personId: 'ana', callsCount: 9, talkShare: 0.77 },
    { personId: 'ben', callsCount: callsOfBen, talkShare: 0.5 },
  ]
  const trending = (callsOfBen: number) => ({
    ...given,
    stats: stats({
      people,
      interaction: Object.fromEntries([now, earlier, ...weeks].map((at) => [at, rows(at === now ? 9 : callsOfBen)])),
    }),
  })
  expect(await shownBy(trend, trending(1))).toEqual(['ana'])
  expect(await shownBy(trend, trending(9))).toEqual([])
})

it('what Slackbot is told in full is among it', async () => {
  // The one scorecard of the week before is Ana's in both.
  expect((await figuresInFull(ofMaria({ ana: 1, ben: 9 }), 'figures')).shows).toEqual(['ana', 'ben'])
  expect((await figuresInFull(ofMaria({ ana: 9, ben: 9 }), 'figures')).shows).toEqual(['ana'])
})

it('without names it is nobody’s, and a figure that is not printed is no look', async () => {
  const given = ofMaria({ ana: 9, ben: 1 })
  expect((await composeReport({ ...given, detail: 'medians' }, statsSections)).shows).toEqual([])
  expect((await composeReport(given, [])).shows).toEqual([])
})
