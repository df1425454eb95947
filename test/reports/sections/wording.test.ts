// What single sections decide: which change leads, when a comparison is drawn, whom coaching names first, what a label claims.
import { describe, expect, it } from 'vitest'
import { known, noData } from '../../../src/domain/measured.ts'
import type { SectionOutput } from '../../../src/reports/section.ts'
import { activity } from '../../../src/reports/sections/activity.ts'
import { coaching } from '../../../src/reports/sections/coaching.ts'
import { conversation } from '../../../src/reports/sections/conversation.ts'
import { footnote } from '../../../src/reports/sections/footnote.ts'
import { headline } from '../../../src/reports/sections/headline.ts'
import { lookFirst } from '../../../src/reports/sections/look-first.ts'
import { people } from '../../../src/reports/sections/people.ts'
import { scorecards } from '../../../src/reports/sections/scorecards.ts'
import { teams } from '../../../src/reports/sections/teams.ts'
import { trend } from '../../../src/reports/sections/trend.ts'
import {
  ana,
  answered,
  average,
  card,
  coachingOverview,
  coachingReport,
  coverage,
  inChannel,
  kai,
  person,
  personFigures,
  personMeasure,
  personReport,
  scorecardReport,
  state,
  teamMeasure,
  teamReport,
  tess,
  toAna,
  toReader,
  trendOf,
  viewer,
} from '../../kit/report-fixtures.ts'

const said = (output: SectionOutput | undefined): string =>
  [...(output?.parts ?? []), ...(output?.thread ?? [])]
    .map((part) =>
      part.type === 'text' || part.type === 'note'
        ? part.line.plain
        : part.type === 'facts'
          ? part.facts.map(({ plain }) => plain).join(' · ')
          : part.type === 'chart'
            ? `${part.title} ${part.description}`
            : '',
    )
    .concat(output?.smallPrint ?? [])
    .join('\n')

const measuresOf = (...list: ReturnType<typeof teamMeasure>[]) => new Map(list.map((one) => [one.id, one]))

describe('headline', () => {
  it('says that it was a usual week when nothing is news', async () => {
    // Talk ratio 51 − 50 = 1 point; interactivity 6.1 − 6.0 is 2 %.
    const measures = measuresOf(
      teamMeasure('talk-ratio', known(0.51), known(0.5), 6, {
        usualRange: { low: 0.48, high: 0.54, middle: 0.51, weeks: 8 },
      }),
      teamMeasure('interactivity', known(6.1), known(6)),
    )
    expect(said(await headline.write(inChannel({ team: teamReport({ measures, trend: new Map() }) })))).toBe(
      'A usual week. Talk ratio 51 %, interactivity score 6.1.',
    )
  })

  it('does not call a week usual before it is known what is', async () => {
    const measures = measuresOf(teamMeasure('talk-ratio', known(0.51), known(0.5)))
    expect(said(await headline.write(inChannel({ team: teamReport({ measures, trend: new Map() }) })))).toBe(
      'Too few weeks yet to say what is usual: talk ratio 51 %.',
    )
  })

  it('does not invent a comparison where there is none', async () => {
    const measures = measuresOf(teamMeasure('talk-ratio', known(0.51)))
    expect(said(await headline.write(inChannel({ team: teamReport({ measures }) })))).toBe('Nothing to compare with yet: talk ratio 51 %.')
  })

  it('calls a new person new, with no comparison', async () => {
    const figures = personFigures({ ...ana, since: '2026-10-05' }, { isNew: true })
    expect(said(await headline.write(toAna({ person: personReport({ figures }) })))).toContain(
      'You are new since 5 Oct: these are first figures, too early to compare. 12 calls.',
    )
  })

  it('draws no comparison below the minimum of calls', async () => {
    const figures = personFigures(ana, { enoughCalls: false, callCount: { calls: known(2), basis: 'exact' } })
    expect(said(await headline.write(toAna({ person: personReport({ figures }) })))).toContain(
      '2 calls in this period: too few to compare.',
    )
  })
})

