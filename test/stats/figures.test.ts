import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { InteractionFigures } from '../../src/domain/gong-figures.ts'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import { createStatsService } from '../../src/stats/service.ts'
import { fakeReads } from './fake-reads.ts'
import { earlier, now, person, stats, teamOf, valueOrWhy, week } from './world.ts'

const talks = (personId: string, talkShare: number, callsCount = 5): InteractionFigures => ({ personId, talkShare, callsCount })
const weekKeys = [
  '2026-09-21..2026-09-27',
  '2026-09-28..2026-10-04',
  '2026-10-05..2026-10-11',
  '2026-10-12..2026-10-18',
  '2026-10-19..2026-10-25',
  '2026-10-26..2026-11-01',
  '2026-11-02..2026-11-08',
  earlier,
]

describe('a person’s figures', () => {
  it('are Gong’s own, with the change and the usual week beside them', async () => {
    const shares = [0.5, 0.52, 0.54, 0.56, 0.58, 0.6, 0.62, 0.55]
    const interaction = Object.fromEntries(weekKeys.map((key, index) => [key, [talks('ana', shares[index] ?? 0)]]))
    const report = await stats({ people: teamOf('ana'), interaction: { ...interaction, [now]: [talks('ana', 0.48, 12)] } }).person(
      'ana',
      week,
    )
    const talk = report.figures.measures.get('talk-ratio')
    expect(valueOrWhy(talk?.value)).toBe(0.48)
    expect(valueOrWhy(talk?.before)).toBe(0.55)
    expect(valueOrWhy(talk?.change)).toBe(-0.07)
    // Sorted: .50 .52 .54 .55 .56 .58 .60 .62; the middle two are .55 and .56.
    expect(valueOrWhy(talk?.usualWeek)).toBe(0.555)
    // 48 % against 56 %, as printed.
    expect(valueOrWhy(talk?.changeFromUsualWeek)).toBe(-0.08)
    expect(talk?.target).toMatchObject({ position: 'within', range: { low: 0.43, high: 0.65, source: 'Gong 2025' } })
    expect(report.figures.callCount).toEqual({ calls: { known: true, value: 12 }, basis: 'exact' })
    expect(report.trend.get('talk-ratio')?.map((point) => valueOrWhy(point.value))).toEqual([...shares, 0.48])
  })

  it('with too few calls are shown but neither compared nor held against a target', async () => {
    const report = await stats({
      people: teamOf('ana'),
      interaction: { [now]: [talks('ana', 0.9, 2)], [earlier]: [talks('ana', 0.5, 9)] },
    }).person('ana', week)
    const talk = report.figures.measures.get('talk-ratio')
    expect([valueOrWhy(talk?.value), valueOrWhy(talk?.change), valueOrWhy(talk?.changeFromUsualWeek), talk?.target]).toEqual([
      0.9,
      'too-few-calls',
      'too-few-calls',
      undefined,
    ])
    expect(report.figures.enoughCalls).toBe(false)
  })

  it('a week without calls has no talk ratio: no row, and a row with callsCount 0', async () => {
    const people = teamOf('ana', 'ben')
    const report = await stats({
      people,
      interaction: { [now]: [talks('ben', 0), { personId: 'ana', callsCount: 0, talkShare: 0 }] },
    }).person('ana', week)
    expect(valueOrWhy(report.figures.measures.get('talk-ratio')?.value)).toBe('no-calls')
    const absent = await stats({ people }).person('ana', week)
    expect(valueOrWhy(absent.figures.measures.get('talk-ratio')?.value)).toBe('no-calls')
    expect(valueOrWhy(absent.figures.callCount.calls)).toBe(0)
  })

  it('are of somebody away where others had calls, and of a holiday where nobody had', async () => {
    const people = teamOf('ana', 'ben')
    const isQuiet = async (interaction: Record<string, InteractionFigures[]>) =>
      (await stats({ people, interaction }).team({ type: 'team', managerId: 'maria' }, week, 'by-name')).people.map(({ quiet }) => quiet)
    expect(await isQuiet({ [now]: [talks('ben', 0), { personId: 'ana', callsCount: 0, talkShare: 0 }] })).toEqual([true, false])
    expect(await isQuiet({})).toEqual([false, false])
  })

  it('say why they are missing: not read, set aside, not given', async () => {
    const people = teamOf('ana')
    const talkOf = async (tables: Parameters<typeof stats>[0]) =>
      valueOrWhy((await stats(tables).person('ana', week)).figures.measures.get('talk-ratio')?.value)
    expect(await talkOf({ people, unread: [now] })).toBe('not-read')
    expect(await talkOf({ people, quarantined: ['ana'] })).toBe('quarantined')
    expect(await talkOf({ people, interaction: { [now]: [{ personId: 'ana', callsCount: 4 }] } })).toBe('not-given')
  })

  it('a usual week needs three weeks with enough calls, and others are no part of it', async () => {
    const rows = (third: number) => ({
      [weekKeys[5] ?? '']: [talks('ana', 0.4)],
      [weekKeys[6] ?? '']: [talks('ana', 0.6)],
      [earlier]: [talks('ana', 0.99, third)],
      [now]: [talks('ana', 0.5)],
    })
    const usual = async (third: number) =>
      valueOrWhy(
        (await stats({ people: teamOf('ana'), interaction: rows(third) }).person('ana', week)).figures.measures.get('talk-ratio')
          ?.usualWeek,
      )
    expect(await usual(2)).toBe('no-comparison')
    expect(await usual(3)).toBe(0.6)
  })

  it('live: n is hosted + attended of the same window, and patience is in seconds', async () => {
    const service = stats({
      people: teamOf('ana'),
      tenant: { contract: 'live' },
      interaction: { [now]: [{ personId: 'ana', talkShare: 0.5 }] },
      activity: { [now]: [{ personId: 'ana', callsAsHost: 4, callsAttended: 3 }] },
    })
    const { figures } = await service.person('ana', week)
    expect(figures.callCount).toEqual({ calls: { known: true, value: 7 }, basis: 'in-period' })
    const words = new Map((await service.measures()).map((measure) => [measure.id, measure]))
    expect(words.get('patience')?.unit).toBe('seconds')
    expect(words.get('question-rate')?.unit).toBe('none')
    expect(words.get('longest-monologue')?.label).toBe('Longest monologue (mean)')
    expect(words.has('recordings-accessed')).toBe(false)
    expect(figures.measures.has('recordings-accessed')).toBe(false)
  })

  it('documented: no customer stories, questions per call', async () => {
    const words = new Map((await stats({ people: [] }).measures()).map((measure) => [measure.id, measure]))
    expect(words.has('longest-customer-story')).toBe(false)
    expect(words.get('question-rate')?.unit).toBe('per-call')
    expect(words.size).toBe(13)
  })

  it('people in their first 90 days are new', async () => {
    // 90 days before 22 November 2026 is 24 August.
    const service = stats({
      people: [person('ana', undefined, { since: '2026-08-25' }), person('ben', undefined, { since: '2026-08-24' }), person('kai')],
    })
    const isNew = async (id: string) => (await service.person(id, week)).figures.isNew
    expect([await isNew('ana'), await isNew('ben'), await isNew('kai')]).toEqual([true, false, false])
  })

  it('a leave week is compared per call', async () => {
    const { figures } = await stats({
      people: teamOf('ana'),
      interaction: { [now]: [talks('ana', 0.5, 4)], [earlier]: [talks('ana', 0.5, 10)] },
      activity: {
        [now]: [{ personId: 'ana', callsAsHost: 4, callsGaveComments: 2 }],
        [earlier]: [{ personId: 'ana', callsAsHost: 10, callsGaveComments: 4 }],
      },
    }).person('ana', week)
    // 4 of 10 calls is under half. Comments: 2 ÷ 4 = 0.5 a call against 4 ÷ 10 = 0.4.
    expect(figures.isShort).toBe(true)
    const comments = figures.measures.get('comments-given')
    expect([
      valueOrWhy(comments?.change),
      valueOrWhy(comments?.perCall?.value),
      valueOrWhy(comments?.perCall?.before),
      valueOrWhy(comments?.perCall?.change),
    ]).toEqual(['no-comparison', 0.5, 0.4, 0.1])
    expect(valueOrWhy(figures.measures.get('calls-hosted')?.perCall?.value)).toBe('no-comparison')
    expect(valueOrWhy(figures.measures.get('talk-ratio')?.change)).toBe(0)
  })

  it('days without a record are empty, unread ones unknown', async () => {
    const { daily } = await stats({ people: teamOf('ana'), daily: [{ personId: 'ana', date: '2026-11-17', callsAsHost: 3 }] }).person(
      'ana',
      week,
    )
    expect(daily.map((day) => valueOrWhy(day.callsAsHost))).toEqual([
      'no-calls',
      3,
      'no-calls',
      'no-calls',
      'no-calls',
      'no-calls',
      'no-calls',
    ])
    expect(valueOrWhy(daily[1]?.callsAttended)).toBe('not-given')
  })
})

