// "Who has seen my numbers" must be true: every command, button, file and Home view that shows a person's figure writes it down. The paths are
// walked for everybody who may see somebody by name, and what they read is compared with the record.

import { describe, expect, it } from 'vitest'
import { csv } from '../../../src/bot/actions/csv.ts'
import { commands } from '../../../src/bot/commands/index.ts'
import { home } from '../../../src/bot/home/index.ts'
import { AskError } from '../../../src/errors.ts'
import type { Message, Part } from '../../../src/render/message.ts'
import { asks, at, chart, people, presses, type TestDesk, testDesk, viewers } from './company.ts'
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

const recorded = (desk: TestDesk, slackUserId: string): Set<string> =>
  new Set(desk.views.filter(({ by }) => by === slackUserId).flatMap(({ personIds }) => personIds))

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
      const desk = testDesk()
      const { parts } = await answerOrRefusal(() => command?.answer(asks(by, text), desk.services, quiet))
      const seen = recorded(desk, by.slackUserId)
      expect(namedBesideFigures(figureTexts(parts)).filter((id) => !seen.has(id))).toEqual([])
    }
  })

  it.each(asked)('as a file of $typed for $role records whose figures are in it', async ({ by, typed }) => {
    if (name === '/gong-coaching') return
    const desk = testDesk()
    await csv.handle(presses(by, 'csv', `${name} ${typed}`), desk.services, quiet)
    const seen = recorded(desk, by.slackUserId)
    const rows = desk.files.flatMap(({ content }) => content.split('\n').slice(1))
    expect(namedBesideFigures(rows).filter((id) => !seen.has(id))).toEqual([])
  })
})

describe('a team whose figures are those of one person', () => {
  // Eve (8) is Tom's (7) only report: 48 % in the "team" is hers.
  const tom = { ...viewers.standIn, grants: [] }
  const paths = {
    'the command': (desk: TestDesk) =>
      commands.find((one) => one.name === '/gong-stats')?.answer(asks(tom, 'my team'), desk.services, quiet),
    'the file of statistics': (desk: TestDesk) => csv.handle(presses(tom, 'csv', '/gong-stats team'), desk.services, quiet),
    'the file of scorecards': (desk: TestDesk) => csv.handle(presses(tom, 'csv', '/gong-scorecards team'), desk.services, quiet),
    'the home tab': async (desk: TestDesk) => {
      for (const section of home) await section.write(tom, desk.services, at)
    },
  } as const

  it('is recorded for that person where it is a row of an org', async () => {
    // Without cards, which would name her.
    const desk = testDesk({ tables: { scorecards: [] } })
    await commands.find((one) => one.name === '/gong-stats')?.answer(asks(viewers.boss, 'my org'), desk.services, quiet)
    expect(recorded(desk, 'U1')).toContain('8')
  })

  it.each(Object.entries(paths))('is recorded for that person by %s', async (_path, walk) => {
    const desk = testDesk()
    await walk(desk)
    expect(chart.team('7').map(({ id }) => id)).toEqual(['8'])
    expect(recorded(desk, 'U7')).toContain('8')
  })
})
