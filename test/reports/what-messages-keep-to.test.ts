// What every message of figures keeps to, over random companies: figures that add up as printed, no words of statisticians, one line of
// small print, the headline in the first block, and a text that carries what the blocks say.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DigestKind } from '../../src/domain/subscription.ts'
import { toSlack } from '../../src/render/blocks/blocks.ts'
import { partLines } from '../../src/render/blocks/part-blocks.ts'
import type { Message } from '../../src/render/message.ts'
import { asRead } from '../../src/render/text/as-read.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import type { ReportContext } from '../../src/reports/section.ts'
import { scorecardSections, statsSections } from '../../src/reports/sections/index.ts'
import { composeReport } from '../../src/reports/write-sections.ts'
import { type AnyCompany, anyDraw, companyOf } from '../kit/any-company.ts'
import { casesOf } from '../kit/cases.ts'
import { inChannel, person, toReader, viewer } from '../kit/report-fixtures.ts'

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

function keeps(message: Message, what: string): number {
  const said = asRead(message)
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
  expect(JSON.stringify(blocks[0]), what).toContain(JSON.stringify(firstWords(message)).slice(1, -1))
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

/** Without marks, and links by their labels. */
const asHeard = (mrkdwn: string): string => mrkdwn.replaceAll(/<[^|>]*\|([^>]*)>/g, '$1').replaceAll(/[*_]/g, '')

/** The first sentence under the title. */
function firstWords({ parts }: Message): string {
  const [, first] = parts
  return first?.type === 'text' ? first.line.mrkdwn.slice(0, 20) : ''
}

describe('any message of figures', () => {
  const cases = casesOf(10_000)
  it(`keeps to the rules in ${cases} random companies`, { timeout: 120_000 }, async () => {
    let [turn, sums] = [0, 0]
    await fc.assert(
      fc.asyncProperty(anyDraw({ people: 12 }), async (drawn) => {
        const name = names[turn % names.length] ?? 'stats'
        turn += 1
        const message = await messages[name]?.(companyOf({ ...drawn, texts }))
        if (message) sums += keeps(message, name)
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
})
