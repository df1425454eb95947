// Figures as whole sentences: unit, period, number of calls, comparison, definition, and what does not follow. Sums are in the comments.
import { describe, expect, it } from 'vitest'
import { known, noData } from '../../src/domain/measured.ts'
import { figuresInFull } from '../../src/reports/in-full.ts'
import {
  ana,
  average,
  card,
  inChannel,
  maria,
  personFigures,
  personMeasure,
  personReport,
  scorecardReport,
  state,
  teamMeasure,
  teamReport,
  toAna,
  toReader,
} from '../kit/report-fixtures.ts'

const aboutAna = { subject: { type: 'person', personId: ana.id } } as const
const measures = new Map([
  // 48 − 50 = −2 points on the week before, 48 − 54 = −6 points on what is usual.
  [
    'talk-ratio',
    { ...personMeasure('talk-ratio', known(0.48), known(0.5), known(0.54)), change: known(-0.02), changeFromUsualWeek: known(-0.06) },
  ],
  ['longest-monologue', personMeasure('longest-monologue', known(115))],
  ['question-rate', personMeasure('question-rate', noData('not-given'))],
] as const)
const team = new Map([['talk-ratio', teamMeasure('talk-ratio', known(0.51))]] as const)

describe('a person', () => {
  it('has each figure with unit, period, calls, comparisons and definition', async () => {
    const { figures } = await figuresInFull(
      toReader({ person: personReport({ figures: personFigures(ana, { measures }), team }) }, aboutAna),
      'figures',
    )
    expect(figures[0]).toBe(
      'Period: 2026-11-16 to 2026-11-22, whole days; the period before is 2026-11-09 to 2026-11-15; days of Europe/Berlin.',
    )
    expect(figures).toContain(
      'Talk ratio: 48 %, 16–22 Nov, over 12 calls; usual 54 % (median of the 8 weeks before), so down 6 points; 9–15 Nov 50 %, so down 2 points; team median 51 %. Means: Share of the time the person spoke, averaged over their calls.',
    )
    // 115 s are 1:55.
    expect(figures.find((each) => each.startsWith('Longest monologue'))).toMatch(
      /^Longest monologue: 1:55 \(minutes and seconds\), 16–22 Nov, over 12 calls; not compared with another period\./,
    )
    expect(figures).toContain('No figure, 16–22 Nov: questions (Gong gives none).')
  })

  it('with too few calls is compared with nothing, and it is said', async () => {
    const few = personFigures(ana, { measures, enoughCalls: false, callCount: { calls: known(2), basis: 'exact' } })
    const { figures, limits } = await figuresInFull(toAna({ person: personReport({ figures: few, team }) }), 'figures')
    expect(figures.find((each) => each.startsWith('Talk ratio'))).toBe(
      'Talk ratio: 48 %, 16–22 Nov, over 2 calls; not compared with another period. Means: Share of the time the person spoke, averaged over their calls.',
    )
    expect(limits).toContain('2 calls: too few to compare with another period, another person or the team.')
  })

  it.each([
    ['new', { isNew: true }, 'The person is new: these are first figures, too early to compare.'],
    [
      'away',
      { callCount: { calls: known(0), basis: 'exact' as const } },
      'No calls says nothing about how somebody works: they may have been away.',
    ],
    [
      'in a short week',
      { isShort: true as const },
      'One of the periods is short (holiday or leave): counts of the two are not to be compared.',
    ],
    [
      'without a known number of calls',
      { callCount: { calls: noData('not-read'), basis: 'exact' as const } },
      'The number of calls is unknown, so nothing can be compared.',
    ],
  ])('who is %s is said to be', async (_what, more, limit) => {
    const report = personReport({ figures: personFigures(ana, { measures, ...more }), team })
    expect((await figuresInFull(toAna({ person: report }), 'figures')).limits).toContain(limit)
  })

  it('is never judged: the limits always say so', async () => {
    const { limits } = await figuresInFull(toAna({ person: personReport() }), 'figures')
    expect(limits.join(' ')).toContain('It is no judgement of a person and no ranking')
  })
})

describe('a team', () => {
  const report = teamReport({
    measures: new Map([['talk-ratio', { ...teamMeasure('talk-ratio', known(0.51), known(0.56), 6), change: known(-0.05) }]] as const),
    minimumCalls: 3,
    state: state({ mayMove: true }),
  })

  it('says over how many people a median is, to those who may see them', async () => {
    const { figures, limits } = await figuresInFull(
      toReader({ team: report }, { subject: { type: 'team', managerId: maria.id } }),
      'figures',
    )
    expect(figures).toContain(
      'Talk ratio: 51 %, 16–22 Nov, median of 6 people with 3 or more calls; 9–15 Nov 56 %; change of the same people down 5 points. Means: Share of the time the person spoke, averaged over their calls.',
    )
    expect(limits).toContain('People stand in alphabetical order. They are not ranked.')
    expect(limits).toContain('The figures of this period may still change: say "so far".')
  })

  it('does not say it to a group, and that nothing about one person follows', async () => {
    const { figures, limits } = await figuresInFull(inChannel({ team: report }), 'figures')
    expect(figures.find((each) => each.startsWith('Talk ratio'))).toContain('median of the people with 3 or more calls')
    expect(limits).toContain(
      'These are figures of a group. Nothing about one person follows from them, and they cannot be added or subtracted.',
    )
  })
})

describe('scorecards', () => {
  it('have average, number of scores, period and the week before; scales are kept apart', async () => {
    const cards = scorecardReport({ answered: 9, answeredBefore: 6, cards: [card({ name: 'Discovery', average: average(3.8, 3.6, 7) })] })
    const { figures, limits } = await figuresInFull(toReader({ scorecards: cards }), 'cards')
    expect(figures).toContain('Scorecards answered, 16–22 Nov: 9; 9–15 Nov: 6.')
    expect(figures).toContain('Scorecard "Discovery": average 3.8 on a scale Gong does not give over 7 scores, 16–22 Nov; 9–15 Nov 3.6.')
    expect(limits.join(' ')).toContain('Averages of different cards')
  })

  it('that may not be shown are not', async () => {
    const { figures } = await figuresInFull(
      inChannel({ scorecards: scorecardReport({ tooFewPeople: true, answered: 0, cards: [] }) }),
      'cards',
    )
    expect(figures.join(' ')).not.toMatch(/Scorecard/)
  })
})