describe('trend', () => {
  it('leaves out weeks without a figure and says how many', async () => {
    const report = teamReport({ trend: new Map([['talk-ratio', trendOf([0.5, undefined, 0.52, undefined, 0.51, 0.5, 0.49, 0.48])]]) })
    const output = await trend.write(inChannel({ team: report }))
    expect(said(output)).toContain('Team median talk ratio, 6 weeks')
    expect(said(output)).toContain('2 weeks without enough calls left out.')
  })

  it('calls a week that was never fetched by that name, and not one without calls', async () => {
    const points = trendOf([0.5, undefined, 0.52, undefined, 0.51, 0.5, 0.49, 0.48]).map((point, index) =>
      index === 1 ? { ...point, value: noData('not-read') } : point,
    )
    const output = await trend.write(inChannel({ team: teamReport({ trend: new Map([['talk-ratio', points]]) }) }))
    expect(said(output)).toContain('1 week not fetched from Gong left out. 1 week without enough calls left out.')
  })

  it('draws nothing from a single week', async () => {
    const report = teamReport({ trend: new Map([['talk-ratio', trendOf([undefined, undefined, 0.5])]]) })
    expect(await trend.write(inChannel({ team: report }))).toBeUndefined()
  })
})

describe('conversation', () => {
  it('says which figures are missing and why, never zero', async () => {
    const measures = measuresOf(teamMeasure('talk-ratio', known(0.5)), teamMeasure('patience', noData('not-given')))
    expect(said(await conversation.write(inChannel({ team: teamReport({ measures }) })))).toContain(
      'Not shown: patience score (Gong gives none).',
    )
  })

  it('says "a call" and "longest monologue" only as the contract has it', async () => {
    const documented = said(await footnote.write(inChannel()))
    const live = said(await footnote.write(inChannel({ contract: 'live' })))
    expect(documented).toContain('Longest monologue: The single longest')
    expect(live).toContain("Longest monologue (mean): Each call's longest")
    expect(live).toContain('Gong publishes no unit')
  })

  it.each([
    ['talk-ratio', 0.7, { low: 0.43, high: 0.65, source: 'Gong 2025' }, 'above', 'Talk ratio: above the target of 43–65 % (Gong 2025).'],
    [
      'longest-monologue',
      115,
      { high: 150, source: 'Playbook' },
      'within',
      'Longest monologue: within the target of at most 2:30 (Playbook).',
    ],
    ['question-rate', 9, { low: 11, source: 'Playbook' }, 'below', 'Questions: below the target of at least 11 a call (Playbook).'],
  ] as const)('names the target of %s as one, with its source', async (measure, value, range, position, expected) => {
    const of = { ...personMeasure(measure, known(value), known(value), known(value)), target: { range: { measure, ...range }, position } }
    const figures = personFigures(ana, { measures: new Map([[measure, of]]) })
    expect(said(await conversation.write(toAna({ person: personReport({ figures }) })))).toContain(expected)
  })
})

describe('news', () => {
  it('names first whoever went against the others: the headline says the rest', async () => {
    const row = (who: typeof ana, direction: 'up' | 'down', size: number) =>
      personFigures(who, {
        measures: new Map([
          [
            'talk-ratio',
            {
              ...personMeasure('talk-ratio', known(direction === 'up' ? 0.6 : 0.44), known(0.52)),
              usualRange: { low: 0.5, middle: 0.52, high: 0.54, weeks: 8 },
              news: { direction, why: 'outside-usual', size },
            },
          ],
        ]),
      })
    const people = [row(ana, 'down', 9), row(tess, 'up', 1.5)]
    const words = said(await headline.write(toReader({ team: teamReport({ people }) })))
    expect(words).toContain('5 of 6 talked less')
    expect(words).toContain('Unusual for Tess (talk ratio 60 %, usually 50–54 %) and Ana (talk ratio 44 %, usually 50–54 %).')
  })

  it('of a person says where the figure lies against a target that has a source', async () => {
    const news = { direction: 'up', why: 'outside-usual', size: 3 } as const
    const of = {
      ...personMeasure('talk-ratio', known(0.7), known(0.6), known(0.54)),
      news,
      target: { range: { measure: 'talk-ratio', low: 0.43, high: 0.65, source: 'Gong 2025' }, position: 'above' },
    } as const
    const figures = personFigures(ana, { measures: new Map([['talk-ratio', of]]) })
    expect(said(await headline.write(toAna({ person: personReport({ figures }) })))).toContain(
      'Your talk ratio rose to 70 %; you usually have 54 %. That is above the target of 43–65 % (Gong 2025).',
    )
  })
})