describe('a team’s figures', () => {
  const names = ['ana', 'ben', 'eva', 'jon', 'kai', 'zoe']

  it('are medians over people with enough calls; the change is of the same people in both periods', async () => {
    const report = await stats({
      people: teamOf(...names),
      interaction: {
        // zoe has 2 calls now, ana had none before.
        [now]: [talks('ana', 0.4), talks('ben', 0.5), talks('eva', 0.6), talks('jon', 0.7), talks('kai', 0.9), talks('zoe', 0.1, 2)],
        [earlier]: [talks('ben', 0.6), talks('eva', 0.6), talks('jon', 0.8), talks('kai', 0.9), talks('zoe', 0.7)],
      },
    }).team({ type: 'team', managerId: 'maria' }, week, 'by-name')
    const talk = report.measures.get('talk-ratio')
    // Now .4 .5 .6 .7 .9 → .6; before .6 .6 .7 .8 .9 → .7.
    expect([valueOrWhy(talk?.value), talk?.people, valueOrWhy(talk?.before)]).toEqual([0.6, 5, 0.7])
    // ben, eva, jon, kai: now .5 .6 .7 .9 → .65; before .6 .6 .8 .9 → .7.
    expect(valueOrWhy(talk?.change)).toBe(-0.05)
    expect(report.counts).toEqual({ members: 6, enoughCalls: 5, tooFewCalls: 1, noCalls: 0, neverRead: 0 })
    expect(report.people).toHaveLength(6)
    expect(valueOrWhy(report.trend.get('talk-ratio')?.at(-1)?.value)).toBe(0.6)
  })

  it('add up calls hosted and nothing else', async () => {
    const report = await stats({
      people: teamOf('ana', 'ben'),
      activity: {
        [now]: [
          { personId: 'ana', callsAsHost: 4, callsAttended: 9 },
          { personId: 'ben', callsAsHost: 7, callsAttended: 9 },
        ],
      },
    }).team({ type: 'team', managerId: 'maria' }, week, 'by-name')
    expect(valueOrWhy(report.measures.get('calls-hosted')?.value)).toBe(11)
    expect(valueOrWhy(report.measures.get('calls-attended')?.value)).toBe('not-given')
  })

  it('cost two reads a week, however many people, and by name one more for the days', async () => {
    const reads = fakeReads({ people: teamOf(...Array.from({ length: 200 }, (_, index) => `p${index}`)) })
    const service = createStatsService({
      reads,
      minimumCalls: 3,
      minimumGroup: 5,
      weekStart: 1,
      targets: [],
      unmarkedScorecards: 'show',
      onlookers: async () => everyLeaderAlone,
      clock: movableClock(new Date('2026-11-23T08:00:00Z')),
    })
    await service.team({ type: 'team', managerId: 'maria' }, week, 'medians')
    expect(reads.asked).toHaveLength(9 * 2)
    reads.asked.length = 0
    await service.team({ type: 'team', managerId: 'maria' }, week, 'by-name')
    expect(reads.asked).toHaveLength(9 * 2 + 1)
  })

  it('say how old they are and whether they may move', async () => {
    const { state } = await stats({ people: teamOf('ana'), unreadPeople: ['ana'], readAt: new Date('2026-11-29T22:30:00Z') }).team(
      { type: 'team', managerId: 'maria' },
      week,
      'by-name',
    )
    // 29 November 23:30 in Berlin: six days after the week ended.
    expect(state).toMatchObject({ mayMove: true, neverRead: 1, contract: 'documented', zone: 'Europe/Berlin' })
    const later = await stats({ people: teamOf('ana'), readAt: new Date('2026-11-29T23:30:00Z') }).team(
      { type: 'team', managerId: 'maria' },
      week,
      'by-name',
    )
    expect(later.state.mayMove).toBe(false)
  })

  it('nobody in the team is no crash', async () => {
    const report = await stats({ people: teamOf() }).team({ type: 'team', managerId: 'maria' }, week, 'medians')
    expect(valueOrWhy(report.measures.get('talk-ratio')?.value)).toBe('too-few-people')
    expect(report.members).toEqual([])
  })
})
