// Who of a channel's readers is asked for when figures without names go there, and what makes another answer of it.
import { expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import type { Grant, Viewer } from '../../src/domain/policy.ts'
import { orgChart } from '../../src/domain/team.ts'
import { onlookersOf } from '../../src/people/onlookers.ts'
import { member } from '../kit/delivery-world.ts'
import { person } from '../stats/world.ts'

/** Ada leads a1 and Ben, Ben leads b1, and Cleo one who has left; Slack users are called as they are. */
const people = [
  person('ada'),
  person('a1', 'ada'),
  person('ben', 'ada'),
  person('b1', 'ben'),
  person('cleo', 'ada'),
  person('c1', 'cleo', { active: false }),
]

interface Given {
  readonly of?: readonly Person[]
  readonly grants?: Record<string, Grant[]>
  readonly standing?: Viewer['standing']
}

function company({ of = people, grants = {}, standing = 'member' }: Given = {}) {
  const chart = orgChart(of)
  const asked: string[] = []
  const deps: Parameters<typeof onlookersOf>[1] = {
    chart: async () => chart,
    access: { roleHolders: async () => new Set(Object.keys(grants)), shown: async () => [], shownAmong: async () => new Set() },
    sameHumans: async () => [],
    selvesOf: async (members) =>
      new Map(members.flatMap(({ slackUserId: id }) => (chart.people.has(id) ? [[id, { personId: id }] as const] : []))),
    async viewerOf(slackUserId): Promise<Viewer> {
      asked.push(slackUserId)
      return { slackUserId, person: chart.people.get(slackUserId), standing, isAdmin: false, grants: grants[slackUserId] ?? [] }
    },
  }
  const readBy = (isPrivate: boolean, ...readers: readonly string[]) =>
    onlookersOf({ isPrivate, people: readers.map((id) => member(id, id)) }, deps)
  return { asked, readBy, readByAnybody: () => onlookersOf(undefined, deps) }
}
const coachOf = (personId: string): Grant[] => [{ type: 'coach', personId }]
const ids = (viewers: readonly Viewer[]) => viewers.map(({ slackUserId }) => slackUserId)

it('of a private channel they are those of its readers who lead somebody, a leaver too, or have a role; nobody else is looked up', async () => {
  const { readBy, asked } = company({ grants: { b1: coachOf('a1'), elsewhere: coachOf('b1') } })
  const { viewers, everyLeader } = await readBy(true, 'a1', 'b1', 'ben', 'cleo', 'stranger')
  expect([ids(viewers), everyLeader]).toEqual([['b1', 'ben', 'cleo'], false])
  expect(asked).toEqual(['b1', 'ben', 'cleo'])
})

it('of a private channel they are known all the same, because one who sees nobody by name may have filled scorecards', async () => {
  const { readBy, readByAnybody } = company()
  expect([...((await readBy(true, 'a1', 'stranger')).people ?? [])]).toEqual(['a1'])
  expect((await readByAnybody()).people).toBeUndefined()
})

it('of one that anybody can read, of more readers than can be asked, or unknown ones, they are every leader and all with a role', async () => {
  const { readBy, readByAnybody } = company({ grants: { elsewhere: coachOf('b1') } })
  const crowd = Array.from({ length: 49 }, (_, index) => `reader-${index}`)
  for (const answer of [await readBy(false, 'a1'), await readBy(true, ...crowd), await readByAnybody()])
    expect([ids(answer.viewers), answer.everyLeader]).toEqual([['elsewhere'], true])
  expect((await readBy(true, ...crowd.slice(1))).everyLeader).toBe(false)
})

it('the answer is another one exactly when somebody in it sees others than before, or may have filled other scorecards', async () => {
  const now = async (of: ReturnType<typeof company>, ...readers: readonly string[]) => (await of.readBy(true, ...readers)).readBy()
  const first = await now(company(), 'ada', 'a1')
  expect(await now(company(), 'a1', 'ada', 'stranger')).toBe(first)
  const others = [
    await now(company(), 'ada', 'ben'),
    await now(company(), 'a1'),
    await now(company(), 'ada', 'a1', 'b1'),
    await now(company({ grants: { a1: coachOf('b1') } }), 'ada', 'a1'),
    await now(company({ of: people.map((each) => (each.id === 'b1' ? person('b1', 'a1') : each)) }), 'ada', 'a1'),
    (await company().readByAnybody()).readBy(),
  ]
  expect(new Set([first, ...others]).size).toBe(7)
})

it('it is another one too where a reader works here again, or has become a guest, with the same people and roles', async () => {
  const grants = { a1: coachOf('b1') }
  const away = people.map((each) => (each.id === 'a1' ? person('a1', 'ada', { active: false }) : each))
  const answers = [company({ grants }), company({ grants, of: away }), company({ grants, standing: 'guest' })]
  const hashes = await Promise.all(answers.map(async (each) => (await each.readBy(true, 'ada', 'a1')).readBy()))
  expect(new Set(hashes).size).toBe(3)
})
