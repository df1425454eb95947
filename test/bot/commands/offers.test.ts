// Nothing is offered that the reader may not do: every button and every option of every answer and of Home is pressed by whoever got it, and
// none of them is refused. For each viewer, over every command and its examples, allowed and refused questions alike.
import { describe, expect, it } from 'vitest'
import { actions } from '../../../src/bot/actions/index.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import { understandValue } from '../../../src/bot/commands/question.ts'
import { home } from '../../../src/bot/home/index.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { AskError } from '../../../src/errors.ts'
import type { Control, Part } from '../../../src/render/message.ts'
import { asks, at, people, type TestKit, testKit, viewers } from './company.ts'

const reportCommands = ['/gong-stats', '/gong-scorecards', '/gong-coaching'] as const
const asked: readonly string[] = [
  ...reportCommands.flatMap((name) =>
    ['', 'help', 'me', 'team', 'org', 'all', 'this week', 'lats week', '@nadia', ...people.map(({ id }) => `gong:${id}`)].map(
      (text) => `${name} ${text}`,
    ),
  ),
  ...commands
    .filter(({ name }) => reportCommands.some((one) => one === name))
    .flatMap(({ name, examples }) => examples.map(({ text }) => (text.startsWith('/') ? text : `${name} ${text}`))),
]

interface Offer {
  readonly label: string
  readonly actionId: string
  readonly value: string
}

/** Links open in Gong, which has rights of its own. */
const offersOf = (control: Control): readonly Offer[] => {
  if (control.type !== 'button') return control.options.map(({ label, value }) => ({ label, actionId: control.actionId, value }))
  return control.url === undefined ? [{ label: control.label, actionId: control.actionId, value: control.value ?? '' }] : []
}

const controlsOf = (part: Part): readonly Control[] => {
  if (part.type === 'buttons' || part.type === 'item') return part.controls
  return part.type === 'text' && part.control ? [part.control] : []
}

async function partsOf(by: Viewer, text: string, kit: TestKit): Promise<readonly Part[]> {
  const [name = '', ...words] = text.trim().split(' ')
  try {
    return (
      (await commands.find((each) => each.name === name)?.answer(asks(by, words.join(' ')), kit.services, async () => undefined))?.parts ??
      []
    )
  } catch (error) {
    if (!(error instanceof AskError)) throw error
    const controls = error.suggestions.map(({ label, command }): Control => ({ type: 'button', label, actionId: 'ask', value: command }))
    return [{ type: 'buttons', controls }]
  }
}

/** What an admin alone may do. */
const ofAdmins = ['link', 'unlink', 'move', 'grant', 'revoke', 'end-role', 'count-cards']

/** Why it is refused; undefined when it is not. Of digests the service's own suites press every button. */
async function refusalOf(by: Viewer, { actionId, value }: Offer, today: string): Promise<string | undefined> {
  const [id = ''] = actionId.split(':', 1)
  if (ofAdmins.includes(id)) return by.isAdmin ? undefined : 'for admins alone'
  if (!actions.some((action) => action.id === id || action.id === actionId)) return 'nobody answers'
  if (id !== 'ask' || !reportCommands.some((name) => value.startsWith(name))) return undefined
  if (/ (?:help|definitions|who saw me|remind)\b/.test(value)) return undefined
  try {
    const question = await understandValue(value, asks(by, ''), testKit({ today }).services)
    return 'refusal' in question ? question.refusal.summary : undefined
  } catch (error) {
    if (error instanceof AskError) return error.message
    throw error
  }
}

describe.each(Object.entries(viewers))('%s', (_name, by) => {
  // A Monday, on which this week has no complete day, and a Wednesday.
  it.each(['2026-11-23', '2026-11-25'])('is offered in answers and in Home only what is not refused, on %s', async (today) => {
    const offers = new Map<string, Offer & { readonly where: string }>()
    const note = (where: string, parts: readonly Part[]): void => {
      for (const offer of parts.flatMap(controlsOf).flatMap(offersOf)) offers.set(`${offer.actionId} ${offer.value}`, { ...offer, where })
    }
    for (const text of asked) note(text, await partsOf(by, text, testKit({ today })))
    const { services } = testKit({ today })
    for (const section of home) note(`Home, ${section.id}`, (await section.write(by, services, at)) ?? [])
    const refused: string[] = []
    for (const offer of offers.values()) {
      const why = await refusalOf(by, offer, today)
      if (why !== undefined) refused.push(`${offer.where} offers [${offer.label}] ${offer.value}: ${why}`)
    }
    expect(refused).toEqual([])
    if (by.standing === 'member' && by.person?.active) expect(offers.size).toBeGreaterThan(10)
  })
})
