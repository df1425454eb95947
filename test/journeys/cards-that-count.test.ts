// An admin decides in Home which scorecards count: what is asked of Gong and what everybody reads follows, survives a restart, and can
// be taken back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessRecord } from '../../src/domain/access-record.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { migratedDatabase } from '../kit/database.ts'
import { isFormDone } from '../kit/form-done.ts'
import { openOn } from '../kit/store.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

const admin = 'U0ADMIN'
const hourMs = 3_600_000
let databaseUrl = ''
let world: World
beforeAll(async () => {
  databaseUrl = await migratedDatabase()
  world = await startWorld({ databaseUrl })
})
afterAll(() => world?.demo.stop())

const home = async (userId: string): Promise<string> => {
  await world.demo.slack.openHome(userId)
  await world.demo.app.idle()
  return JSON.stringify(world.demo.slack.home(userId)?.blocks ?? [])
}

async function choose(cards: readonly string[]): Promise<void> {
  const { slack, app } = world.demo
  await home(admin)
  await slack.pressIn(admin, 'home', 'Choose cards')
  await app.idle()
  await slack.submit(admin, { 'count-cards-chosen': cards })
  await app.idle()
  expect(isFormDone(slack, admin)).toBe(true)
}

/** What an hour's refresh asks of the scorecards, as the ids it names. */
async function scorecardIdsAsked(): Promise<(readonly string[] | undefined)[]> {
  const { clock, gong, app } = world.demo
  const before = gong.log.all().length
  clock.moveTo(new Date(clock.now().getTime() + 2 * hourMs))
  await app.refresh()
  return gong.log
    .all()
    .slice(before)
    .filter((request) => request.path === '/stats/scorecards')
    .map(({ body }) => (JSON.parse(body) as { filter: { scorecardIds?: readonly string[] } }).filter.scorecardIds)
}

const manager = () => slackIdOf(world.demo.gong.personas.manager)
const cardsOfTeam = async (): Promise<string> => textOf((await world.type(manager(), '/gong-scorecards team 4 weeks details')).at(-1))

interface CardOption {
  readonly text: { readonly text: string }
  readonly value: string
}

/** The id of a card as Gong has it, from any answer. */
let discovery = ''

describe('cards that count', () => {
  it('are all, until an admin chooses', async () => {
    expect(await home(admin)).toContain('all 3.')
    const text = await cardsOfTeam()
    for (const name of ['Discovery', 'Demo', 'Negotiation']) expect(text).toContain(name)
    expect(text).not.toContain('Only cards that count')
  })

  it('once chosen are the only ones shown, at once, and the reader is notified', async () => {
    await home(admin)
    await world.demo.slack.pressIn(admin, 'home', 'Choose cards')
    await world.demo.app.idle()
    const input = world.demo.slack.modal(admin)?.blocks.find(({ block_id: id }) => id === 'count-cards-chosen')
    const element = (input?.element ?? {}) as { readonly options?: readonly CardOption[] }
    expect(element.options?.map(({ text }) => text.text)).toEqual(['Demo', 'Discovery', 'Negotiation'])
    discovery = element.options?.[1]?.value ?? ''
    await world.demo.slack.closeModal(admin)

    await choose([discovery])
    expect(await home(admin)).toContain('only Discovery; no other is read.')
    const text = await cardsOfTeam()
    expect(text).toContain('Discovery')
    expect(text).toContain('Only cards that count: Discovery.')
    for (const name of ['Demo', 'Negotiation']) expect(text).not.toContain(name)
  })

  it('are the only ones asked of Gong from then on', async () => {
    const asked = await scorecardIdsAsked()
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.every((ids) => JSON.stringify(ids) === JSON.stringify([discovery]))).toBe(true)
  })

  it('taken back are read again where the others were not, and shown', async () => {
    await choose([])
    expect(await home(admin)).toContain('all 3.')
    const asked = await scorecardIdsAsked()
    // Only ranges read under the choice lack the others: this week's two days and last week, which was not final.
    expect(asked.length).toBeGreaterThanOrEqual(2)
    expect(asked.every((ids) => ids === undefined)).toBe(true)
    const text = await cardsOfTeam()
    for (const name of ['Discovery', 'Demo', 'Negotiation']) expect(text).toContain(name)
  })

  it('cannot be changed by anybody else, whatever they send', async () => {
    const rep = slackIdOf(world.demo.gong.personas.rep)
    await world.forgedPress(rep, 'count-cards', '')
    expect(world.demo.slack.modal(rep)?.callbackId).not.toBe('count-cards-save')
    const said = await world.forgedSubmit(rep, 'count-cards-save', {
      'count-cards-chosen': { type: 'multi_static_select', selected_options: [{ value: discovery }] },
    })
    expect(said).not.toContain('home')
    expect(await home(admin)).toContain('all 3.')
    expect(await home(rep)).not.toContain('Cards that count')
  })

  it('survive a restart, with who changed them to what', async () => {
    await choose([discovery])
    await world.demo.stop()
    const store = await openOn(databaseUrl, { clock: world.demo.clock })
    expect(await store.cards.counted()).toEqual([{ id: discovery, name: 'Discovery' }])
    expect((await store.cards.known()).map(({ name }) => name)).toEqual(['Demo', 'Discovery', 'Negotiation'])
    const { cardsThatCount, unmarkedCards } = await store.reads.tenant()
    expect(cardsThatCount).toEqual(['Discovery'])
    // Remembered at each start, so that a change of the setting is noticed at the next.
    expect(unmarkedCards).toEqual({ setting: 'show' })
    const said = ({ what, bySlackId, detail }: AccessRecord) => [what, bySlackId, detail]
    const counting = (await store.access.changes(50)).filter(({ detail }) => detail.startsWith('cards that count'))
    expect(counting.map(said)).toEqual([
      ['change', admin, `cards that count: Discovery (${discovery})`],
      ['change', admin, 'cards that count: all'],
      ['change', admin, `cards that count: Discovery (${discovery})`],
    ])
    await store.close()
  })
})
