// An admin gives every rep of a company a personal digest in one modal; somebody hired afterwards is served the next Monday without
// anybody doing anything, and a stop stands.
import { afterEach, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { SimulatedPerson } from '../../src/sandbox/gong/company.ts'
import { type RunningDemo, startDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'

let demo: RunningDemo
afterEach(() => demo?.stop())

const admin = 'U0ADMIN'
const reps = () => {
  const { people } = demo.gong.company
  const leading = new Set(people.filter(({ active }) => active).map(({ managerIndex }) => managerIndex))
  return people.filter(({ active, index }) => active && !leading.has(index))
}
const digestsOf = (person: SimulatedPerson) =>
  demo.slack.directMessages(slackIdOf(person)).filter(({ metadata, threadTs }) => metadata && !threadTs)
const textOf = (message: { readonly blocks: readonly unknown[] } | undefined) => JSON.stringify(message?.blocks ?? [])

/** A company in which an admin has switched on personal digests for every rep, in one modal. */
async function companyWithProgramme(people: number): Promise<void> {
  demo = await startDemo({
    host: '127.0.0.1',
    port: 0,
    people,
    seed: 1,
    contract: 'documented',
    dataDir: 'memory://',
    today: new Date('2026-11-24T08:00:00Z'),
  })
  const conversation = demo.slack.workspace.directMessageWith(admin).id
  await demo.slack.type(admin, conversation, '/gong-digest programmes')
  await demo.app.idle()
  const list = demo.slack.messages(conversation, admin).at(-1)
  if (!list) throw new Error('the command was not answered')
  await demo.slack.press(admin, list, 'New programme')
  await demo.app.idle()
  await demo.slack.fill(admin, { 'programme-form:kinds': ['personal'] })
  await demo.app.idle()
  await demo.slack.fill(admin, { 'programme-form:stage': 'everyone' })
  await demo.app.idle()
  await demo.slack.submit(admin)
  await demo.app.idle()
  expect(Object.values(demo.slack.modal(admin)?.errors ?? {})).toEqual([])
}

const moveToMonday = () => moveClock(demo.clock, demo.app, nextWeekday(demo.clock.now(), 'Europe/Berlin', 1, 10))

describe('a programme for every rep', () => {
  it('is set up in one modal for 300 reps in 41 teams and serves each of them once', async () => {
    await companyWithProgramme(360)
    const { people } = demo.gong.company
    const managers = new Set(people.filter(({ active }) => active).flatMap(({ managerIndex }) => managerIndex ?? []))
    expect(managers.size).toBeGreaterThanOrEqual(40)
    expect(reps().length).toBeGreaterThanOrEqual(300)
    await moveToMonday()
    expect(reps().filter((rep) => digestsOf(rep).length > 1)).toEqual([])
    const served = reps().filter((rep) => digestsOf(rep).length === 1)
    // Somebody away all week has nothing to read, and gets nothing unless the programme says so.
    expect(served.length).toBeGreaterThanOrEqual(300)
    const first = served[0] as SimulatedPerson
    expect(textOf(digestsOf(first)[0])).toContain('First time?')
    for (const colleague of reps().filter(({ managerIndex, id }) => managerIndex === first.managerIndex && id !== first.id)) {
      expect(textOf(digestsOf(first)[0])).not.toContain(colleague.lastName)
    }
  }, 150_000)

  it('serves a new hire the Monday after, untouched, and leaves alone whoever pressed "Stop these"', async () => {
    await companyWithProgramme(43)
    await moveToMonday()
    const [stopper] = reps().filter((rep) => digestsOf(rep).length === 1)
    const latest = stopper && digestsOf(stopper)[0]
    if (!stopper || !latest) throw new Error('nobody was served')
    await demo.slack.press(slackIdOf(stopper), latest, 'Stop these')
    await demo.app.idle()

    const hired: SimulatedPerson = {
      ...demo.gong.personas.rep,
      index: demo.gong.company.people.length,
      id: '8999999999999999999',
      firstName: 'Nia',
      lastName: 'Newcomer',
      email: 'nia.newcomer@northwind.example',
      joinedOn: '2026-12-01',
    }
    ;(demo.gong.company.people as SimulatedPerson[]).push(hired)
    ;(demo.gong.company.byId as Map<string, SimulatedPerson>).set(hired.id, hired)
    await demo.slack.joinTeam({ id: slackIdOf(hired), name: 'nia', realName: 'Nia Newcomer', email: hired.email, zone: 'Europe/Berlin' })
    await demo.app.idle()
    await moveToMonday()
    expect(digestsOf(hired)).toHaveLength(1)
    expect(textOf(digestsOf(hired)[0])).toContain('You are new since')
    expect(digestsOf(stopper)).toHaveLength(1)
  }, 90_000)
})
