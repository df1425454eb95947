// The team's figures beside a person: for those whom the policy lets ask for that team, and for nobody else who may see the person.
import { expect, it } from 'vitest'
import { everyLeaderAlone, type Reader } from '../../src/domain/onlookers.ts'
import { type Grant, maySee, type Viewer } from '../../src/domain/policy.ts'
import { orgChart } from '../../src/domain/team.ts'
import { now, person, stats, teamOf, valueOrWhy, week } from './world.ts'

// Vera leads Maria and Omar; Maria leads a to f, Omar leads Otto.
const names = ['a', 'b', 'c', 'd', 'e', 'f']
const people = [person('vera'), person('maria', 'vera'), person('omar', 'vera'), ...teamOf(...names).slice(1), person('otto', 'omar')]
const chart = orgChart(people)
const service = stats({
  people,
  interaction: { [now]: names.map((personId) => ({ personId, callsCount: 5, talkShare: 0.41 })) },
  // 1 + 2 + 4 + 8 + 16 + 32 = 63 calls.
  activity: { [now]: names.map((personId, at) => ({ personId, callsAsHost: 2 ** at })) },
  scorecards: [],
})

const viewer = (personId: string | undefined, ...grants: readonly Grant[]): Viewer => {
  const matched = personId === undefined ? undefined : chart.people.get(personId)
  return { slackUserId: 'U1', ...(matched && { person: matched }), standing: 'member', isAdmin: false, grants }
}

const beside = async (personId: string, reader: Reader): Promise<number | string> =>
  valueOrWhy((await service.person(personId, week, reader)).team.get('calls-hosted')?.value)

const maySeeTeam = (by: Viewer): boolean => maySee(by, { type: 'team', managerId: 'maria' }, chart, '2026-11-23').allowed

it.each<[string, Viewer]>([
  ['a coach of one of them', viewer('otto', { type: 'coach', personId: 'a' })],
  ['a viewer of the org of one of them', viewer('otto', { type: 'viewer', orgOf: 'a' })],
  ['a viewer of it who is not in Gong', viewer(undefined, { type: 'viewer', orgOf: 'a' })],
])('is left out for %s, who may not ask for that team', async (_who, by) => {
  expect(maySeeTeam(by)).toBe(false)
  expect(maySee(by, { type: 'person', personId: 'a' }, chart, '2026-11-23').allowed).toBe(true)
  expect(await beside('a', by)).toBe('absent')
})

it('is left out where an org’s viewer asks for its head, whose team is that of the manager above', async () => {
  const { team } = await service.person('maria', week, viewer(undefined, { type: 'viewer', orgOf: 'maria' }))
  expect(team.size).toBe(0)
})

it('is left out of what a channel reads', async () => {
  expect(await beside('a', everyLeaderAlone)).toBe('absent')
})

it.each<[string, Viewer]>([
  ['the person', viewer('a')],
  ['their manager', viewer('maria')],
  ['a manager above', viewer('vera')],
  ['a viewer of the org', viewer(undefined, { type: 'viewer', orgOf: 'maria' })],
  ['an admin', { ...viewer('otto'), isAdmin: true }],
])('stands there for %s', async (_who, by) => {
  expect(maySeeTeam(by)).toBe(true)
  expect(await beside('a', by)).toBe(63)
})