describe('activity', () => {
  it('holds the counts of a leave week against its calls', async () => {
    const comments = {
      ...personMeasure('comments-received', known(1), known(4)),
      perCall: { value: known(0.25), before: known(0.38), change: known(-0.1) },
    }
    const figures = personFigures(ana, { isShort: true, measures: new Map([['comments-received', comments]]) })
    expect(said(await activity.write(toAna({ person: personReport({ figures }) })))).toContain(
      '1 comment received (0.3 a call, 0.4 the week before; down 0.1)',
    )
  })

  it('does not compare the sum of a holiday week', async () => {
    expect(said(await activity.write(inChannel({ team: teamReport({ isShort: true }) })))).toContain(
      '54 calls hosted (49 the week before); a holiday or leave week among the two, so not compared',
    )
  })
})

describe('scorecards', () => {
  it('shows the scale only where it is known, and machines apart from people', async () => {
    const cards = [
      card({ average: { ...average(3.8, 3.6), range: { min: 1, max: 5 } }, questions: [] }),
      card({ scorecardId: 'x', name: 'Coverage', method: 'automatic', average: average(40), questions: [], answered: 2 }),
    ]
    const words = said(await scorecards.write(inChannel({ scorecards: scorecardReport({ cards }) })))
    expect(words).toContain('Discovery 3.8 of 5, up 0.2 from 3.6 (7 cards)')
    expect(words).toContain('Coverage (automatic) 40.0 (7 cards)')
  })

  it('links every single card to its call', async () => {
    const report = scorecardReport({ single: [answered(), answered({ id: 'a2', callId: '99' })] })
    const output = await scorecards.write(toReader({ scorecards: report }))
    const mrkdwn = JSON.stringify(output)
    expect(mrkdwn).toContain('https://app.gong.io/call?id=7782342274025937895')
    expect(mrkdwn).toContain('https://app.gong.io/call?id=99')
  })

  it('shows no lowest question when all are the same', async () => {
    const questions = ['a', 'b'].map((questionId) => ({ questionId, text: questionId, average: average(3), notApplicable: 0 }))
    expect(said(await scorecards.write(inChannel({ scorecards: scorecardReport({ cards: [card({ questions })] }) })))).not.toContain(
      'lowest question',
    )
  })
})

/** Reads a team somebody else coaches. */
const aLeader = { audience: { type: 'person' as const, viewer: viewer(person('200', 'Noor Aziz')) } }

describe('look at first', () => {
  it('names those longest without coaching to their coach, with the call and the way to prepare', async () => {
    const output = await lookFirst.write(toReader())
    const rows = output?.parts.flatMap((part) => (part.type === 'item' ? [part] : []))
    expect(rows?.map(({ line }) => line.plain)).toEqual([
      '• Ben Okafor: no scorecard from you for 4 weeks (last 23 Oct). Lowest since: Discovery, 12 Nov, "Agreed next step" 2.0',
      '• Tess Byrne: no scorecard from you for 3 weeks (last 30 Oct)',
    ])
    expect(rows?.[0]?.controls.map((control) => (control.type === 'button' ? control.label : ''))).toEqual(['Open call', 'Prepare 1:1'])
    expect(output?.shows).toEqual(['102', '108'])
  })

  it('is for the coach alone', async () => {
    expect(await lookFirst.write(toReader({}, aLeader))).toBeUndefined()
    expect(await lookFirst.write(inChannel({}, { audience: { type: 'group', byName: true }, detail: 'by-name' }))).toBeUndefined()
  })
})

