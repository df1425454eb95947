// What a rep in a team of four can learn of colleagues: nothing. Whatever the colleagues' figures are, everything the rep can make the
// bot say is the same, word for word: every command, period, file, share, digest and Home. So no difference of two answers tells either.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actions } from '../../../src/bot/actions/index.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import { home } from '../../../src/bot/home/index.ts'
import type { ActivityCounters, AnsweredScorecard, DailyActivity, InteractionFigures } from '../../../src/domain/gong-figures.ts'
import { addDays, includes, type Period } from '../../../src/domain/period.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { AskError } from '../../../src/errors.ts'
import { buildDigest } from '../../../src/reports/digests/index.ts'
import type { ReportContext } from '../../../src/reports/section.ts'
import { sizeOf } from '../../kit/cases.ts'
import type { Tables } from '../../stats/fake-reads.ts'
import { card } from '../../stats/world.ts'
import { asks, at, presses, testKit, viewers } from './company.ts'

const firstDay = '2026-08-01'
const days = 115

/** Overlapping on purpose: a week and the same week but a day, a month and the month so far. */
const periods = [
  '',
  '2 weeks ago',
  'this week',
  '16-22 Nov',
  '16-21 Nov',
  '17-22 Nov',
  '9-22 Nov',
  'yesterday',
  'November',
  '1-15 Nov',
  'last month',
  'last 30 days',
  'last quarter',
]
const subjects = ['', 'me', 'team', 'gong:2 team', 'gong:2 org', 'org', 'all', 'gong:4', 'gong:5', '@ben', 'ben']

/** One person's days: calls, and what is said of them. */
interface Day {
  readonly calls: number
  readonly value: number
  readonly scored: boolean
}

const oneDay: fc.Arbitrary<Day> = fc.record({
  calls: fc.integer({ min: 0, max: 4 }),
  value: fc.integer({ min: 1, max: 90 }),
  scored: fc.boolean(),
})
/** Of a colleague who may have been away all the time. */
const allDays = fc.oneof(
  { arbitrary: fc.array(oneDay, { minLength: days, maxLength: days }), weight: 5 },
  { arbitrary: fc.constant(Array.from({ length: days }, (): Day => ({ calls: 0, value: 1, scored: false }))), weight: 1 },
)

const own: readonly Day[] = Array.from({ length: days }, (_, index) => ({
  calls: index % 3,
  value: 40 + (index % 7),
  scored: index % 9 === 0,
}))

function tablesOf(daysOf: ReadonlyMap<string, readonly Day[]>): Partial<Tables> {
  const inPeriod = (period: Period): { personId: string; calls: number; value: number }[] =>
    [...daysOf].flatMap(([personId, all]) => {
      const some = all.filter(({ calls }, index) => calls > 0 && includes(period, addDays(firstDay, index)))
      const calls = some.reduce((sum, day) => sum + day.calls, 0)
      return calls === 0 ? [] : [{ personId, calls, value: some.reduce((sum, day) => sum + day.value, 0) / some.length }]
    })
  const byKey = <T>(rowsOf: (period: Period) => readonly T[]): Record<string, readonly T[]> =>
    new Proxy({}, { get: (_, key) => rowsOf({ from: String(key).slice(0, 10), to: addDays(String(key).slice(12), 1) }) })
  return {
    interaction: byKey((period) =>
      inPeriod(period).map(
        ({ personId, calls, value }): InteractionFigures => ({
          personId,
          callsCount: calls,
          talkShare: value / 100,
          longestMonologueSeconds: value * 3,
          interactivity: value / 10,
          patience: value / 50,
          questionRate: value / 5,
        }),
      ),
    ),
    activity: byKey((period) =>
      inPeriod(period).map(
        ({ personId, calls }): ActivityCounters => ({ personId, callsAsHost: calls, callsAttended: calls, callsReceivedComments: calls }),
      ),
    ),
    daily: [...daysOf].flatMap(([personId, all]) =>
      all.flatMap(({ calls }, index): DailyActivity[] =>
        calls === 0 ? [] : [{ personId, date: addDays(firstDay, index), callsAsHost: calls, callsAttended: calls }],
      ),
    ),
    scorecards: [...daysOf].flatMap(([personId, all]) =>
      all.flatMap(({ scored, value }, index): AnsweredScorecard[] =>
        scored
          ? [
              card(personId, '2', `${addDays(firstDay, index)}T10:00:00Z`, {
                id: `${personId}-${index}`,
                callId: `${personId}${index}`,
                overallScore: 1 + (value % 5),
                overallRange: { min: 1, max: 5 },
                questions: [
                  { questionId: 'q', text: 'Next step', score: 1 + (value % 5), notApplicable: false, range: { min: 1, max: 5 } },
                ],
              }),
            ]
          : [],
      ),
    ),
  }
}

async function quietly<T>(work: Promise<T> | undefined): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AskError) return { refused: error.message, suggestions: error.suggestions }
    throw error
  }
}

