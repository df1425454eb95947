// Any company renders to messages Slack takes, with nothing alive in them that was not meant, and a text that names period and n.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DigestKind } from '../../src/domain/subscription.ts'
import { threadToSlack, toSlack } from '../../src/render/blocks/blocks.ts'
import type { SlackMessage } from '../../src/render/blocks/slack-blocks.ts'
import { charactersOf } from '../../src/render/blocks/weigh.ts'
import { limits } from '../../src/render/limits.ts'
import type { Message } from '../../src/render/message.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import type { ReportContext } from '../../src/reports/section.ts'
import { coachingSections, scorecardSections, statsSections } from '../../src/reports/sections/index.ts'
import { composeReport } from '../../src/reports/write-sections.ts'
import { liveInMessage } from '../../src/sandbox/slack/block-kit-live.ts'
import { problemText, validateBlocks } from '../../src/sandbox/slack/block-kit-rules.ts'
import { type AnyCompany, anyDraw, companyOf } from '../kit/any-company.ts'
import { casesOf, sizeOf } from '../kit/cases.ts'
import { fakeStats, inChannel, person, toReader, viewer } from '../kit/report-fixtures.ts'

type Report = (context: ReportContext) => Promise<Message>

const digest =
  (kind: DigestKind): Report =>
  async (context) =>
    (
      await buildDigest(
        { kind, subjectId: '1', subscriptionId: 's', remarks: ['sent by <!channel>'], introduction: { switchedOnBy: '<@U1>', org: '*x*' } },
        context,
      )
    ).message

const command =
  (sections: typeof statsSections): Report =>
  async (context) =>
    (await composeReport(context, sections)).message

const self = { subject: { type: 'person', personId: '1000' }, audience: { type: 'person', viewer: viewer(person('1000', 'x')) } } as const

/** Every report with the eyes it is made for. */
const reports: readonly { readonly name: string; readonly make: Report; readonly context: (company: AnyCompany) => ReportContext }[] = [
  { name: 'team digest', make: digest('team'), context: ({ answers }) => inChannel(answers) },
  {
    name: 'team digest by name',
    make: digest('team'),
    context: ({ answers }) => inChannel(answers, { audience: { type: 'group', byName: true }, detail: 'by-name' }),
  },
  { name: 'personal digest', make: digest('personal'), context: ({ answers }) => toReader(answers, self) },
  { name: 'manager digest', make: digest('manager'), context: ({ answers }) => toReader(answers) },
  { name: 'company digest', make: digest('company'), context: ({ answers }) => toReader(answers, { subject: { type: 'company' } }) },
  { name: 'stats', make: command(statsSections), context: ({ answers }) => toReader(answers, { locale: 'de-DE' }) },
  { name: 'scorecards', make: command(scorecardSections), context: ({ answers }) => toReader(answers, { locale: 'en-US' }) },
  { name: 'coaching', make: command(coachingSections), context: ({ answers }) => toReader(answers) },
]

/** The period in every locale used above. */
const period = /16\.?–22\.? Nov|Nov 16–22/

const callLinks = /^https:\/\/app\.gong\.io\/call\?id=/

function check(sent: SlackMessage, what: string): void {
  const problems = validateBlocks(sent.blocks, 'message')
  if (problems.length > 0) throw new Error(`${what}: ${problems.slice(0, 3).map(problemText).join('; ')}`)
  const alive = liveInMessage(sent).filter(({ kind, target }) => kind !== 'link' || !callLinks.test(target))
  if (alive.length > 0) throw new Error(`${what}: alive: ${JSON.stringify(alive[0])}`)
  if (sent.text.length === 0 || sent.text.length > limits.topLevelText) throw new Error(`${what}: text of ${sent.text.length} characters`)
  if (sent.blocks.length > limits.messageBlocksToBeSafe) throw new Error(`${what}: ${sent.blocks.length} blocks`)
  if (charactersOf(sent.blocks) > limits.messageCharactersToBeSafe) throw new Error(`${what}: ${charactersOf(sent.blocks)} characters`)
}

async function checkCompany(company: AnyCompany, which: readonly (typeof reports)[number][]): Promise<void> {
  for (const { name, make, context } of which) {
    const message = await make(context(company))
    const sent = toSlack(message)
    check(sent, name)
    const thread = threadToSlack(message)
    if (thread) check(thread, `${name}, thread`)
    if (!period.test(sent.text)) throw new Error(`${name}: no period in "${sent.text.slice(0, 200)}"`)
    if (!nIn(sent.text)) throw new Error(`${name}: no n in "${sent.text.slice(0, 300)}"`)
  }
}

/** How many people, calls or cards it rests on, or that there are none to count. */
const nIn = (text: string): boolean =>
  /(\d|no|No) (calls?|cards?|scorecards?|people|person)|\d+ of (\d|no)|too few|not (?:yet )?fetched|unknown|Nobody|nothing|number of calls/i.test(
    text,
  )

describe('any company', () => {
  const [small, large] = [sizeOf({ usual: 200, whole: 10_000 }), sizeOf({ usual: 4, whole: 200 })]
  const refusing = casesOf(300)

  it(`renders ${small} times, with up to 60 people, to what Slack takes and nothing more`, async () => {
    let turn = 0
    await fc.assert(
      fc.asyncProperty(anyDraw({ people: 60 }), async (draw) => {
        // One report in turn for each company, so that all of them see about as many.
        const one = reports[turn % reports.length]
        turn += 1
        if (one) await checkCompany(companyOf(draw), [one])
      }),
      { numRuns: small, endOnFailure: true, seed: 20261123 },
    )
    expect(turn).toBe(small)
  })

  it(`renders ${large} times with 500 people`, async () => {
    await fc.assert(
      fc.asyncProperty(anyDraw({ people: 500, exactly: true }), (draw) => checkCompany(companyOf(draw), reports)),
      { numRuns: large, endOnFailure: true, seed: 20261123 },
    )
  })

  it('stays sendable after every refusal Slack can give', async () => {
    const refusals = [
      ['data_table'],
      ['data_visualization'],
      ['data_table', 'data_visualization'],
      ['container'],
      ['header'],
      ['context'],
      ['actions'],
      ['section'],
    ]
    await fc.assert(
      fc.asyncProperty(anyDraw({ people: 60 }), fc.constantFrom(...refusals), async (draw, refused) => {
        const message = await digest('manager')(toReader(companyOf(draw).answers))
        const sent = toSlack(message, { refused: new Set(refused) })
        check(sent, `without ${refused.join()}`)
        expect(sent.blocks.some(({ type }) => refused.includes(type))).toBe(false)
        const thread = threadToSlack(message, { refused: new Set(refused) })
        if (thread) check(thread, `thread without ${refused.join()}`)
        expect(thread?.blocks.some(({ type }) => refused.includes(type)) ?? false).toBe(false)
      }),
      { numRuns: refusing, endOnFailure: true, seed: 20261123 },
    )
  })

  it('asks the statistics for medians only when the reader is a channel', async () => {
    await fc.assert(
      fc.asyncProperty(anyDraw({ people: 20 }), async (draw) => {
        const { answers } = companyOf(draw)
        const stats = fakeStats(answers)
        await buildDigest({ kind: 'team', subjectId: '1', remarks: [] }, inChannel(answers, { stats }))
        expect(stats.asked.filter((asked) => !/^team .* medians$|^scorecards .* group$/.test(asked))).toEqual([])
      }),
      { numRuns: casesOf(300) },
    )
  })
})
