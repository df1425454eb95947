// "Who has seen my numbers" must be true: every command, button, file and Home view that shows a person's figure writes it down. The paths are
// walked for everybody who may see somebody by name, and what they read is compared with the record.

import { describe, expect, it } from 'vitest'
import { csv } from '../../../src/bot/actions/csv.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import { home } from '../../../src/bot/home/index.ts'
import { AskError } from '../../../src/errors.ts'
import type { Message, Part } from '../../../src/render/message.ts'
import { asks, at, chart, people, presses, type TestKit, testKit, viewers } from './company.ts'
import { cells } from './policy-table.ts'

const quiet = async () => undefined

/** Each part of a message that may hold figures, as text: a row of a table is a part of its own. Titles and the small print hold none. */
function figureTexts(parts: readonly Part[]): string[] {
  return parts.flatMap((part): string[] => {
    if (part.type === 'heading' || part.type === 'note' || part.type === 'buttons') return []
    if (part.type === 'table') return part.rows.map((row) => JSON.stringify(row))
    return [JSON.stringify(part)]
  })
}

const hasFigure = /\d+ ?%|\d:\d\d|\d\.\d|\b\d+\b/

/** Ids of everybody who is named beside a figure. */
const namedBesideFigures = (texts: readonly string[]): string[] =>
  people.filter(({ name }) => texts.some((text) => text.includes(name) && hasFigure.test(text.replaceAll(name, '')))).map(({ id }) => id)

const recorded = (kit: TestKit, slackUserId: string): Set<string> =>
  new Set(kit.views.filter(({ by }) => by === slackUserId).flatMap(({ personIds }) => personIds))

/** A refusal is an answer too: it shows nothing. */
async function answerOrRefusal(answer: () => Promise<Message> | undefined): Promise<Pick<Message, 'parts'>> {
  try {
    return (await answer()) ?? { parts: [] }
  } catch (error) {
    if (error instanceof AskError) return { parts: [] }
    throw error
  }
}

const asked = cells.filter(({ verdict }) => verdict !== '-')
const reports = ['/gong-stats', '/gong-scorecards', '/gong-coaching'] as const

describe.each(reports)('%s', (name) => {
  const command = commands.find((one) => one.name === name)

  it.each(asked)('of $typed for $role records everybody it names beside a figure', async ({ by, typed }) => {
    for (const text of [typed, `${typed} details`]) {
      const kit = testKit()
      const { parts } = await answerOrRefusal(() => command?.answer(asks(by, text), kit.services, quiet))
      const seen = recorded(kit, by.slackUserId)
      expect(namedBesideFigures(figureTexts(parts)).filter((id) => !seen.has(id))).toEqual([])
    }
  })

  it.each(asked)('as a file of $typed for $role records whose figures are in it', async ({ by, typed }) => {
    if (name === '/gong-coaching') return
    const kit = testKit()
    await csv.handle(presses(by, 'csv', `${name} ${typed}`), kit.services, quiet)
    const seen = recorded(kit, by.slackUserId)
    const rows = kit.files.flatMap(({ content }) => content.split('\n').slice(1))
    expect(namedBesideFigures(rows).filter((id) => !seen.has(id))).toEqual([])
  })
})

it.each(Object.entries(viewers))('Home of %s records everybody whom it names or addresses beside a figure', async (_name, by) => {
  const kit = testKit()
  const parts: Part[] = []
  for (const section of home) parts.push(...((await section.write(by, kit.services, at)) ?? []))
  const isOwn = kit.watched.some(({ subject }) => subject.type === 'person' && subject.personId === by.person?.id)
  expect(isOwn).toBe(by.standing === 'member' && by.person?.active === true)
  const seen = recorded(kit, by.slackUserId)
  const figures = figureTexts(parts.filter((part) => part.type === 'table'))
  expect([...namedBesideFigures(figures), ...(isOwn && by.person ? [by.person.id] : [])].filter((id) => !seen.has(id))).toEqual([])
})

describe('a team whose figures are those of one person', () => {
  // Eve (8) is Tom's (7) only report: 48 % in the "team" is hers.
  const tom = { ...viewers.standIn, grants: [] }
  const paths = {
    'the command': (kit: TestKit) => commands.find((one) => one.name === '/gong-stats')?.answer(asks(tom, 'my team'), kit.services, quiet),
    'the file of statistics': (kit: TestKit) => csv.handle(presses(tom, 'csv', '/gong-stats team'), kit.services, quiet),
    'the file of scorecards': (kit: TestKit) => csv.handle(presses(tom, 'csv', '/gong-scorecards team'), kit.services, quiet),
    'the home tab': async (kit: TestKit) => {
      for (const section of home) await section.write(tom, kit.services, at)
    },
  } as const

  it('is recorded for that person where it is a row of an org', async () => {
    // Without cards, which would name her.
    const kit = testKit({ tables: { scorecards: [] } })
    await commands.find((one) => one.name === '/gong-stats')?.answer(asks(viewers.boss, 'my org'), kit.services, quiet)
    expect(recorded(kit, 'U1')).toContain('8')
  })

  it.each(Object.entries(paths))('is recorded for that person by %s', async (_path, walk) => {
    const kit = testKit()
    await walk(kit)
    expect(chart.team('7').map(({ id }) => id)).toEqual(['8'])
    expect(recorded(kit, 'U7')).toContain('8')
  })
})
