// One human with two Gong users is above neither of them: a card about either that is for managers alone is not shown to them.
import { expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { type Grant, isThemself, selfOf } from '../../src/domain/policy.ts'
import { orgChart } from '../../src/domain/team.ts'
import { createViewers } from '../../src/people/viewers.ts'
import { cardFor } from '../../src/stats/scorecards/visibility.ts'
import { card } from '../stats/world.ts'

const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: 'Ada',
  emails: ['ada@acme.com'],
  active: true,
  managerId: 'boss',
  ...more,
})
const boss: Person = { id: 'boss', name: 'Boss', emails: ['boss@acme.com'], active: true }
const ada = { slackUserId: 'UADA', name: 'Ada', isBot: false, isGuest: false, isOutside: false, isSlackAdmin: false, deleted: false }
const seesAll: Grant = { type: 'viewer', orgOf: 'boss' }

async function viewerAmong(people: readonly Person[], grants: readonly Grant[]) {
  const member = { ...ada, email: 'ada@acme.com' }
  const chart = orgChart([boss, ...people])
  const viewers = createViewers({
    directory: { whoIs: async () => member },
    members: { find: async () => member, all: async () => [member], findByEmail: async () => member },
    chart: async () => chart,
    access: {
      keepAdmin: async () => undefined,
      roleHolders: async () => new Set(),
      shown: async () => [],
      shownAmong: async () => new Set(),
      grantsOf: async () => grants,
    },
    adminNames: grants.length > 0 ? [] : ['UADA'],
    slackAdminsAreAdmins: false,
    zone: async () => 'Europe/Berlin',
  })
  return (await viewers.readerOf('UADA')).viewer
}

const forManagers = (reviewedId: string) =>
  card(reviewedId, 'boss', '2026-11-17T10:00:00Z', { visibility: 'managers', overallScore: 2, overallRange: { min: 1, max: 5 } })

const alias = { emails: ['ada.lind@acme.com', 'Ada@old.acme.com'] }
const of: Readonly<Record<string, readonly [readonly Person[], string]>> = {
  'an old user that was deactivated': [[person('old', { active: false }), person('new')], 'old'],
  'two old users that were deactivated': [[person('old', { active: false }), person('older', { active: false }), person('new')], 'older'],
  'one of two users of one address, matched to neither': [[person('one'), person('two')], 'one'],
  'the other of those': [[person('one'), person('two')], 'two'],
  'one of two users of one address, linked to the other': [[person('one', { slackUserId: 'UADA' }), person('two')], 'two'],
  'a user with another address of the matched one': [
    [person('new', { emails: ['ada@acme.com', 'ada@old.acme.com'] }), person('old', alias)],
    'old',
  ],
  'a leaver with another address of the matched one': [
    [person('new', { emails: ['ada@acme.com', 'ada@old.acme.com'] }), person('old', { ...alias, active: false })],
    'old',
  ],
  'a user with the address, linked to another one': [
    [person('one', { slackUserId: 'UADA', emails: ['x@acme.com'] }), person('two')],
    'two',
  ],
  'one of two users linked to one Slack user': [
    [person('one', { slackUserId: 'UADA', emails: [] }), person('two', { slackUserId: 'UADA', emails: [] })],
    'two',
  ],
}

it.each(Object.entries(of))('%s', async (_what, [people, reviewedId]) => {
  for (const grants of [[], [seesAll]]) {
    const viewer = await viewerAmong(people, grants)
    expect(isThemself(selfOf(viewer), reviewedId)).toBe(true)
    expect(isThemself(selfOf(viewer), 'boss')).toBe(false)
    const viewpoint = { type: 'person', isAbove: true, ...selfOf(viewer) } as const
    expect(cardFor(forManagers(reviewedId), viewpoint, 'show')).toBeUndefined()
  }
})

it('somebody who shares no address is another', async () => {
  const viewer = await viewerAmong([person('one'), person('two', { emails: ['ada@other.com'] })], [])
  expect(viewer.ownIds).toBeUndefined()
  expect(cardFor(forManagers('two'), { type: 'person', isAbove: true, ...selfOf(viewer) }, 'show')).toBeDefined()
})