describe('teams', () => {
  it('are one row each to whoever leads them, each a press away, and those to look at are named with the reason', async () => {
    const output = await teams.write(toReader({}, { subject: { type: 'org', managerId: '100' } }))
    const [head, table, buttons] = output?.parts ?? []
    expect(head?.type === 'text' && head.line.plain).toContain("2 teams to look at: Maria Lind's (5 of 6 talked less, to 51 %)")
    expect(table?.type === 'table' && table.rows.length).toBe(2)
    const [select] = buttons?.type === 'buttons' ? buttons.controls : []
    expect(select?.type === 'select' && select.options.map(({ value }) => value)).toEqual([
      '/gong-stats gong:100 team 2026-11-16..2026-11-22',
      '/gong-stats gong:200 team 2026-11-16..2026-11-22',
    ])
  })

  it.each([
    [3, /^3 teams to look at: Leader 1's \([^)]+\), Leader 2's \([^)]+\) and Leader 3's \([^)]+\)\.$/],
    // The fourth takes the room of "1 more".
    [4, /^4 teams to look at: Leader 1's .*, Leader 3's \([^)]+\) and Leader 4's \([^)]+\)\.$/],
    [5, /^5 teams to look at: Leader 1's .*, Leader 3's \([^)]+\) and 2 more\.$/],
  ])('of %i to look at name three, and a fourth rather than hide it alone', async (count, expected) => {
    const [manager] = coachingOverview().managers
    if (!manager) throw new Error('no manager')
    const managers = Array.from({ length: count }, (_, index) => ({ ...manager, manager: person(`${900 + index}`, `Leader ${index + 1}`) }))
    const output = await teams.write(
      toReader({ coachingOverview: coachingOverview({ managers }) }, { subject: { type: 'org', managerId: '100' } }),
    )
    const [head] = output?.parts ?? []
    expect(head?.type === 'text' && head.line.plain).toMatch(expected)
  })

  it('say nothing of one team, without names, and in a channel', async () => {
    expect(await teams.write(toReader())).toBeUndefined()
    const org = { subject: { type: 'org', managerId: '100' } } as const
    expect(await teams.write(toReader({}, { ...org, detail: 'medians' }))).toBeUndefined()
    expect(await teams.write(inChannel({}, { ...org, audience: { type: 'group', byName: true }, detail: 'by-name' }))).toBeUndefined()
  })
})

