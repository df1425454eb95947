// What a manager did as a coach is theirs: the screen before a 1:1 shows it to whoever may see that manager's team by name, on that day. A
// coach sees what they did themselves, and everybody else nothing.
import { describe, expect, it } from 'vitest'
import { coaching } from '../../../src/bot/commands/coaching.ts'
import type { Grant, Viewer } from '../../../src/domain/policy.ts'
import { now } from '../../stats/world.ts'
import { asks, type TestKit, testKit, viewers, wordsOf } from './company.ts'

/** Olga (1) leads Maria (2), who leads Ben (4). Eve (8) coaches Ben. Comments given, each figure one person's. */
const given = { '1': 77, '2': 41, '8': 23 }
const rows = Object.entries(given).map(([managerId, commentsGiven]) => ({ managerId, commentsGiven }))

async function before(by: Viewer, whom: string): Promise<{ readonly words: string; readonly kit: TestKit }> {
  const kit = testKit({ by, tables: { coaching: { [now]: rows } } })
  const sent = await coaching.answer(asks(by, whom), kit.services, async () => undefined)
  return { words: wordsOf(kit.posts[0]?.message ?? sent), kit }
}

/** Whose comments are in it. */
const giversIn = (words: string): string[] =>
  Object.entries(given).flatMap(([id, comments]) => (words.includes(`to all reports: ${comments}`) ? [id] : []))

const coachOfBenAnd = (...more: readonly Grant[]): Viewer => ({ ...viewers.coach, grants: [...viewers.coach.grants, ...more] })

describe('the screen before a 1:1 shows the coaching', () => {
  it.each<[string, Viewer, string, string[]]>([
    ['of its reader, who leads the person', viewers.manager, 'gong:4', ['2']],
    ['of the manager, to an admin', viewers.admin, 'gong:4', ['2']],
    ['of the manager, to a viewer of their org', viewers.orgViewer, 'gong:4', ['2']],
    ['of its reader, who coaches the person', viewers.coach, 'gong:4', ['8']],
    [
      'of its reader, whose role of a viewer has ended',
      coachOfBenAnd({ type: 'viewer', orgOf: '2', until: '2026-11-23' }),
      'gong:4',
      ['8'],
    ],
    ['of its reader, who views another org', coachOfBenAnd({ type: 'viewer', orgOf: '7' }), 'gong:4', ['8']],
    ['of its reader, who coaches that manager too', coachOfBenAnd({ type: 'coach', personId: '2' }), 'gong:4', ['8']],
    ['of the manager, to a coach who views their org', coachOfBenAnd({ type: 'viewer', orgOf: '2' }), 'gong:4', ['2']],
    ['of nobody to a viewer of an org, before one with its head', viewers.orgViewer, 'gong:2', []],
  ])('%s', async (_whose, by, whom, expected) => {
    const { words } = await before(by, whom)
    expect(words).toContain('1:1 with')
    expect(giversIn(words)).toEqual(expected)
  })
})

it.each<[string, Viewer]>([
  ['Your', viewers.manager],
  ['Your', viewers.coach],
  ["Maria Lead's", viewers.admin],
  ["Maria Lead's", viewers.orgViewer],
])('it says whose coaching that is: %s', async (whose, by) => {
  const { words } = await before(by, 'gong:4')
  expect(words).toContain(`${whose} comments to all reports`)
  if (whose !== 'Your') expect(words).not.toContain('from you')
})
