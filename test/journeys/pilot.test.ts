// An admin starts a pilot with one team: from then on Gong is asked about that team's people alone, whoever asks from outside still gets
// an answer, and a programme for everyone ends it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { SimulatedPerson } from '../../src/sandbox/gong/company.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

const admin = 'U0ADMIN'
let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.demo.stop())

/** The pilot's manager leads another team than the manager who has Monday's digest already: both are read. */
function teams(): { readonly pilot: SimulatedPerson; readonly withDigest: SimulatedPerson; readonly outside: SimulatedPerson } {
  const { company, personas } = world.demo.gong
  const leading = company.people.filter(
    (one) => one.active && one.id !== personas.manager.id && world.reportsOf(one).some((report) => world.reportsOf(report).length === 0),
  )
  const [pilot, other] = leading.filter((one) => world.reportsOf(one).every((report) => world.reportsOf(report).length === 0))
  const outside = other && world.reportsOf(other)[0]
  if (!pilot || !outside) throw new Error('the company is too small')
  return { pilot, withDigest: personas.manager, outside }
}

const readIds = () => {
  const { pilot, withDigest } = teams()
  return [pilot, withDigest].flatMap((one) => [one, ...world.reportsOf(one)]).map(({ id }) => id)
}

/** Whom Gong was asked about since `from`, list by list; undefined = everybody. */
const askedSince = (from: number): (readonly string[] | undefined)[] =>
  world.demo.gong.log
    .all()
    .slice(from)
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => (JSON.parse(body) as { filter: { userIds?: readonly string[] } }).filter.userIds)

const moveToMonday = () => moveClock(world.demo.clock, world.demo.app, nextWeekday(world.demo.clock.now(), 'Europe/Berlin', 1, 10))

const home = async (userId: string): Promise<string> => {
  await world.demo.slack.openHome(userId)
  await world.demo.app.idle()
  return JSON.stringify(world.demo.slack.home(userId)?.blocks ?? [])
}

describe('a pilot', () => {
  it('has only its people asked about, and those of a digest that was there before', async () => {
    const { slack, app, gong } = world.demo
    const { pilot } = teams()
    expect(await home(admin)).not.toContain('Every programme is a pilot')
    const [list] = await world.type(admin, '/gong-digest programmes')
    await world.press(admin, list, 'New programme')
    for (const inputs of [{ 'programme-form:kinds': ['team'] }, { 'programme-form:stage': 'pilot' }]) {
      await slack.fill(admin, inputs)
      await app.idle()
    }
    await slack.submit(admin, { 'programme-form:pilot': [`${pilot.firstName} ${pilot.lastName}`] })
    await app.idle()
    expect(Object.values(slack.modal(admin)?.errors ?? {})).toEqual([])

    const people = readIds().toSorted()
    expect(await home(admin)).toContain(`Every programme is a pilot: figures of its ${people.length} people are read`)
    const from = gong.log.all().length
    await moveToMonday()
    const asked = askedSince(from)
    expect(asked.length).toBeGreaterThan(3)
    expect(asked.map((ids) => ids?.toSorted())).toEqual(asked.map(() => people))
    const [digest] = world.sentTo(slackIdOf(pilot)).slice(-1)
    expect(textOf(digest)).toContain(`${pilot.firstName} ${pilot.lastName}'s team`)
    expect(textOf(digest)).not.toContain('not read')
  })

  it('answers somebody outside it, by reading that person alone', async () => {
    const { outside } = teams()
    const from = world.demo.gong.log.all().length
    const answers = await world.type(slackIdOf(outside), '/gong-stats me last week')
    const asked = askedSince(from)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.every((ids) => JSON.stringify(ids) === JSON.stringify([outside.id]))).toBe(true)
    expect(textOf(answers.at(-1))).toContain('Talk ratio')
    const known = world.demo.gong.log.all().length
    await world.type(slackIdOf(outside), '/gong-stats me last week')
    expect(world.demo.gong.log.all().length).toBe(known)
  })

  it('ends with a programme for everyone: everybody is read again', async () => {
    const { slack, app, gong } = world.demo
    const list = (await world.type(admin, '/gong-digest programmes')).at(-1)
    await world.press(admin, list, 'New programme')
    for (const inputs of [{ 'programme-form:kinds': ['manager'] }, { 'programme-form:stage': 'everyone' }]) {
      await slack.fill(admin, inputs)
      await app.idle()
    }
    await slack.submit(admin)
    await app.idle()
    expect(await home(admin)).not.toContain('Every programme is a pilot')
    const from = gong.log.all().length
    await app.refresh()
    const asked = askedSince(from)
    expect(asked.length).toBeGreaterThan(3)
    expect(asked.every((ids) => ids === undefined)).toBe(true)
  })
})
