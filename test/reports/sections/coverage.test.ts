// What the sections say where not all of the past was fetched: how far back they know, and never a smaller number in silence.
import { expect, it } from 'vitest'
import { known, noData } from '../../../src/domain/measured.ts'
import type { Message } from '../../../src/render/message.ts'
import { oneOnOne } from '../../../src/reports/one-on-one/one-on-one.ts'
import type { ReportContext, Section } from '../../../src/reports/section.ts'
import { activity } from '../../../src/reports/sections/activity.ts'
import { coaching } from '../../../src/reports/sections/coaching.ts'
import { coachingFootnote } from '../../../src/reports/sections/coaching-footnote.ts'
import { footnote } from '../../../src/reports/sections/footnote.ts'
import { headline } from '../../../src/reports/sections/headline.ts'
import { scorecards } from '../../../src/reports/sections/scorecards.ts'
import {
  ana,
  coachingOverview,
  coachingReceived,
  coachingReport,
  coverage,
  dailyOf,
  person,
  personFigures,
  personMeasure,
  personReport,
  scorecardReport,
  state,
  toAna,
  toReader,
  viewer,
} from '../../kit/report-fixtures.ts'

const wordsOf = (parts: Message['parts']): string =>
  parts
    .map((part) =>
      part.type === 'text' || part.type === 'note'
        ? part.line.plain
        : part.type === 'facts'
          ? part.facts.map(({ plain }) => plain).join(', ')
          : '',
    )
    .join(' ')

async function said(section: Section, context: ReportContext): Promise<string> {
  const output = await section.write(context)
  return `${wordsOf([...(output?.parts ?? []), ...(output?.thread ?? [])])} ${output?.smallPrint ?? ''}`
}

const since = { from: '2026-11-18', to: '2026-11-23' }
const partly = state({ cardsKnown: since })

it('a count of received scorecards names the day it begins on', async () => {
  expect(await said(coaching, toAna({ coachingReceived: coachingReceived({ state: partly }) }))).toContain(
    'You received 1 scorecard since 18 Nov and comments on 2 calls.',
  )
  expect(await said(coachingFootnote, toAna({ coachingReceived: coachingReceived({ state: partly }) }))).toContain(
    '1 scorecard since 18 Nov. Counts scorecards that other people filled',
  )
  expect(await said(scorecards, toAna({ scorecards: scorecardReport({ state: partly, answered: 5 }) }))).toContain(
    '5 scorecards since 18 Nov',
  )
  // What was fetched reaches back to the period's first day: the count is whole, whatever lies before.
  const whole = state({ cardsKnown: { from: '2026-11-16', to: '2026-11-23' } })
  expect(await said(coaching, toAna({ coachingReceived: coachingReceived({ state: whole }) }))).toContain('You received 1 scorecard and')
})

it('coverage beyond what was fetched is no number', async () => {
  const report = coachingReport({
    coachedIn2Weeks: undefined,
    coachedIn4Weeks: undefined,
    coachedBefore: {},
    reports: [coverage(ana, { weeksSince: noData('not-read') })],
    state: partly,
  })
  const leads = { audience: { type: 'person' as const, viewer: viewer(person('200', 'Noor Aziz')) } }
  const words = await said(coaching, toReader({ coaching: report }, leads))
  expect(words).toContain('How many people were coached in the last weeks is not known: not all scorecards were fetched.')
  expect(words).toContain('(none since 18 Nov)')
  expect(words).toContain('no scorecard since 18 Nov')
  expect(await said(coachingFootnote, toReader({ coaching: report }))).toContain(
    'Scorecards were fetched for 18–22 Nov only; no other is counted.',
  )
  const [first] = coachingOverview().managers
  const managers = first ? [first, { ...first, coachedIn4Weeks: undefined }] : []
  const leader = toReader({ coachingOverview: coachingOverview({ managers, state: partly }) }, { subject: { type: 'company' } })
  expect(await said(coaching, leader)).toContain('is not known')
})

it('Gong’s counts per report that were not fetched are said', async () => {
  const report = coachingReport({ basis: 'per-report', state: state({ countsKnown: { read: 1, of: 4 } }) })
  expect(await said(coachingFootnote, toReader({ coaching: report }))).toContain(
    "Gong's counts per report were fetched for 1 of the 4 weeks; for the others coverage rests on scorecards.",
  )
})

it('what is usual names the weeks it is made of', async () => {
  const figures = personFigures(ana, {
    measures: new Map([
      [
        'longest-monologue',
        personMeasure('longest-monologue', known(115), known(180), known(190), {
          news: { direction: 'down', why: 'outside-usual', size: 1.5 },
        }),
      ],
    ]),
  })
  const whole = personReport({ figures })
  const five = personReport({ figures, state: state({ weeksKnown: { read: 5, of: 8 } }) })
  expect(await said(headline, toAna({ person: whole }))).toContain('you usually have 3:10')
  expect(await said(headline, toAna({ person: five }))).toContain('you usually have 3:10')
  expect(await said(footnote, toAna({ person: whole }))).toContain('the median of your last 8 weeks')
  expect(await said(footnote, toAna({ person: five }))).toContain('the median of 5 of the 8 weeks before, the others were not fetched')
  const screen = await oneOnOne(ana.id, '100', toReader({ person: five, coaching: coachingReport({ state: partly }) }))
  const before1to1 = wordsOf(screen.message.parts)
  expect(before1to1).toContain('usual is the median of 5 of the 8 weeks before, the others were not fetched.')
  expect(before1to1).toContain('Scorecards were fetched for 18–22 Nov only')
})

it('the days of a month carry dates, however few of them had calls', async () => {
  const month = { from: '2026-11-01', to: '2026-12-01' }
  const days = dailyOf([2, 0, 1], month).slice(0, 3)
  const figures = personFigures(ana, { measures: new Map([['calls-hosted', personMeasure('calls-hosted', known(3))]]) })
  const output = await activity.write(toAna({ person: personReport({ period: month, daily: days, figures }) }, { period: month }))
  const chart = output?.thread?.find(({ type }) => type === 'chart')
  expect(chart?.type === 'chart' && chart.categories).toEqual(['Sun 1 Nov', 'Mon 2 Nov', 'Tue 3 Nov'])
})
