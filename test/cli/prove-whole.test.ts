// `npm run prove` from its questions to its report, against both simulated contracts and a simulated workspace: what it posts it takes back,
// what it compares it says, and the report gives nothing away.
import { afterEach, describe, expect, it } from 'vitest'
import { type ProveDeps, type ProveWishes, runProve } from '../../src/cli/prove/run.ts'
import { readConfig } from '../../src/config/config.ts'
import { startOfLocalDate } from '../../src/domain/period.ts'
import { interactionOf } from '../../src/sandbox/gong/figures.ts'
import type { SimulatedGongOptions } from '../../src/sandbox/gong/simulated-gong.ts'
import { scripted } from './scripted-prompts.ts'
import { manifestText, startSimulators } from './simulators.ts'

const wednesday = new Date('2026-11-25T11:00:00Z')
const lastWeek = { from: '2026-11-16', to: '2026-11-23' }
type World = Awaited<ReturnType<typeof startSimulators>>
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function world(given: Partial<SimulatedGongOptions> = {}, manifest = manifestText): Promise<World> {
  const made = await startSimulators(wednesday, manifest, (same) => same, given)
  closers.push(() => made.stop())
  return made
}

const noPause = { channelMs: 0, workspaceMs: 0 }

async function proved(here: World, wishes: Partial<ProveWishes> = {}, prompts?: ProveDeps['prompts']) {
  const steps: string[] = []
  const result = await runProve(
    {
      config: readConfig(here.environment),
      store: undefined,
      around: here.around,
      prompts,
      version: '0.1.0',
      pace: noPause,
      onStep: (step) => void steps.push(step),
    },
    { shapes: false, ...wishes },
  )
  return { ...result, steps }
}

const called = ({ slack }: World, name: string) => slack.requestLog.all().filter((request) => request.name === name)
const messagesLeft = ({ slack }: World) => [...slack.workspace.messages.values()].flat()

describe('the Slack half', () => {
  it('posts, finds, changes and deletes one message of each kind in the channel named, and opens nothing', async () => {
    const here = await world()
    const { report, code, steps } = await proved(here, { place: 'C0SALES' })
    expect(code).toBe(0)
    expect(report).toContain(
      '* yes: Posted, changed in place and deleted: text, header, section, section with fields, section with a button, section with a menu, actions, context, container, divider, data_visualization (line), data_visualization (bar), data_table.',
    )
    expect(report).toContain('* yes: Every post was found again.')
    for (const method of ['chat.postMessage', 'chat.update', 'chat.delete']) expect(called(here, method)).toHaveLength(13)
    expect(messagesLeft(here)).toEqual([])
    expect(here.slack.requestLog.all().filter(({ name }) => name.startsWith('views.'))).toEqual([])
    expect(steps).toContain('Posting a test to Slack: data_table')
    expect(report).not.toContain('C0SALES')
  })

  it("goes to an admin's direct messages by their address, and to nobody else", async () => {
    const here = await world()
    const { code } = await proved(here, { place: here.workspace.adminEmail })
    expect(code).toBe(0)
    expect(called(here, 'chat.postMessage').filter(({ detail }) => !detail.includes('U0ADMIN'))).toEqual([])
    expect(messagesLeft(here)).toEqual([])
  })

  it('names the kinds this workspace does not take, and goes on with the others', async () => {
    const here = await world()
    here.slack.faults.add({ type: 'blocks-refused', blockTypes: ['data_visualization', 'data_table'] })
    const { report, code } = await proved(here, { place: 'C0SALES' })
    expect(code).toBe(0)
    for (const kind of ['data_visualization (line)', 'data_visualization (bar)', 'data_table'])
      expect(report).toContain(`* note: This workspace does not take ${kind} (invalid_blocks).`)
    expect(report).toContain('Posted, changed in place and deleted: text, header,')
    expect(messagesLeft(here)).toEqual([])
  })

  it('says that posts cannot be looked for without the history scopes', async () => {
    const here = await world({}, manifestText.replace(/^ *- (?:channels|groups|im):history\n/gm, ''))
    const { report, code } = await proved(here, { place: 'C0SALES' })
    expect(code).toBe(0)
    expect(report).toContain('* note: Posts cannot be looked for in this place.')
    expect(report).not.toContain('found again')
  })

  it.each([
    ['chat.update', 'edit_window_closed', /A message of text could not be changed in place \(edit_window_closed\)/],
    [
      'chat.delete',
      'compliance_exports_prevent_deletion',
      /could not be deleted \(compliance_exports_prevent_deletion\)[\s\S]*Delete it by hand/,
    ],
  ])('says when %s is refused', async (method, error, words) => {
    const here = await world()
    here.slack.faults.add({ type: 'error', method, error })
    const { report, code } = await proved(here, { place: 'C0SALES' })
    expect([code, report]).toEqual([1, expect.stringMatching(words)])
  })

  it('ends at the first post where the channel is out of reach, with what to do', async () => {
    const here = await world()
    const { report, code } = await proved(here, { place: 'C0NOWHERE' })
    expect(code).toBe(1)
    expect(report).toContain('Posting failed at text (channel_not_found); the rest was not tried.')
    expect(report).toContain('Invite the bot there with /invite, or name another channel.')
    expect(called(here, 'chat.postMessage')).toHaveLength(1)
  })

  it('finds and deletes a post whose answer was lost', async () => {
    const here = await world()
    here.slack.faults.add({ type: 'lost-answer', method: 'chat.postMessage' }, 1)
    const { code } = await proved(here, { place: 'C0SALES' })
    expect(code).toBe(0)
    expect(messagesLeft(here)).toEqual([])
  })

  it.each(['#sales', 'sales', 'c0sales'])('asks for an id in place of %s, and posts nothing', async (place) => {
    const here = await world()
    const { report, code } = await proved(here, { place })
    expect([code, report]).toEqual([1, expect.stringContaining('Name the channel by its id')])
    expect(called(here, 'chat.postMessage')).toHaveLength(0)
  })

  it('is left out, and said, where nobody named a place', async () => {
    const here = await world()
    const { report, code } = await proved(here)
    expect(code).toBe(0)
    expect(report).toContain('* note: Slack was not tried.')
    expect(called(here, 'chat.postMessage')).toHaveLength(0)
  })
})

