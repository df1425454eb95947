// Who may see a digest at the moment it is built: the owner's right, the reader's, and names in channels.

import { describe, expect, it } from 'vitest'
import { buildPreview } from '../../src/digests/build-digest.ts'
import { type BuildDeps, prepare } from '../../src/digests/prepare.ts'
import type { PastPlace } from '../../src/domain/person.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { orgChart } from '../../src/domain/team.ts'
import type { StatsService } from '../../src/stats/results.ts'
import { people, viewers } from '../bot/commands/company.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { above } from '../stats/world.ts'
import { audience, by, delivery, digest, introduced, parts, to } from './rights-parts.ts'

const outcome = async (change: Partial<Subscription>, readers = audience(false, viewers.rep)) => {
  const prepared = await prepare(digest(change), delivery, readers, parts)
  return prepared.type === 'hold' ? prepared.reason : prepared
}

describe("the owner's right", () => {
  it('holds a digest back once it is lost: to post in a channel, the team by name', async () => {
    expect(await outcome(by(viewers.manager))).toMatchObject({ type: 'prepared' })
    expect(await outcome(by(viewers.boss))).toMatchObject({ type: 'prepared' })
    // Ana may see the medians of her own team, and have them sent to herself, but not post them.
    expect(await outcome(by(viewers.rep))).toBe('owner-rights')
    expect(await outcome({ ...by(viewers.rep), ...to(viewers.rep) })).toMatchObject({ type: 'prepared', context: { detail: 'medians' } })
    for (const owner of [viewers.leaver, viewers.guest, viewers.outsider, viewers.coach])
      expect(await outcome(by(owner))).toBe('owner-rights')
  })

  it('does not matter to the direct messages of a programme: they rest on their readers', async () => {
    const ofProgramme = { programmeId: 'p1', ...by(viewers.leaver) }
    expect(await outcome({ ...ofProgramme, ...to(viewers.manager) })).toMatchObject({ type: 'prepared', context: { detail: 'by-name' } })
    expect(await outcome({ ...ofProgramme, kind: 'personal', subjectId: '3', ...to(viewers.rep) })).toMatchObject({ type: 'prepared' })
    expect(await outcome({ ...ofProgramme, ...to(viewers.coach) })).toBe('recipient')
    expect(await outcome(ofProgramme)).toBe('owner-rights')
  })
})

describe("the reader's right", () => {
  it('is asked of whoever gets it by direct message', async () => {
    expect(await outcome({ kind: 'personal', subjectId: '3', ...to(viewers.rep) })).toMatchObject({ context: { detail: 'by-name' } })
    for (const reader of [viewers.coach, viewers.leaver, viewers.guest]) {
      expect(await outcome({ kind: 'personal', subjectId: '3', ...to(reader) })).toBe('recipient')
    }
  })

  it('to a manager digest is the right to the team by name', async () => {
    expect(await outcome({ kind: 'manager', ...to(viewers.boss) })).toMatchObject({ context: { detail: 'by-name' } })
    expect(await outcome({ kind: 'manager', ...to(viewers.rep) })).toBe('recipient')
    expect(await outcome({ kind: 'team', ...to(viewers.rep) })).toMatchObject({ context: { detail: 'medians' } })
  })

  it('to a reminder is to be the coach it is for', async () => {
    expect(await outcome({ kind: 'reminder', ...to(viewers.boss) })).toBe('recipient')
  })
})

describe('a subject that is not there', () => {
  it.each([
    ['a person who has left', { kind: 'personal', subjectId: '9' }],
    ['a person nobody knows', { kind: 'personal', subjectId: '99' }],
    ['a manager nobody reports to any more', { kind: 'team', subjectId: '3' }],
  ] as const)('%s holds it back', async (_what, change) => {
    expect(await outcome({ ...change, ...to(viewers.manager) })).toBe('subject-left')
  })
})

