// A card's name that the asker may not know of is answered as a wrong one, whichever way they ask; and of a card they may know of, a group
// without names does not tell whether few people have it or nobody.
import { expect, it } from 'vitest'
import type { BotServices } from '../../src/bot/command.ts'
import { understandValue } from '../../src/bot/commands/question.ts'
import { scorecards as command } from '../../src/bot/commands/scorecards.ts'
import { orgChart } from '../../src/domain/team.ts'
import { asks, people as nine, type TestKit, testKit, viewers } from '../bot/commands/company.ts'
import { card, person, stats } from '../stats/world.ts'
import { call } from './calls.ts'

/** Maria leads six here; Ben was given a private card, Kai and Ana an open one. */
const people = [...nine, person('11', '2', { name: 'Noa Ek' }), person('12', '2', { name: 'Pia Roth' })]
const named = (scorecardName: string, visibility: 'private' | 'public') => ({ scorecardId: scorecardName, scorecardName, visibility })
const scorecards = [
  ...['3', '4', '5', '6', '11', '12'].map((id) => card(id, '2', '2026-11-18T10:00:00Z', { overallScore: 3 })),
  card('4', '2', '2026-11-18T11:00:00Z', named('Dismissal plan', 'private')),
  ...['3', '5'].map((id) => card(id, '2', '2026-11-18T12:00:00Z', named('Return to work', 'public'))),
]

function kitKnowing(names: readonly string[]): TestKit {
  const kit = testKit()
  const admin = { ...kit.services.admin, cardNamesFor: async () => names }
  return { ...kit, services: { ...kit.services, admin, stats: stats({ people, scorecards }), chart: async () => orgChart(people) } }
}

const week = '2026-11-16..2026-11-22'
const words = (error: Error): string => error.message

const ways: readonly (readonly [string, (name: string, services: TestKit) => Promise<string>])[] = [
  ['Slackbot', async (name, kit) => (await call(viewers.rep, 'scorecards', { who: 'my team', card: name, period: week }, { kit })).text],
  ['the command', (name, { services }) => typed(`"${name}" team ${week}`, services)],
  [
    'a button, a file or a shared reply',
    async (name, { services }) => {
      const value = `/gong-scorecards "${name}" team ${week}`
      return understandValue(value, asks(viewers.rep, ''), services).then((question) => JSON.stringify(question), words)
    },
  ],
]

const typed = (text: string, services: BotServices): Promise<string> =>
  Promise.resolve(command.answer(asks(viewers.rep, text), services, async () => {})).then((said) => JSON.stringify(said), words)

const without = (text: string, name: string): string => text.replaceAll(name, 'NAME').replaceAll(name.toLowerCase(), 'NAME')

it.each(ways)('is not told from a wrong one by %s', async (_way, ask) => {
  const said = async (name: string) => without(await ask(name, kitKnowing(['Discovery'])), name)
  const wrong = await said('Reprimand plan')
  expect(wrong).toContain('No scorecard you can see is called "NAME"')
  expect(await said('Dismissal plan')).toBe(wrong)
  expect(await said('Return to work')).toBe(wrong)
})

it.each(ways.slice(0, 2))('and of a known card nobody tells by %s whether few or none have one', async (_way, ask) => {
  const names = ['Dismissal plan', 'Return to work', 'Reprimand plan']
  const said = async (name: string) => without(await ask(name, kitKnowing(['Discovery', ...names])), name)
  const none = await said('Reprimand plan')
  expect(none).toContain('Scorecards of this name are withheld, or there are none: fewer than 5 people have one.')
  expect(await said('Dismissal plan')).toBe(none)
  expect(await said('Return to work')).toBe(none)
  expect(await said('Discovery')).toContain('6')
})

/** Nothing that the asker may know of was fetched yet: a name cannot be called wrong, and must not be called right. Ana has "Return to work". */
it.each([
  ['team', ['Dismissal plan', 'Return to work']],
  ['me', ['Dismissal plan']],
] as const)('nor is a name answered otherwise than a wrong one while no card is known to the asker: %s', async (who, names) => {
  const said = async (name: string) => without(await typed(`"${name}" ${who} ${week}`, kitKnowing([]).services), name)
  const wrong = await said('Reprimand plan')
  for (const name of names) expect(await said(name)).toBe(wrong)
})
