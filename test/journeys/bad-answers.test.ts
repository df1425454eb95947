// Gong answers with impossible figures: of two people, who are set aside and mentioned in the footnote while everybody else is shown; and
// of everybody, which replaces nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startWorld, textOf, type World } from '../kit/world.ts'

const hourMs = 3_600_000
const admin = 'U0ADMIN'
let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.demo.stop())

const manager = () => slackIdOf(world.demo.gong.personas.manager)
const answer = async (text: string): Promise<string> => textOf((await world.type(manager(), text)).at(-1))
const medians = (text: string): string | undefined => /Medians of (\d+) of \d+ people/.exec(text)?.[1]

async function refreshLater(): Promise<void> {
  const { clock, app } = world.demo
  clock.moveTo(new Date(clock.now().getTime() + 2 * hourMs))
  await app.refresh()
}

describe('impossible figures', () => {
  it('of two people leave those two out, by name in the table and by number in the footnote, and nobody else', async () => {
    const before = await answer('/gong-stats team last week')
    expect(before).not.toContain('set aside')
    // Somebody at work all week, so that both had figures before.
    const [one, two] = world.reportsOf(world.demo.gong.personas.manager).filter(({ story }) => story === undefined)
    if (!one || !two) throw new Error('the team is too small')
    const mend = world.demo.gong.faults.add({ type: 'bad-figures', personIds: [one.id, two.id] }, { path: '/stats/interaction' })
    await refreshLater()
    mend()
    const after = await answer('/gong-stats team last week')
    expect(after).toContain('2 records set aside: impossible values.')
    expect(Number(medians(after))).toBe(Number(medians(before)) - 2)
    expect(after).not.toContain('140')
    // The manager sees who they are: the table says it in their rows.
    const rows = JSON.parse(after) as { readonly type: string; readonly rows?: readonly unknown[] }[]
    const table = rows.find(({ type }) => type === 'data_table')?.rows ?? []
    const asideOf = ({ lastName }: { readonly lastName: string }) =>
      table.filter((row) => JSON.stringify(row).includes(lastName) && JSON.stringify(row).includes('set aside')).length
    expect([asideOf(one), asideOf(two)]).toEqual([1, 1])
    const own = textOf((await world.type(slackIdOf(one), '/gong-stats me last week')).at(-1))
    expect(own).toContain('1 record set aside: impossible values.')
    expect(own).not.toMatch(/Talk ratio \*\d/)
  })

  it('are gone with the next good answer', async () => {
    await refreshLater()
    expect(await answer('/gong-stats team last week')).not.toContain('set aside')
  })

  it('of everybody replace nothing: the figures stay, with when they were read, and admins see what is wrong', async () => {
    const before = await answer('/gong-stats team last week')
    const mend = world.demo.gong.faults.add({ type: 'bad-figures' }, { path: '/stats/interaction' })
    await refreshLater()
    const after = await answer('/gong-stats team last week')
    const figures = (text: string) => /Talk ratio \*[^*]+\*/.exec(text)?.[0]
    expect(figures(after)).toBe(figures(before))
    expect(figures(after)).toBeDefined()
    expect(after).not.toContain('set aside')
    await world.demo.slack.openHome(admin)
    await world.demo.app.idle()
    const home = JSON.stringify(world.demo.slack.home(admin)?.blocks ?? [])
    expect(home).toMatch(/POST \/stats\/interaction · Gong's answer cannot be trusted/)
    expect(home).toMatch(/request sim-\d+/)

    mend()
    await refreshLater()
    await world.demo.slack.openHome(admin)
    await world.demo.app.idle()
    expect(JSON.stringify(world.demo.slack.home(admin)?.blocks ?? [])).not.toContain('cannot be trusted')
  })
})
