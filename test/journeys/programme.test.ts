// An admin gives every rep of a company a personal digest in one modal; somebody hired afterwards is served the next Monday without
// anybody doing anything.
import { afterEach, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { SimulatedPerson } from '../../src/sandbox/gong/company.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { sizeOf } from '../kit/cases.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
afterEach(() => world?.demo.stop())

const admin = 'U0ADMIN'
const active = () => world.demo.gong.company.people.filter((person) => person.active)
const reps = () => {
  const leading = new Set(active().map(({ managerIndex }) => managerIndex))
  return active().filter(({ index }) => !leading.has(index))
}
const digestsOf = (person: SimulatedPerson) => world.sentTo(slackIdOf(person))

/** A company in which an admin has switched on personal digests for every rep, in one modal. */
async function companyWithProgramme(people: number): Promise<void> {
  world = await startWorld({ people })
  const { slack, app } = world.demo
  await world.press(admin, (await world.type(admin, '/gong-digest programmes')).at(-1), 'New programme')
  for (const inputs of [{ 'programme-form:kinds': ['personal'] }, { 'programme-form:stage': 'everyone' }]) {
    await slack.fill(admin, inputs)
    await app.idle()
  }
  await slack.submit(admin)
  await app.idle()
  expect(Object.values(slack.modal(admin)?.errors ?? {})).toEqual([])
}

const moveToMonday = () => moveClock(world.demo.clock, world.demo.app, nextWeekday(world.demo.clock.now(), 'Europe/Berlin', 1, 10))

describe('a programme for every rep', () => {
  // More than one page of people at Gong.
  const company = sizeOf({ usual: 130, whole: 360 })
  const [repsAtLeast, teamsAtLeast] = company === 360 ? [300, 41] : [100, 14]
  it(`is set up in one modal for ${repsAtLeast} reps in ${teamsAtLeast} teams and serves each of them once`, async () => {
    await companyWithProgramme(company)
    const managers = new Set(active().flatMap(({ managerIndex }) => managerIndex ?? []))
    expect(managers.size).toBeGreaterThanOrEqual(teamsAtLeast)
    expect(reps().length).toBeGreaterThanOrEqual(repsAtLeast)
    await moveToMonday()
    // Whoever was away all week reads so in one line: the programme says when nothing happened.
    expect(reps().filter((rep) => digestsOf(rep).length !== 1)).toEqual([])
    const [first] = reps()
    if (!first) throw new Error('the company has no reps')
    expect(textOf(digestsOf(first)[0])).toContain('First time?')
    for (const colleague of reps().filter(({ managerIndex, id }) => managerIndex === first.managerIndex && id !== first.id)) {
      expect(textOf(digestsOf(first)[0])).not.toContain(colleague.lastName)
    }
  })

  it('serves a new hire the Monday after, untouched', async () => {
    await companyWithProgramme(22)
    const { gong, slack, app } = world.demo
    const hired: SimulatedPerson = {
      ...gong.personas.rep,
      index: gong.company.people.length,
      id: '8999999999999999999',
      firstName: 'Nia',
      lastName: 'Newcomer',
      email: 'nia.newcomer@northwind.example',
      joinedOn: '2026-11-26',
    }
    ;(gong.company.people as SimulatedPerson[]).push(hired)
    ;(gong.company.byId as Map<string, SimulatedPerson>).set(hired.id, hired)
    await slack.joinTeam({ id: slackIdOf(hired), name: 'nia', realName: 'Nia Newcomer', email: hired.email, zone: 'Europe/Berlin' })
    await app.idle()
    await moveToMonday()
    expect(digestsOf(hired)).toHaveLength(1)
    expect(textOf(digestsOf(hired)[0])).toContain('You are new since')
  })
})