describe.each(['documented', 'live'] as const)("held against Gong's Team page (%s)", (contract) => {
  /** From the calls themselves, as the page would show it. */
  function onThePage({ gong, clock }: World, personId: string) {
    const range = {
      fromMs: startOfLocalDate(lastWeek.from, gong.zone).getTime(),
      toMs: startOfLocalDate(lastWeek.to, gong.zone).getTime(),
      nowMs: clock.now().getTime(),
      personIds: new Set([personId]),
    }
    const [sum] = [...interactionOf(gong.book, range, contract === 'live').values()]
    if (!sum) throw new Error('nobody called')
    const seconds = Math.round(contract === 'live' ? sum.longestMonologueSeconds / sum.calls : sum.longestOfAllSeconds)
    return {
      talkPercent: Math.round((sum.talkShare / sum.calls) * 100),
      monologue: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    }
  }

  it('says of each figure whether it is equal, by how much not in the terminal alone, with the definitions side by side', async () => {
    const here = await world({ contract })
    const { rep, manager } = here.gong.personas
    const page = onThePage(here, rep.id)
    const person = scripted({
      'Where may one test message': '-',
      "Compare last week with Gong's own": true,
      'Keep the shapes': false,
      'Whose figures of 16–22 Nov': rep.email,
      'Whose team of 16–22 Nov': ['nobody of this name', manager.email],
      'Talk ratio on': [`${page.talkPercent} %`, '1 %'],
      'Longest monologue': ['soon', page.monologue, ''],
      Interactivity: ['99', ''],
      "on Gong's page": '',
    })
    const { report, code } = await proved(here, {}, person.prompts)
    const said = person.text()
    // Only the figure that was typed wrong on purpose is to fix.
    expect(code).toBe(1)
    expect(report).toContain("* yes: Talk ratio of a person: equal to Gong's Team page.")
    expect(report).toMatch(/\* yes: Longest monologue(?: \(mean\))? of a person: equal to Gong's Team page\./)
    expect(report).toMatch(/\* no: Interactivity(?: score)? of a person: differs from Gong's Team page\./)
    expect(report).toContain("* note: Talk ratio of a team: differs from Gong's Team page. Gong does not publish")
    expect(said).toMatch(/Gong shows more: \d+(\.\d)?\./)
    expect(said).toMatch(/Gong shows less: \d+ points\./)
    expect(said).toContain(`Here: ${page.talkPercent} %.`)
    expect(said).toContain("Gong: the mean of the ratios of the person's calls.")
    expect(said).toContain('Of a team: the median of its people with enough calls.')
    expect(said).toContain('! Gong shows nobody called nobody of this name.')
    expect(said).toContain('! That is no figure.')
    for (const secret of [rep.email, rep.lastName, manager.lastName, `${page.talkPercent} %`, page.monologue])
      expect(report).not.toContain(secret)
    expect(report).toContain('Slack was not tried.')
  })
})

describe('the report', () => {
  it('is written whatever fails on the way, and names no address', async () => {
    const here = await world()
    const { report, code } = await proved(here, { place: 'nobody@company.example' })
    expect(code).toBe(1)
    expect(report).toContain('Slack finds nobody with the address <address>')
    const script = scripted({ 'Where may': '-', Compare: true, Keep: false, Whose: here.gong.personas.rep.email })
    here.gong.faults.add({ type: 'server-error' }, { path: '/users' })
    const broken = await proved(here, {}, script.prompts)
    expect(broken.code).toBe(1)
    expect(broken.report).toContain('Reading people: Gong is unavailable')
    expect(script.asked.join()).not.toContain('Whose figures')
  })

  it('keeps the shapes only where they are wanted', async () => {
    const here = await world()
    expect((await proved(here)).fixture).toBeUndefined()
    const { fixture } = await proved(here, { shapes: true })
    expect(fixture?.name).toMatch(/^[0-9a-f]{12}\.json$/)
  })
})
