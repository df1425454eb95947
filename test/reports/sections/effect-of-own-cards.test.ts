// "Is coaching working?" counts no card about its reader that is for managers alone: its outcome would be read off a company of two.
import { expect, it } from 'vitest'
import type { Viewer } from '../../../src/domain/policy.ts'
import { coachingEffect } from '../../../src/reports/sections/coaching-effect.ts'
import { toReader } from '../../kit/report-fixtures.ts'
import { card, person, stats, week } from '../../stats/world.ts'

const ben = person('ben', 'maria')
const people = [person('maria'), ben, person('cem', 'maria')]
/** Before 23 November: weeks five to eight are 28 September to 25 October, the last four 26 October to 22 November. */
const scored = (visibility: 'managers' | 'public') =>
  [4, 1].map((score, at) =>
    card('ben', 'maria', at === 0 ? '2026-10-07T10:00:00Z' : '2026-11-10T10:00:00Z', {
      visibility,
      questions: [{ questionId: 'q', notApplicable: false, score, range: { min: 0, max: 5 } }],
    }),
  )

const reader = (more: Partial<Viewer>): Viewer => ({ slackUserId: 'U1', standing: 'member', isAdmin: true, grants: [], ...more })
const company = { type: 'company' } as const
const org = { type: 'org', managerId: 'maria' } as const

async function read(viewer: Viewer, visibility: 'managers' | 'public', subject: typeof company | typeof org): Promise<string | undefined> {
  const context = toReader({}, { subject, period: week, audience: { type: 'person', viewer } })
  const output = await coachingEffect.write({ ...context, stats: stats({ people, scorecards: scored(visibility) }) })
  return output && JSON.stringify(output.parts)
}

it.each([
  ['an admin', reader({ person: ben }), company],
  ['an admin who was unlinked from themself', reader({ ownIds: ['ben'] }), company],
  ['a viewer of the org who was unlinked from themself', reader({ isAdmin: false, ownIds: ['ben'] }), org],
])('not to %s', async (_who, viewer, subject) => {
  expect(await read(viewer, 'managers', subject)).toBeUndefined()
  expect(await read(viewer, 'public', subject)).toContain('1 fell')
})

it('but to another admin', async () => {
  expect(await read(reader({}), 'managers', company)).toContain('1 fell')
  expect(await read(reader({ ownIds: ['cem'] }), 'managers', company)).toContain('1 fell')
})
