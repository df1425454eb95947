// What every message of figures keeps to, over random companies: figures that add up as printed, no words of statisticians, one line of
// small print, the headline in the first block, and a text that carries what the blocks say.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DigestKind } from '../../src/domain/subscription.ts'
import { toSlack } from '../../src/render/blocks/blocks.ts'
import { partLines } from '../../src/render/blocks/part-blocks.ts'
import type { Cell, Message } from '../../src/render/message.ts'
import { asRead } from '../../src/render/text/as-read.ts'
import { missingShort, missingWords } from '../../src/render/text/numbers.ts'
import { line } from '../../src/render/text/text.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import type { ReportContext } from '../../src/reports/section.ts'
import { scorecardSections, statsSections } from '../../src/reports/sections/index.ts'
import { composeReport } from '../../src/reports/write-sections.ts'
import { reviewedReplies } from '../bot/commands/reviewed-replies.ts'
import { type AnyCompany, anyDraw, companyOf, reasons } from '../kit/any-company.ts'
import { sizeOf } from '../kit/cases.ts'
import { inChannel, person, toReader, viewer } from '../kit/report-fixtures.ts'
import { reviewedNotices } from '../kit/reviewed-notices.ts'
import { reviewedReports } from '../kit/reviewed-reports.ts'

const self = { subject: { type: 'person', personId: '1000' }, audience: { type: 'person', viewer: viewer(person('1000', 'x')) } } as const
const digest = async (kind: DigestKind, context: ReportContext): Promise<Message> =>
  (await buildDigest({ kind, subjectId: '100', subscriptionId: 's', remarks: [] }, context)).message

const reminder = { coacheeIds: [], goal: { goal: { everyWeeks: 2 } }, items: [] }

const messages: Readonly<Record<string, (company: AnyCompany) => Promise<Message>>> = {
  'team digest': ({ answers }) => digest('team', inChannel(answers)),
  'personal digest': ({ answers }) => digest('personal', toReader(answers, self)),
  'manager digest': ({ answers }) => digest('manager', toReader(answers)),
  'manager digest with a reminder': async ({ answers }) =>
    (
      await buildDigest(
        { kind: 'manager', subjectId: '100', subscriptionId: 's', deliveryId: 'd', remarks: [], reminder },
        toReader(answers),
      )
    ).message,
  'org digest': ({ answers }) => digest('org', toReader(answers, { subject: { type: 'org', managerId: '100' } })),
  'company digest': ({ answers }) => digest('company', toReader(answers, { subject: { type: 'company' } })),
  stats: async ({ answers }) => (await composeReport(toReader(answers), statsSections)).message,
  scorecards: async ({ answers }) => (await composeReport(toReader(answers), scorecardSections)).message,
}

const names = Object.keys(messages)
/** Plain names: what people are called is not looked for here, only what is said about them. */
const texts = ['Ana Diaz', 'Ana Vogt', 'Ben Okafor', 'Kai Tanaka', 'Maria Lind']

/** `4.0, up 0.2 from 3.8`; `50 % → 48 %, down 2 points`. */
function sumsIn(text: string): readonly { readonly said: string; readonly adds: boolean }[] {
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.001
  const signed = (way: string | undefined, size: string | undefined): number => (way === 'down' ? -1 : 1) * Number(size)
  const from = [...text.matchAll(/(\d+\.\d)(?: of \d+)?, (up|down) (\d+(?:\.\d)?) from (\d+\.\d)/g)].map(
    ([said, now, way, size, before]) => ({
      said,
      adds: near(Number(before) + signed(way, size), Number(now)),
    }),
  )
  const points = [...text.matchAll(/(\d+) % → (\d+) %, (up|down) (\d+) points?/g)].map(([said, before, now, way, size]) => ({
    said,
    adds: near(Number(before) + signed(way, size), Number(now)),
  }))
  return [...from, ...points]
}

function keeps(message: Message, what: string, named: readonly string[]): number {
  const said = asRead(message)
  expect(namedTooShort(said, named), what).toEqual([])
  expect(unexplained(message), what).toEqual([])
  const sums = sumsIn(said)
  expect(
    sums.filter(({ adds }) => !adds).map((sum) => sum.said),
    what,
  ).toEqual([])
  expect(said, what).not.toMatch(/\bn = |[Ii]n brackets|may still move|no score\b|Left out|Little changed/)
  // One line of small print ends it, with what it is for.
  const last = message.parts.at(-1)
  expect(last?.type === 'note' && last.line.plain.endsWith('For coaching, not employment decisions.'), what).toBe(true)
  expect(message.parts.filter((part) => part.type === 'note' && part.line.plain.includes('For coaching')).length, what).toBe(1)
  const { text, blocks } = toSlack(message)
  expect(text.startsWith(toSlack({ summary: message.summary, parts: [] }).text), what).toBe(true)
  expect(JSON.stringify(blocks[0]).replaceAll('\u00a0', ' '), what).toContain(JSON.stringify(firstWords(message)).slice(1, -1))
  // A long one ends at a line and says so; its small print stays.
  if (text.includes('… and more in the message itself.')) return sums.length
  const heard = asHeard(text)
  const missing = message.parts
    .flatMap((part) => [...partLines(part)])
    .filter(({ plain }) => !message.summary.includes(plain.trim()))
    .filter(({ mrkdwn }) => !heard.includes(asHeard(mrkdwn).trim()))
  expect(
    missing.map(({ plain }) => plain),
    what,
  ).toEqual([])
  return sums.length
}

/** Whoever a message about the team may name. */
const namesIn = ({ answers: { team, coaching } }: AnyCompany): readonly string[] => [
  ...(team?.people ?? []).map(({ person: { name } }) => name),
  ...(coaching?.reports ?? []).map(({ report: { name } }) => name),
]