/** Everything the bot says to somebody, in any way, by what was asked. */
async function everythingSaid(rep: Viewer, daysOf: ReadonlyMap<string, readonly Day[]>): Promise<ReadonlyMap<string, string>> {
  const kit = testKit({ tables: tablesOf(daysOf), readers: ['U2', 'U3', 'U4', 'U5', 'U6'] })
  const said = new Map<string, string>()
  const note = (asked: string, answer: unknown) => said.set(asked, JSON.stringify(answer))
  for (const subject of subjects) {
    for (const period of periods) {
      for (const { name, answer } of commands.filter((each) => each.name !== '/gong-digest')) {
        for (const text of [`${subject} ${period}`, `${subject} ${period} details`])
          note(`${name} ${text}`, await quietly(answer(asks(rep, text), kit.services, async () => undefined)))
      }
      for (const actionId of ['csv', 'share', 'share-now']) {
        for (const name of ['/gong-stats', '/gong-scorecards']) {
          const handler = actions.find(({ id }) => id === actionId)
          const value = `${name} ${subject} ${period}`
          note(`${actionId} ${value}`, await quietly(handler?.handle(presses(rep, actionId, value), kit.services, async () => undefined)))
        }
      }
    }
  }
  note('files', kit.files)
  // What goes to the asker's own messages is as private as a reply.
  const isOwn = ({ channelId }: (typeof kit.posts)[number]): boolean => channelId === rep.slackUserId
  note('own messages', kit.posts.filter(isOwn))
  note(
    'posts',
    kit.posts.filter((post) => !isOwn(post)),
  )
  for (const section of home) note(`home ${section.id}`, await section.write(rep, kit.services, at))
  const context: ReportContext = {
    subject: { type: 'team', managerId: '2' },
    period: { from: '2026-11-16', to: '2026-11-23' },
    audience: { type: 'group', byName: false },
    detail: 'medians',
    stats: kit.services.stats,
    today: '2026-11-23',
    gongAppUrl: 'https://app.gong.io',
    ...at,
  }
  for (const weeks of [0, 1, 2]) {
    const period = { from: addDays('2026-11-16', -7 * weeks), to: addDays('2026-11-23', -7 * weeks) }
    note(`team digest ${weeks}`, await buildDigest({ kind: 'team', subjectId: '2', remarks: [] }, { ...context, period }))
    note(
      `personal digest ${weeks}`,
      await buildDigest(
        { kind: 'personal', subjectId: '3', remarks: [] },
        { ...context, period, subject: { type: 'person', personId: '3' }, audience: { type: 'person', viewer: rep }, detail: 'by-name' },
      ),
    )
  }
  return said
}

const quiet: readonly Day[] = Array.from({ length: days }, () => ({ calls: 0, value: 1, scored: false }))

const companyOf = (mine: readonly Day[], drawn: readonly (readonly Day[])[]): ReadonlyMap<string, readonly Day[]> =>
  new Map([['3', mine], ...['4', '5', '6'].map((id, index): [string, readonly Day[]] => [id, drawn[index] ?? []])])

/** What is answered otherwise when the colleagues' figures are others. */
const differences = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
  [...one].filter(([asked, answer]) => other.get(asked) !== answer).map(([asked]) => asked)

describe('a rep in a team of four', () => {
  it.each([
    ['at work', own, sizeOf({ usual: 2, whole: 20 })],
    ['away', quiet, sizeOf({ usual: 1, whole: 10 })],
  ] as const)('%s is shown the same by everything, whatever the colleagues did', async (_name, mine, numRuns) => {
    const usual = await everythingSaid(viewers.rep, companyOf(mine, [own, own, own]))
    // Own figures are shown, and files and shares were made: a bot that says nothing would prove nothing.
    if (mine === own) expect(usual.get('/gong-stats me ')).toMatch(/\d+ %/)
    expect(usual.get('files')).toContain('Talk ratio')
    expect(usual.get('posts')).toContain('Withheld: fewer than 5 people')
    await fc.assert(
      fc.asyncProperty(fc.tuple(allDays, allDays, allDays), async (drawn) => {
        expect(differences(usual, await everythingSaid(viewers.rep, companyOf(mine, drawn)))).toEqual([])
      }),
      { numRuns, seed: 20261123, endOnFailure: true },
    )
  })

  it('is not shown what the manager is shown: there the same change shows', async () => {
    const one = await everythingSaid(viewers.manager, companyOf(own, [own, own, own]))
    const changed = differences(one, await everythingSaid(viewers.manager, companyOf(own, [quiet, own, own])))
    for (const asked of [
      '/gong-stats team ',
      '/gong-stats gong:4 ',
      '/gong-scorecards team 16-21 Nov',
      'files',
      'own messages',
      'home my-team',
    ])
      expect(changed).toContain(asked)
    // Not even the manager's shares tell, nor a digest to the channel.
    expect(changed.filter((asked) => asked === 'posts' || asked.startsWith('team digest'))).toEqual([])
  })
})
