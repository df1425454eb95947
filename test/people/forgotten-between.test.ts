// Forgetting somebody takes nothing back of what others saw by name through them: whoever stood above them, viewed their org, or was them in
// Gong for a time. Of Maria's six Zoe saw four after the week: the figure less those four and her own is the last one's.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { maySee } from '../../src/domain/policy.ts'
import { inGong, type SightWorld, sightWorld } from '../kit/sight-world.ts'

const [maria, zoe, xaver, yan] = ['99', '100', '120', '130']
const four = ['101', '102', '103', '104']
const team = [zoe, ...four, '105']

let world: SightWorld
beforeEach(async () => {
  world = await sightWorld([inGong(maria), ...team.map((id) => inGong(id, maria)), inGong(xaver), inGong(yan)])
})
afterEach(() => world.store.close())

const toZoe = async () => (await world.hosted(maria, (await world.viewers.readerOf(`U${zoe}`)).viewer)).value
const inPublic = async () => (await world.hosted(maria, await world.viewers.onlookersOf(undefined))).value
const withheld = { known: false, why: 'too-few-people' }
const move = async (ids: readonly string[], to: string | null): Promise<void> => {
  for (const id of ids) await world.store.people.move(id, to)
}

/** Before and after they are forgotten. */
async function staysWithheld(forgotten: readonly string[], ...answers: readonly (() => Promise<unknown>)[]): Promise<void> {
  expect(await Promise.all(answers.map((ask) => ask()))).toEqual(answers.map(() => withheld))
  for (const id of forgotten) await world.store.people.forget(id, 'key')
  expect(await Promise.all(answers.map((ask) => ask()))).toEqual(answers.map(() => withheld))
  const { viewer } = await world.viewers.readerOf(`U${zoe}`)
  const chart = await world.store.people.chart()
  const may = four.filter((personId) => maySee(viewer, { type: 'person', personId }, chart, world.today()).allowed)
  expect(may).toEqual([])
}

it('shows the figure to Zoe, who saw nobody', async () => {
  // Zoe’s and the five: 2¹ to 2⁶.
  expect(await toZoe()).toEqual({ known: true, value: 126 })
})

it('keeps what a leader saw over somebody between', async () => {
  await move([xaver], zoe)
  await move(four, xaver)
  world.moveToDay(1)
  await move(four, null)
  await staysWithheld([xaver], toZoe, inPublic)
})

it('keeps it over two, and of who was led over them until they are forgotten', async () => {
  await move([xaver], zoe)
  await move([yan], xaver)
  await move(four, yan)
  world.moveToDay(1)
  await staysWithheld([yan, xaver], toZoe, inPublic)
})

it('keeps it where the one between was moved away from below Zoe first', async () => {
  await move([xaver], zoe)
  await move(four, xaver)
  world.moveToDay(1)
  await move([xaver], yan)
  world.moveToDay(2)
  await move(four, null)
  await staysWithheld([xaver], toZoe, inPublic)
})

it('keeps what somebody saw who viewed the org', async () => {
  await world.store.access.grant(`U${zoe}`, { type: 'viewer', orgOf: xaver }, `U${maria}`, world.clock.now())
  await move(four, xaver)
  world.moveToDay(1)
  await move(four, null)
  await staysWithheld([xaver], toZoe, inPublic)
})

it('keeps it of a role that runs, over people further down', async () => {
  await world.store.access.grant(`U${zoe}`, { type: 'viewer', orgOf: xaver }, `U${maria}`, world.clock.now())
  await move([yan], xaver)
  await move(four, yan)
  world.moveToDay(1)
  await staysWithheld([xaver, yan], toZoe, inPublic)
})

it('keeps what somebody saw as the forgotten one in Gong', async () => {
  await move(four, xaver)
  await world.store.people.link(xaver, `U${zoe}`)
  world.moveToDay(1)
  await world.store.people.link(xaver, null)
  await move(four, null)
  await staysWithheld([xaver], toZoe, inPublic)
})
