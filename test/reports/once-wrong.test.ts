// What messages once said wrong, each held to what is right: tried as a rep, a manager and a leader would read them.
import { describe, expect, it } from 'vitest'
import { known, noData } from '../../src/domain/measured.ts'
import type { Person } from '../../src/domain/person.ts'
import { toSlack } from '../../src/render/blocks/blocks.ts'
import type { Message } from '../../src/render/message.ts'
import { asRead } from '../../src/render/text/as-read.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import type { Section } from '../../src/reports/section.ts'
import { coachingSections, scorecardSections, statsSections } from '../../src/reports/sections/index.ts'
import { composeReport } from '../../src/reports/write-sections.ts'
import type { CoachingReport } from '../../src/stats/coaching/results.ts'
import {
  type Answers,
  answered,
  average,
  card,
  coachingReport,
  coverage,
  inChannel,
  maria,
  person,
  scorecardReport,
  state,
  teamMeasure,
  teamReport,
  toAna,
  toReader,
  viewer,
} from '../kit/report-fixtures.ts'

const messageOf = async (sections: readonly Section[], context = toReader()): Promise<Message> =>
  (await composeReport(context, sections)).message
const manager = async (answers: Answers, sections = statsSections): Promise<string> => asRead(await messageOf(sections, toReader(answers)))

async function reminderTo(coach: Person, report: Partial<CoachingReport>): Promise<Message> {
  const coaching = coachingReport({ manager: coach, ...report })
  const reminder = { coacheeIds: coaching.reports.map((each) => each.report.id), goal: { goal: { everyWeeks: 2 } }, items: [] }
  const context = toReader({ coaching }, { audience: { type: 'person', viewer: viewer(coach) } })
  return (await buildDigest({ kind: 'reminder', subjectId: coach.id, remarks: [], reminder }, context)).message
}

/** A usual week of six measures. */
const steady = teamReport({
  measures: new Map([
    [
      'talk-ratio',
      teamMeasure('talk-ratio', known(0.55), known(0.56), 6, {
        moved: { up: 3, down: 3, unchanged: 0 },
        usualRange: { low: 0.52, high: 0.6, middle: 0.56, weeks: 7 },
      }),
    ],
  ]),
})

describe('scorecards', () => {
  const fell = card({
    scorecardId: 'd2',
    name: 'Discovery',
    average: average(3.3, 3.8, 9),
    answered: 9,
    questions: [
      { questionId: 'q1', text: 'Agreed a next step', average: average(3.5, 4.4, 9), notApplicable: 0 },
      { questionId: 'q2', text: 'Named the problem', average: average(4, 4, 9), notApplicable: 0 },
    ],
  })
  const many = card({ scorecardId: 'd3', name: 'Demo', average: average(4, 4, 40), answered: 40, questions: [] })
  const cards = scorecardReport({ answered: 49, cards: [many, fell] })

  it('the one that fell leads, however few its answers, and the question that fell most is named', async () => {
    const said = await manager({ team: steady, scorecards: cards })
    expect(said).toContain('Discovery fell from 3.8 to 3.3: "Agreed a next step" 4.4 → 3.5 (9 cards)')
    expect(said.indexOf('Discovery 3.3')).toBeLessThan(said.indexOf('Demo 4.0'))
  })

  it('whose score is withheld are called withheld, and none of their questions the lowest', async () => {
    const withheld = { value: noData('too-few-people'), before: noData('too-few-people'), change: noData('too-few-people'), n: 0 } as const
    const some = card({
      questions: [
        { questionId: 'q1', text: 'Pain confirmed', average: average(4.5), notApplicable: 0 },
        { questionId: 'q2', text: 'Agreed next step', average: withheld, notApplicable: 0 },
        { questionId: 'q3', text: 'Budget named', average: average(3), notApplicable: 0 },
      ],
    })
    const said = asRead(await messageOf(scorecardSections, inChannel({ scorecards: scorecardReport({ cards: [some] }) })))
    expect(said).toContain('Agreed next step: withheld: fewer than 5 people')
    expect(said).not.toMatch(/no score|lowest/i)
  })

  it('without names say which are counted, whether there are others or not', async () => {
    const said = asRead(await messageOf(scorecardSections, inChannel({ scorecards: scorecardReport({ answered: 14 }) })))
    expect(said).toMatch(/14 scorecards?/)
    expect(said).toContain('Only scorecards that at least 5 people have are counted.')
  })

  it('one by one are a table of person, card, score, lowest question and call', async () => {
    const message = await messageOf(scorecardSections, toReader({ scorecards: scorecardReport({ single: [answered()] }) }))
    const table = [...message.parts, ...(message.thread ?? [])].find((part) => part.type === 'table')
    if (table?.type !== 'table') throw new Error('no table')
    expect(table.columns.map(({ title }) => title)).toEqual(['Person', 'Date', 'Card', 'Score', 'Lowest question', 'Call'])
    expect(table.rows[0]?.at(-1)).toMatchObject({ type: 'link', text: 'Open call' })
  })
})