describe('coaching', () => {
  it('names first who was never coached, then the longest ago; new and absent people last', async () => {
    const reports = [
      coverage(ana, { weeksSince: known(3) }),
      coverage(kai, { isNew: true }),
      coverage(tess),
      coverage(person('9', 'Zoe Away'), { weeksSince: known(9), callsInPeriod: known(0) }),
    ]
    const words = said(await coaching.write(toReader({ coaching: coachingReport({ reports }) }, aLeader)))
    expect(words).toContain('Longest without: Tess (none on record) and Ana (3 weeks).')
    expect(words.indexOf('Tess Byrne')).toBeLessThan(words.indexOf('Ana Diaz'))
    expect(words.indexOf('Kai Tanaka (new)')).toBeGreaterThan(words.indexOf('Ana Diaz'))
  })

  it('shows nobody a lowest answer of their own: it may be of a card for managers alone', async () => {
    const { reports } = coachingReport()
    const ben = reports.find(({ lowest }) => lowest)?.report
    const asked = async (of: typeof ben) => {
      const audience = { type: 'person' as const, viewer: viewer(of, { grants: [{ type: 'viewer', orgOf: '100' }] }) }
      return said(await coaching.write(toReader({ coaching: coachingReport() }, { audience })))
    }
    expect(await asked(kai)).toContain('To hear first: Ben')
    expect(await asked(kai)).toContain('lowest since: Discovery, 12 Nov, "Agreed next step" 2')
    const own = await asked(ben)
    expect(own).toContain('Ben')
    expect(own).not.toContain('Agreed next step')
  })

  it('is longest without a scorecard where Gong counts other coaching too, and tells 4 weeks unless all were coached in 2', async () => {
    const reports = [coverage(ana, { weeksSince: known(3) }), coverage(tess)]
    const coached = async (coachedIn2Weeks: number, coachedIn4Weeks: number) =>
      said(
        await coaching.write(
          toReader({ coaching: coachingReport({ reports, coachedIn2Weeks, coachedIn4Weeks, basis: 'per-report' }) }, aLeader),
        ),
      )
    expect(await coached(2, 2)).toMatch(/2 of 2 people coached in the last 2 weeks \(5 a week before\)\. Longest without a scorecard: Tess/)
    expect(await coached(0, 0)).toMatch(
      /0 of 2 people coached in the last 2 weeks \(5 a week before\); 0 of 2 in the last 4 weeks\. Longest without a scorecard: Tess/,
    )
  })

  it.each([
    ['2026-11-16', '2026-11-23', '2026-11-09', '2026-11-16', '5 a week before'],
    // Monday and Tuesday of a week are held against those of the week before.
    ['2026-11-16', '2026-11-18', '2026-11-09', '2026-11-11', '5 a week before'],
    ['2026-10-01', '2026-11-01', '2026-09-01', '2026-10-01', '5 a month before'],
    ['2026-07-01', '2026-10-01', '2026-04-01', '2026-07-01', '5 by 30 Jun'],
    ['2026-11-02', '2026-11-16', '2026-10-19', '2026-11-02', '5 by 1 Nov'],
  ])('from %s to %s compares with how many were coached by the end of %s to %s: %s', async (from, to, beforeFrom, beforeTo, was) => {
    const report = coachingReport({ period: { from, to }, before: { from: beforeFrom, to: beforeTo } })
    expect(said(await coaching.write(toReader({ coaching: report }, aLeader)))).toContain(`coached in the last 2 weeks (${was}); 6 of `)
  })

  it('never speaks in a channel, even by name', async () => {
    expect(await coaching.write(inChannel({}, { audience: { type: 'group', byName: true }, detail: 'by-name' }))).toBeUndefined()
  })
})

describe('people', () => {
  it('are in the order given, with a note instead of a low figure for the new and the absent', async () => {
    const rows = [personFigures(ana), personFigures(kai, { isNew: true }), personFigures(tess, { quiet: true, measures: new Map() })]
    const output = await people.write(toReader({ team: teamReport({ people: rows }) }))
    const [table] = output?.parts ?? []
    expect(
      table?.type === 'table' && table.rows.map((row) => [row[0], row.at(-1)].map((cell) => (cell?.type === 'text' ? cell.text : ''))),
    ).toEqual([
      ['Ana Diaz', '–'],
      ['Kai Tanaka', 'new'],
      ['Tess Byrne', 'away'],
    ])
  })
})

describe('footnote', () => {
  it('says when the figures were read, in the reader’s zone, and what was set aside', async () => {
    const words = said(
      await footnote.write(
        toReader({ team: teamReport({ state: state({ quarantined: 2, mayMove: false }) }) }, { zone: 'America/New_York' }),
      ),
    )
    expect(words).toContain('Berlin time, fetched Mon 02:41 your time. 2 records set aside: impossible values.')
  })

  it('says that nothing was read rather than that nothing happened', async () => {
    const { readAt: _never, ...unread } = state()
    expect(said(await footnote.write(inChannel({ team: teamReport({ state: unread }) })))).toContain('not yet fetched from Gong')
  })
})