describe('names in a channel', () => {
  const shown = { showNames: true }

  it.each<[string, string, PastPlace, boolean]>([
    ['left the team on Monday', '8', { until: '2026-11-23', active: true, managerId: '2' }, false],
    ['left the company seven weeks ago', '9', { until: '2026-10-06', active: true, managerId: '2' }, false],
    ['came from another team', '3', { until: '2026-11-23', active: true, managerId: '7' }, false],
    ['was here for a day', '7', { until: '2026-11-23', active: true, managerId: '2' }, false],
    ['was hired', '3', { until: '2026-11-23', active: false }, true],
    ['left long ago', '8', { until: '2026-06-01', active: true, managerId: '2' }, true],
    ['left another team', '8', { until: '2026-11-23', active: true, managerId: '7' }, true],
  ])('are left out while the team of then is another, as where somebody %s', async (_what, id, place, named) => {
    const chart = orgChart(people.map((each) => (each.id === id ? { ...each, pastPlaces: [place] } : each)))
    const readers = audience(true, viewers.rep, viewers.manager)
    const prepared = await prepare(digest(shown), delivery, readers, { ...parts, chart: async () => chart })
    const dropped = { namesDropped: { outsiders: [], isPublic: false, hasMoved: true } }
    expect(prepared).toMatchObject({ context: { detail: named ? 'by-name' : 'medians' }, ...(!named && dropped) })
  })

  it('are shown where they were switched on and all readers belong to the team or may see it by name', async () => {
    const inside = audience(true, viewers.rep, viewers.manager, viewers.boss, viewers.admin)
    expect(await outcome(shown, inside)).toMatchObject({ context: { detail: 'by-name', audience: { byName: true } } })
    expect(await outcome({}, inside)).toMatchObject({ context: { detail: 'medians', audience: { byName: false } } })
    const request = await outcome(shown, inside)
    expect(request).toMatchObject({ request: { remarks: ['names shown: switched on by Name of U2'], mentions: ['U2'] } })
    expect(request).not.toHaveProperty('namesDropped', expect.anything())
  })

  it('are dropped, and it is said why, where somebody else reads along or the channel is not private', async () => {
    const outsider = await outcome(shown, audience(true, viewers.rep, viewers.coach))
    expect(outsider).toMatchObject({
      context: { detail: 'medians' },
      namesDropped: { outsiders: ['U8'], isPublic: false },
      request: { remarks: [] },
    })
    const isPublic = await outcome(shown, audience(false, viewers.rep))
    expect(isPublic).toMatchObject({ context: { detail: 'medians' }, namesDropped: { outsiders: [], isPublic: true } })
  })

  it('never where the company forbids them', async () => {
    const forbidden = { ...parts, namesInChannels: 'never' as const }
    const prepared = await prepare(digest(shown), delivery, audience(true, viewers.rep), forbidden)
    expect(prepared).toMatchObject({ context: { detail: 'medians' } })
    expect(prepared).not.toHaveProperty('namesDropped', expect.anything())
  })
})

describe('the introduction', () => {
  const forAna = { kind: 'personal', subjectId: '3', ...to(viewers.rep) } as const

  it('stands in the first message that somebody else switched on, and in no later one', async () => {
    const byProgramme = await outcome({ ...forAna, programmeId: 'p1', ...by(viewers.admin) })
    const introduction = { switchedOnBy: 'Name of U90', org: "Olga Boss's organization" }
    expect(byProgramme).toMatchObject({ introduces: 'U3', request: { introduction, mentions: [viewers.admin.slackUserId, '1'] } })
    expect(await outcome(forAna)).toMatchObject({ request: { introduction: { switchedOnBy: 'Name of U2', org: 'you' } } })
    introduced.add('U3')
    for (const change of [forAna, { ...forAna, programmeId: 'p1' }]) {
      const later = await outcome(change)
      expect(later).not.toHaveProperty('introduces', expect.anything())
      expect(later).not.toHaveProperty('request.introduction', expect.anything())
    }
    introduced.clear()
  })

  it('is not for what one set up oneself, and is still to come then', async () => {
    const own = await outcome({ ...forAna, ...by(viewers.rep) })
    expect(own).toMatchObject({ type: 'prepared' })
    expect(own).not.toHaveProperty('introduces', expect.anything())
  })
})

describe('somebody a coach marked as not theirs', () => {
  // Maria (2) coaches Ana (3), Kai and Lena; Ben (4) she marked Not mine.
  const asked: (readonly [string, readonly string[] | undefined])[] = []
  const withBen = {
    ...parts,
    notMineOf: async (coachId: string) => new Set(coachId === '2' ? ['4'] : []),
    stats: {
      coaching: async (managerId: string, _period: unknown, _viewer: unknown, reportIds?: readonly string[]) =>
        void asked.push([managerId, reportIds]),
    },
  } as unknown as BuildDeps
  const coachingOf = async (stats: StatsService, ...of: readonly string[]) => {
    asked.length = 0
    for (const managerId of of) await stats.coaching(managerId, { from: '2026-11-16', to: '2026-11-23' }, above)
    return asked
  }

  it("is in no coaching of the coach's own digest; the digest of another leader still has them", async () => {
    const own = await prepare(digest({ kind: 'manager', ...to(viewers.manager) }), delivery, undefined, withBen)
    if (own.type === 'hold') throw new Error(own.reason)
    expect(await coachingOf(own.context.stats, '2', '7')).toEqual([
      ['2', ['3', '5', '6']],
      ['7', undefined],
    ])
    const boss = await prepare(digest({ kind: 'manager', ...to(viewers.boss), ...by(viewers.boss) }), delivery, undefined, withBen)
    if (boss.type === 'hold') throw new Error(boss.reason)
    expect(await coachingOf(boss.context.stats, '2')).toEqual([['2', undefined]])
  })

  it('is in no preview of it either', async () => {
    let stats: StatsService | undefined
    const build: BuildDeps['build'] = async (_request, context) => {
      stats = context.stats
      return { message: { summary: '', parts: [] }, isEmpty: false, shows: [], mentions: [], figures: {} }
    }
    const { recurrence } = teamDigest()
    const draft = { kind: 'manager', subjectId: '2', showNames: false, recurrence, ...to(viewers.manager) } as const
    await buildPreview(viewers.manager, draft, { ...withBen, build })
    expect(stats && (await coachingOf(stats, '2'))).toEqual([['2', ['3', '5', '6']]])
  })
})