describe('a score', () => {
  const range = { min: 1, max: 5 }
  const scaled = (value: number, before: number) => ({ ...average(value, before), range })
  const discovery = (of: (value: number, before: number) => ReturnType<typeof average>) =>
    card({ average: of(3.3, 3.3), questions: [{ questionId: 'q1', text: 'Agreed a next step', average: of(3, 4.3), notApplicable: 0 }] })
  const report = (...cards: readonly ReturnType<typeof card>[]) => ({ team: steady, scorecards: scorecardReport({ cards }) })
  const smallPrint = (said: string): string => said.split('\n').find((each) => each.includes('For coaching, not')) ?? ''

  it('has its scale beside it where that is known, and nothing is said of scales', async () => {
    const said = await manager(report(discovery(scaled)))
    expect(said).toContain('"Agreed a next step" fell from 4.3 to 3.0 of 5 on Discovery')
    expect(said).toContain('Discovery 3.3 of 5')
    expect(said).not.toMatch(/scale/)
  })

  it('without a known scale is said to have none, once and after what the figures rest on', async () => {
    const said = await manager(report(discovery(average)))
    expect(said).toContain('"Agreed a next step" fell from 4.3 to 3.0 on Discovery')
    expect(smallPrint(said)).toMatch(/^ *Medians .* Gong gives no scale for scorecard scores\. For coaching/)
    expect(said.match(/scale/g)).toHaveLength(1)
  })

  it('of one card with a scale and of one without: the second is said to have none', async () => {
    const said = await manager(report(discovery(scaled), card({ scorecardId: 'd2', name: 'Demo' })))
    expect(smallPrint(said)).toContain('Where a score has no scale, Gong gives none.')
  })

  it('that a reminder names says so too, and a reminder that names none says nothing of scales', async () => {
    const lowest = { card: answered(), questionText: 'Agreed a next step', score: 2 }
    const reminded = async (of: Partial<typeof lowest & { range: typeof range }> | undefined): Promise<string> =>
      asRead(await reminderTo(maria, { reports: [coverage(person('1', 'Nils Sato'), of && { lowest: { ...lowest, ...of } })] }))
    expect(await reminded({})).toMatch(/"Agreed a next step" 2\.0 \[.*Gong gives no scale for scorecard scores\./s)
    expect(await reminded({ range })).toMatch(/"Agreed a next step" 2\.0 of 5 \[/)
    for (const said of [await reminded({ range }), await reminded(undefined)]) expect(said).not.toMatch(/scale/)
  })
})

describe('a headline', () => {
  it('speaks of several teams as a whole, since single ones may stand out; of one team it need not', async () => {
    const calm = { team: steady, scorecards: scorecardReport({ answered: 0, answeredBefore: 0, cards: [] }) }
    expect(await manager(calm)).toMatch(/^A usual week\. Talk ratio 55 %/m)
    for (const subject of [{ type: 'org', managerId: '100' }, { type: 'company' }] as const) {
      const said = asRead(await messageOf(statsSections, toReader(calm, { subject })))
      expect(said).toMatch(/^As a whole, a usual week\. Talk ratio 55 %/m)
    }
  })

  it('is no median of one or two of many people', async () => {
    const few = teamReport({
      measures: new Map([['talk-ratio', teamMeasure('talk-ratio', known(0.51), known(0.48), 1)]]),
      counts: { members: 7, enoughCalls: 1, tooFewCalls: 6, noCalls: 0, neverRead: 0 },
    })
    const { message, isThin } = await composeReport(toReader({ team: few }), statsSections)
    expect(message.summary).toContain('Too few calls for team figures: 1 of 7 people had 3 or more.')
    // The last full week is offered as a button then.
    expect(isThin).toBe(true)
  })

  it('has its own measure in the chart below it', async () => {
    const message = await messageOf(statsSections, toAna())
    const chart = message.parts.find((part) => part.type === 'chart')
    expect(message.summary).toContain('longest monologue fell')
    expect(chart?.type === 'chart' && chart.title).toBe('Your longest monologue, 8 weeks')
  })

  it('is the first block: a desktop notification shows no other', async () => {
    expect(JSON.stringify(toSlack(await messageOf(statsSections)).blocks[0])).toContain('5 of 6 talked less')
  })
})

describe('figures', () => {
  it('have a unit or a scale, and a good side only where a published target has one', async () => {
    const [documented, live] = [await manager({}), await manager({ contract: 'live' })]
    for (const said of [documented, live]) {
      expect(said).toMatch(/Questions 13 a call|Question rate/)
      expect(said).toContain('within the target of 43–65 % (Gong 2025)')
      expect(said).not.toMatch(/\b(good|bad|too high|too low|healthy)\b/i)
    }
    expect(documented).toMatch(/Interactivity score [\d.]+/)
    expect(live).toMatch(/Interactivity [\d.]+ of 10/)
    expect(live).toMatch(/Patience [\d.]+ s/)
  })
})

describe('people of one first name', () => {
  it('are called by their whole names wherever several are listed', async () => {
    const [one, other] = [person('1', 'Dalia Roth'), person('2', 'Dalia Weiss')]
    const reports = [one, other, person('3', 'Omar Haddad')].map((of, at) => coverage(of, { weeksSince: known(3 + 4 * at) }))
    const boss = viewer(person('9', 'Olga Boss'))
    const context = toReader({ coaching: coachingReport({ reports }) }, { audience: { type: 'person', viewer: boss } })
    const said = asRead(await messageOf(coachingSections, context))
    expect(said).toMatch(/Longest without: Omar \(11 weeks\), Dalia Weiss \(7 weeks\) and Dalia Roth \(3 weeks\)/)
    expect(maria.name).not.toContain('Dalia')
  })

  it('are, where one of them is greeted and another listed below', async () => {
    const coach = person('9', 'Dalia Kowalski')
    const greeted = async (...reports: readonly string[]): Promise<string> =>
      asRead(await reminderTo(coach, { reports: reports.map((name, at) => coverage(person(`${at}`, name))) }))
    const shared = await greeted('Dalia Bouzid', 'Farid Amrani')
    expect(shared).toContain('Dalia Kowalski, 2 people to hear this week.')
    expect(shared).toMatch(/^Dalia Bouzid: no scorecard/m)
    expect(shared).toMatch(/^Farid: no scorecard/m)
    expect(await greeted('Nils Sato', 'Farid Amrani')).toContain('Dalia, 2 people to hear this week.')
  })
})

describe('a reminder of people without a scorecard', () => {
  const reports = [coverage(person('1', 'Nils Sato'))]

  it('says how far back it looked, and that nothing older is known', async () => {
    const said = asRead(await reminderTo(maria, { reports }))
    expect(said).toContain('Nils: no scorecard from you in the last 13 weeks;')
    expect(said).toContain("Rests on scorecards of the last 13 weeks only; Gong's coaching totals do not say for whom.")
    const live = asRead(await reminderTo(maria, { reports, basis: 'per-report' }))
    expect(live).toContain('Rests on scorecards of the last 13 weeks and on what Gong counts per person.')
  })

  it('says since when instead, where fewer weeks were fetched', async () => {
    const cardsKnown = { from: '2026-10-26', to: '2026-11-23' }
    const said = asRead(await reminderTo(maria, { reports, state: state({ cardsKnown }) }))
    expect(said).toContain('Nils: no scorecard from you since 26 Oct')
    expect(said).toContain("Rests on scorecards only; Gong's coaching totals do not say for whom.")
  })
})
