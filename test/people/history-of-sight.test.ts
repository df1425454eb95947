// Random histories of moves, refreshes, leavers, roles, links, addresses and guests after a week has ended, several a day. Beside them it is
// kept whom each Slack user could read by name at any moment. Nobody who is shown a team's figure of that week without names, themself or in
// a channel, knows all but a few of it.
import { expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { maySee, seenByName } from '../../src/domain/policy.ts'
import { stream } from '../kit/any-company.ts'
import { sizeOf } from '../kit/cases.ts'
import { member } from '../kit/delivery-world.ts'
import { endedWeek, type SightWorld, sightWorld } from '../kit/sight-world.ts'

const ids = Array.from({ length: 10 }, (_, at) => String(100 + at))
const minimumPeople = 5

const company = (): Person[] =>
  ids.map((id, at) => ({
    id,
    name: `P${id}`,
    emails: [`u${id}@acme.test`],
    active: true,
    ...(at > 0 && { managerId: at < 8 ? '100' : '101' }),
  }))

/** One change, and what it was. */
type Event = (world: SightWorld, people: Person[], pick: <T>(of: readonly T[]) => T) => Promise<string>

const changedIn = (people: Person[], id: string, change: (person: Person) => Person): void => {
  people.splice(0, people.length, ...people.map((each) => (each.id === id ? change(each) : each)))
}

const events: Readonly<Record<string, Event>> = {
  async move({ store }, _people, pick) {
    const [who, to] = [pick(ids), pick([...ids, null])]
    if (who !== to) await store.people.move(who, to)
    return `${who} to ${to}`
  },
  async lead({ store }, _people, pick) {
    const [who, ...led] = [pick(ids), pick(ids), pick(ids), pick(ids), pick(ids)]
    for (const id of led) if (id !== who) await store.people.move(id, who)
    return `${led} to ${who}`
  },
  async back({ store }) {
    for (const id of ids) await store.people.move(id, null)
    return 'everybody'
  },
  async refresh({ refresh }, people, pick) {
    const [who, managerId] = [pick(ids), pick(ids)]
    changedIn(people, who, (person) => ({ ...person, managerId }))
    await refresh(people)
    return `${who} to ${managerId}`
  },
  async leave({ refresh }, people, pick) {
    const who = pick(ids)
    changedIn(people, who, (person) => ({ ...person, active: !person.active }))
    await refresh(people)
    return who
  },
  async address({ refresh }, people, pick) {
    const [who, of] = [pick(ids), pick(ids)]
    changedIn(people, who, (person) => ({ ...person, emails: [`u${of}@acme.test`] }))
    await refresh(people)
    return `${who} u${of}`
  },
  async grant({ store, clock }, _people, pick) {
    const [who, of, isCoach] = [pick(ids), pick(ids), pick([true, false])]
    await store.access.grant(`U${who}`, isCoach ? { type: 'coach', personId: of } : { type: 'viewer', orgOf: of }, 'UADMIN', clock.now())
    return `${isCoach ? 'coach' : 'viewer'} U${who} ${of}`
  },
  async revoke({ store, today }, _people, pick) {
    const all = await store.access.allGrants()
    if (all.length === 0) return 'nothing'
    const { id, slackUserId } = pick(all)
    await store.access.revoke(id, today())
    return slackUserId
  },
  async link({ store }, _people, pick) {
    const [who, of] = [pick(ids), pick(ids)]
    await store.people.link(of, `U${who}`)
    return `U${who} ${of}`
  },
  async unlink({ store }, _people, pick) {
    const who = pick(ids)
    await store.people.link(who, null)
    return who
  },
  async standing({ store, clock }, _people, pick) {
    const who = pick(ids)
    const was = await store.directory.find(`U${who}`)
    const isGuest = was?.isGuest !== true
    if (pick([true, false])) await store.directory.upsert(member(`U${who}`, `P${who}`, { isGuest }))
    else {
      const everybody = (await store.directory.all()).map((each) => (each.slackUserId === `U${who}` ? { ...each, isGuest } : each))
      await store.directory.replaceAll(everybody, clock.now())
    }
    return `U${who} ${isGuest}`
  },
}

/** Who read whom by name, in whatever right. */
async function lookAround(world: SightWorld, seen: ReadonlyMap<string, Set<string>>): Promise<void> {
  const chart = await world.store.people.chart()
  const readers = await Promise.all([...seen.keys()].map((user) => world.viewers.readerOf(user)))
  for (const { viewer } of readers) for (const id of seenByName(viewer, chart, world.today())) seen.get(viewer.slackUserId)?.add(id)
}

/** What a Slack user is shown of the teams without names: their own answer, a private channel with them in it, one that anybody reads. */
async function shownTo(world: SightWorld, user: string): Promise<{ readonly where: string; readonly members: readonly string[] }[]> {
  const chart = await world.store.people.chart()
  const { viewer } = await world.viewers.readerOf(user)
  const people = (await world.store.directory.all()).filter(({ slackUserId }) => slackUserId === user)
  const asked = ['100', '101'].flatMap((managerId) => {
    const verdict = maySee(viewer, { type: 'team', managerId }, chart, world.today())
    const own =
      verdict.allowed && verdict.detail === 'medians' ? [{ where: `own ${managerId}`, managerId, reader: async () => viewer }] : []
    return [
      ...own,
      { where: `private ${managerId}`, managerId, reader: () => world.viewers.onlookersOf({ isPrivate: true, people }) },
      { where: `public ${managerId}`, managerId, reader: () => world.viewers.onlookersOf(undefined) },
    ]
  })
  const answers = await Promise.all(
    asked.map(async ({ where, managerId, reader }) => ({ where, ...(await world.hosted(managerId, await reader())) })),
  )
  return answers.filter(({ value }) => value?.known)
}

async function run(seed: number): Promise<{ readonly shown: number; readonly found: readonly string[] }> {
  const next = stream(seed)
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T
  const people = company()
  const world = await sightWorld(people)
  const seen = new Map(ids.map((id) => [`U${id}`, new Set<string>()]))
  const history: string[] = []
  const found: string[] = []
  let shown = 0
  try {
    await lookAround(world, seen)
    for (let day = 0; day < 6; day += 1) {
      world.moveToDay(day)
      for (let times = pick([1, 1, 2, 3]); times > 0; times -= 1) {
        const name = pick(Object.keys(events))
        history.push(`${day} ${name} ${await events[name]?.(world, people, pick)}`)
        await lookAround(world, seen)
      }
      for (const user of [pick(ids), pick(ids)].map((id) => `U${id}`)) {
        for (const { where, members } of await shownTo(world, user)) {
          shown += 1
          const unknown = members.filter((id) => !seen.get(user)?.has(id))
          if (unknown.length > 0 && unknown.length < minimumPeople - 1)
            found.push(`seed ${seed} day ${day} ${user} ${where}, of ${members.length} unknown: ${unknown} | ${history.join('; ')}`)
        }
      }
    }
  } finally {
    await world.store.close()
  }
  return { shown, found }
}

it(`tells nobody of a week that ended on ${endedWeek.to} about a few`, { timeout: 120_000 }, async () => {
  const found: string[] = []
  let shown = 0
  for (let seed = 1; seed <= sizeOf({ usual: 8, whole: 60 }); seed += 1) {
    const each = await run(seed)
    found.push(...each.found)
    shown += each.shown
  }
  expect(found).toEqual([])
  expect(shown).toBeGreaterThan(30)
})
