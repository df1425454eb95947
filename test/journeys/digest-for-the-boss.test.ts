// A manager sets up digests about the boss's team for the boss, who sees it by name. What the manager reads on the way, of the form, its
// answer, the preview, the send and a programme, names none of the colleagues who report to the same boss.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningDemo } from '../../src/sandbox/start-demo.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

let world: World
let demo: RunningDemo
let manager = ''
beforeAll(async () => {
  world = await startWorld()
  demo = world.demo
  manager = demo.workspace.managerId
})
afterAll(() => demo?.stop())

const nameOf = ({ firstName, lastName }: { readonly firstName: string; readonly lastName: string }) => `${firstName} ${lastName}`
const boss = () => demo.gong.personas.salesLeader
const colleagues = () => world.reportsOf(boss()).filter(({ id }) => id !== demo.gong.personas.manager.id)

/** The words that are said to the manager of what they submit as a digest of the boss's team to the boss. */
async function setUp(kind: string, changedTo = kind): Promise<string> {
  await demo.slack.closeModal(manager)
  await world.press(manager, (await world.type(manager, '/gong-digest new')).at(-1), 'New digest')
  const about = nameOf(boss())
  const choices = [
    ['kind', kind],
    ['about', about],
    ['where', 'person'],
    ['person', slackIdOf(boss())],
    ['kind', changedTo],
  ] as const
  for (const [id, value] of choices) {
    await demo.slack.fill(manager, { [`digest-form:${id}`]: value })
    await demo.app.idle()
  }
  await demo.slack.submit(manager)
  await demo.app.idle()
  return JSON.stringify(demo.slack.modal(manager)?.errors ?? {}) + textOf(demo.slack.directMessages(manager).at(-1))
}

async function expectNobodyNamed(): Promise<void> {
  const read = await world.readBy(manager)
  expect(colleagues().length).toBeGreaterThan(2)
  expect(colleagues().filter((each) => read.includes(nameOf(each)))).toEqual([])
}

describe('a manager', () => {
  it('gives the boss a team digest, and is shown of it what a command shows them; the boss gets it by name', async () => {
    expect(await setUp('team')).toContain(`Team digest of ${nameOf(boss())}`)
    await world.press(manager, demo.slack.directMessages(manager).at(-1), 'Preview')
    expect(textOf(demo.slack.directMessages(manager).at(-1))).toContain('A preview, for your eyes only.')
    const asked = (await world.type(manager, `/gong-digest send team digest of ${nameOf(boss())}`)).at(-1)
    await world.press(manager, asked, 'Send it')
    await demo.app.idle()
    const [received] = world.sentTo(slackIdOf(boss()))
    expect(colleagues().filter((each) => textOf(received).includes(nameOf(each))).length).toBeGreaterThan(2)
    await expectNobodyNamed()
  })

  it('cannot give the boss a digest that names people, chosen before or after whom it is about', async () => {
    await expect(setUp('manager')).rejects.toThrow(`the app offers nothing for ${nameOf(boss())}`)
    expect(await setUp('team', 'manager')).toContain('A manager digest names people; it is for those who lead the team.')
    await expectNobodyNamed()
  })

  it("cannot see the digests of a programme for the boss's organization", async () => {
    await demo.slack.closeModal(manager)
    const state = { kinds: ['manager'], org: boss().id, weekdays: [1], time: '09:00', zone: 'Europe/Berlin', whenEmpty: 'say' }
    await world.forgedSubmit(manager, 'programme-form', {}, { ...state, stage: 'preview', pilotTeams: [] })
    await expectNobodyNamed()
  })
})