/** First names that two or more people of the company share. */
function sharedFirstNames(named: readonly string[]): readonly string[] {
  const byFirst = Map.groupBy(new Set(named), (name) => name.split(' ')[0] ?? '')
  return [...byFirst].flatMap(([first, whole]) => (whole.length > 1 ? [first] : []))
}

/** Where one of two people is called by a first name both carry: a reader could not tell whom to look at. */
const namedTooShort = (said: string, named: readonly string[]): readonly string[] =>
  sharedFirstNames(named).flatMap((first) =>
    [...said.matchAll(new RegExp(`(?<!\\p{L})${first}(?!\\p{L})(?! \\p{Lu})`, 'gu'))].map(({ index }) =>
      said.slice(Math.max(0, index - 40), index + 40),
    ),
  )

/** The words for a figure that is missing, in sentences and in tables. */
const reasonWords = [
  ...reasons.flatMap((why) => [missingWords(why, 5), missingShort(why)]),
  'new',
  'away',
  'few calls',
  'short week',
  'nothing before',
].filter((words) => words !== '–')

/** Figures and rows in which something is unknown and nothing says why. */
function unexplained({ parts, thread }: Message): readonly string[] {
  const all = [...parts, ...(thread ?? [])]
  const facts = all.flatMap((part) => (part.type === 'facts' ? part.facts.map(({ plain }) => plain) : []))
  const rows = all.flatMap((part) => (part.type === 'table' ? part.rows.map((row) => row.map(cellWords)) : []))
  const explains = (words: string): boolean => reasonWords.some((reason) => words.toLowerCase().includes(reason.toLowerCase()))
  return [
    ...facts.filter((fact) => !/\d/.test(fact) && !explains(fact)),
    ...rows
      .filter((cells) => cells.slice(1, -1).some((cell) => cell === '–' || cell === '') && !explains(cells.slice(1).join(' ')))
      .map(String),
    ...[...facts, ...rows.flat()].filter((words) => /\b(?:NaN|undefined|null|Infinity|unknown|n\/a)\b/.test(words)),
  ]
}

const cellWords = (cell: Cell): string => (cell.type === 'number' ? cell.shown : cell.type === 'empty' ? cell.why : cell.text)

/** Without marks, and links by their labels. */
const asHeard = (mrkdwn: string): string => mrkdwn.replaceAll(/<[^|>]*\|([^>]*)>/g, '$1').replaceAll(/[*_]/g, '')

/** The first sentence under the title. */
function firstWords({ parts }: Message): string {
  const [, first] = parts
  return first?.type === 'text' ? first.line.mrkdwn.slice(0, 20) : ''
}

describe('any message of figures', () => {
  const cases = sizeOf({ usual: 500, whole: 10_000 })
  it(`keeps to the rules in ${cases} random companies`, async () => {
    let [turn, sums] = [0, 0]
    await fc.assert(
      fc.asyncProperty(anyDraw({ people: 12 }), async (drawn) => {
        const name = names[turn % names.length] ?? 'stats'
        turn += 1
        const company = companyOf({ ...drawn, texts })
        const message = await messages[name]?.(company)
        // A message to one person is about that one alone.
        if (message) sums += keeps(message, name, name === 'personal digest' ? [] : namesIn(company))
      }),
      { numRuns: cases, seed: 20261123, endOnFailure: true },
    )
    // It would say little if no sum were ever printed.
    expect(sums).toBeGreaterThan(cases / 5)
  })

  it('finds a sum that does not add up', () => {
    expect(sumsIn('Patience 1.0, up 0.1 from 1.0').map(({ adds }) => adds)).toEqual([false])
    expect(sumsIn('talk ratio 51 % → 50 %, down 2 points').map(({ adds }) => adds)).toEqual([false])
  })

  it('finds somebody called by a first name that two people carry', () => {
    const team = ['Ana Diaz', 'Ana Vogt', 'Ben Okafor']
    expect(namedTooShort('Look at Ana (7 weeks) and Ben.', team)).toHaveLength(1)
    expect(namedTooShort('Look at Ana Diaz, Ana Vogt and Ben; Anatol is no Ana Diaz.', team)).toEqual([])
  })

  it('finds a figure that is missing without a word', () => {
    const row = (...cells: readonly string[]) => cells.map((text): Cell => ({ type: 'text', text }))
    const table = (...rows: readonly (readonly Cell[])[]): Message => ({
      summary: '',
      parts: [{ type: 'table', caption: '', columns: [], rows }],
    })
    expect(unexplained(table(row('Ana', '12', '–', '')))).toHaveLength(1)
    expect(unexplained(table(row('Ana', '12', '–', 'new'), row('Ben', 'no calls', '–', '')))).toEqual([])
    expect(unexplained({ summary: '', parts: [{ type: 'facts', facts: [line('Talk ratio –')] }] })).toHaveLength(1)
    expect(unexplained({ summary: '', parts: [{ type: 'facts', facts: [line('Talk ratio: no calls')] }] })).toEqual([])
  })
})

describe('any reviewed message', () => {
  it.each(Object.entries({ ...reviewedReports, ...reviewedNotices, ...reviewedReplies }))(
    '%s says why something is missing, pings nobody and is heard as it is read',
    async (_name, make) => {
      const message = await make()
      expect(unexplained(message)).toEqual([])
      const { text } = toSlack(message)
      expect(`${text} ${asRead(message)}`).not.toMatch(/<[@!#][^>]*>(?<!<!channel>)|\bU\d{6,}/)
      expect(text.length).toBeGreaterThan(20)
    },
  )
})
