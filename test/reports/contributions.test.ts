// Whose figures changed between two versions of a message without names, found from what is kept with the first.
import { describe, expect, it } from 'vitest'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { keptContributions, mayReplace } from '../../src/reports/contributions.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import type { ReportContext } from '../../src/reports/section.ts'
import type { Contributions } from '../../src/stats/figures/results.ts'
import { card, earlier, now, person, stats, teamOf, week } from '../stats/world.ts'

const names = ['ana', 'ben', 'eva', 'jon', 'kai', 'zoe']
const scored = (name: string): AnsweredScorecard => ({
  ...card(name, 'maria', '2026-11-18T10:00:00Z', { overallScore: 3, overallRange: { min: 1, max: 5 } }),
  id: `card of ${name}`,
})

interface Given {
  readonly talkShare?: Readonly<Record<string, number>>
  readonly cards?: readonly AnsweredScorecard[]
}

async function contributionsOf({ talkShare = {}, cards = names.map(scored) }: Given, context: Partial<ReportContext> = {}) {
  const rows = names.map((personId) => ({ personId, callsCount: 10, talkShare: talkShare[personId] ?? 0.5 }))
  const service = stats({ people: teamOf(...names), interaction: { [now]: rows, [earlier]: rows }, scorecards: cards })
  const built = await buildDigest(
    { kind: context.subject?.type === 'person' ? 'personal' : 'team', subjectId: 'maria', remarks: [] },
    {
      subject: { type: 'team', managerId: 'maria' },
      period: week,
      audience: { type: 'group', byName: false },
      detail: 'medians',
      stats: service,
      today: '2026-11-23',
      now: new Date('2026-11-23T09:00:00Z'),
      locale: 'en-GB',
      zone: 'Europe/Berlin',
      gongAppUrl: 'https://app.gong.io',
      ...context,
    },
  )
  return built.contributions
}

const changed = (before: Contributions | undefined, after: Contributions | undefined): string[] =>
  [...(after?.of ?? [])].flatMap(([id, own]) => (before?.of.get(id) === own ? [] : [id]))

describe('the contributions to a digest without names', () => {
  it('are of everybody in the team, and change for those whose calls or cards did', async () => {
    const first = await contributionsOf({})
    expect([...(first?.of.keys() ?? [])]).toEqual(names)
    expect(changed(first, await contributionsOf({ cards: names.map(scored).toReversed() }))).toEqual([])
    const late = await contributionsOf({ talkShare: { ben: 0.6 }, cards: [...names.map(scored), { ...scored('zoe'), id: 'late' }] })
    expect(changed(first, late)).toEqual(['ben', 'zoe'])
    expect(mayReplace(first && keptContributions(first), late, false)).toBe(false)
    const five = await contributionsOf({ talkShare: Object.fromEntries(names.slice(0, 5).map((name) => [name, 0.6])) })
    expect(mayReplace(first && keptContributions(first), five, false)).toBe(true)
  })

  it('are kept without a name or a figure', async () => {
    const kept = JSON.stringify(keptContributions((await contributionsOf({ talkShare: { ben: 0.61 } })) as Contributions))
    for (const word of [...names, '0.61', 'card of']) expect(kept).not.toContain(`"${word}`)
  })

  it('are none by name, and those of the others beside a person’s own figures', async () => {
    const viewer = { slackUserId: 'U1', person: person('ana', 'maria'), standing: 'member', isAdmin: false, grants: [] } as const
    expect(await contributionsOf({}, { audience: { type: 'group', byName: true }, detail: 'by-name' })).toBeUndefined()
    const own = { subject: { type: 'person', personId: 'ana' }, audience: { type: 'person', viewer }, detail: 'by-name' } as const
    const first = await contributionsOf({}, own)
    expect([...(first?.of.keys() ?? [])]).toEqual(names.slice(1))
    expect(changed(first, await contributionsOf({ talkShare: { ana: 0.7 } }, own))).toEqual([])
  })
})
