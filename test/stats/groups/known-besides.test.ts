// Readers who see some of a team by name, and hold what is left of the team's figure: leads since a move, coaches, granted viewers.
// Calls are powers of two, so that a sum tells whose are in it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reader } from '../../../src/domain/onlookers.ts'
import type { Person } from '../../../src/domain/person.ts'
import { type Grant, maySee, type Viewer } from '../../../src/domain/policy.ts'
import { type OrgChart, orgChart } from '../../../src/domain/team.ts'
import { besidesOf } from '../../../src/stats/groups/known-besides.ts'
import { card, now, person, stats, teamOf, valueOrWhy, week } from '../world.ts'

const team = { type: 'team', managerId: 'maria' } as const

const readerOf = (people: readonly Person[], id: string, ...grants: readonly Grant[]): Viewer => {
  const matched = people.find((each) => each.id === id)
  return { slackUserId: 'U1', ...(matched && { person: matched }), standing: 'member', isAdmin: false, grants }
}

const coachOf = (...ids: readonly string[]): Grant[] => ids.map((personId) => ({ type: 'coach', personId }))

function company(people: readonly Person[], without: readonly string[] = []) {
  const ids = people.map(({ id }) => id).filter((id) => id !== 'maria' && !without.includes(id))
  const service = stats({
    people,
    interaction: { [now]: ids.map((personId) => ({ personId, callsCount: 5, talkShare: 0.5 })) },
    activity: { [now]: ids.map((personId, at) => ({ personId, callsAsHost: 2 ** at })) },
    scorecards: ids.map((id) => card(id, 'maria', '2026-11-18T10:00:00Z', { overallScore: 2, overallRange: { min: 0, max: 5 } })),
  })
  return {
    /** The team's calls hosted and talk ratio, and how many cards count. */
    async shownTo(reader?: Reader) {
      const { measures, counts } = await service.team(team, week, 'medians', reader)
      const cards = await service.scorecards(team, week, { type: 'group', ...(reader && { reader }) })
      const figures = [measures.get('calls-hosted')?.value, measures.get('talk-ratio')?.value].map(valueOrWhy)
      return [...figures, counts.enoughCalls, cards.tooFewPeople ? 'too-few-people' : cards.answered]
    },
    besides: async (personId: string, reader: Viewer) =>
      valueOrWhy((await service.person(personId, week, reader)).team.get('calls-hosted')?.value),
  }
}

const withheld = ['too-few-people', 'too-few-people', undefined, 'too-few-people']

describe('a team’s figures without names', () => {
  it('are withheld from one of it who leads most of the others since: the rest would be the last one’s', async () => {
    // Until the 24th Maria led all six; since then Rui leads four of them.
    const led = { pastPlaces: [{ until: '2026-11-24', active: true, managerId: 'maria' }] }
    const people = [...teamOf('rui', 'eve'), ...['a', 'b', 'c', 'd'].map((id) => person(id, 'rui', led))]
    const { shownTo } = company(people)
    expect(await shownTo(readerOf(people, 'rui'))).toEqual(withheld)
    // 1 + 2 + 4 + 8 + 16 + 32 = 63; Eve sees nobody’s but her own.
    expect(await shownTo(readerOf(people, 'eve'))).toEqual([63, 0.5, 6, 6])
  })

  it('are withheld from one of it who led most of the others until within the week, and from who led those who led them', async () => {
    // Until Thursday Rui led a to d, and Zoe led Rui; since then all report to Maria, Zoe too.
    const until = '2026-11-19'
    const from = (managerId: string) => ({ pastPlaces: [{ until, active: true, managerId }] })
    const people = [
      person('maria'),
      person('zoe', 'maria'),
      person('rui', 'maria', from('zoe')),
      person('x', 'maria'),
      ...['a', 'b', 'c', 'd'].map((id) => person(id, 'maria', from('rui'))),
    ]
    const { shownTo } = company(people)
    expect(await shownTo(readerOf(people, 'rui'))).toEqual(withheld)
    expect(await shownTo(readerOf(people, 'zoe'))).toEqual(withheld)
    // 127, of all seven; x saw nobody’s.
    expect(await shownTo(readerOf(people, 'x'))).toEqual([127, 0.5, 7, 7])
    // Moved before the week began, Rui saw nothing of it.
    const before = people.map(({ pastPlaces, ...each }) =>
      pastPlaces ? { ...each, pastPlaces: [{ ...pastPlaces[0], until: '2026-11-15' }] } : each,
    )
    expect(await company(before as typeof people).shownTo(readerOf(people, 'rui'))).toEqual([127, 0.5, 7, 7])
  })

  it('are withheld from a coach of some of it, while others are not enough; a role that ended before takes nothing away', async () => {
    const people = teamOf('rui', 'a', 'b', 'c', 'd', 'e', 'f')
    const { shownTo } = company(people)
    // Beside Rui and a, five others are left; beside Rui, a and b, four.
    expect(await shownTo(readerOf(people, 'rui', ...coachOf('a')))).toEqual([127, 0.5, 7, 7])
    expect(await shownTo(readerOf(people, 'rui', ...coachOf('a', 'b')))).toEqual(withheld)
    const ended = (until: string) => coachOf('a', 'b').map((grant) => ({ ...grant, until }))
    expect(await shownTo(readerOf(people, 'rui', ...ended('2026-11-15')))).toEqual([127, 0.5, 7, 7])
    // What they saw on the week's first day, or of all of it until this morning, they know for good.
    for (const until of ['2026-11-16', '2026-11-23']) expect(await shownTo(readerOf(people, 'rui', ...ended(until)))).toEqual(withheld)
  })

  it('are withheld from a coach also where the others have nothing, because a figure would say so', async () => {
    const people = teamOf('rui', 'a', 'b', 'c', 'd', 'e')
    const { shownTo } = company(people, ['e'])
    expect(await shownTo(readerOf(people, 'rui', ...coachOf('a', 'b', 'c', 'd')))).toEqual(withheld)
    expect(await shownTo(readerOf(people, 'rui', ...coachOf('a', 'b', 'c', 'd', 'e')))).toEqual([31, 0.5, 5, 5])
  })

  it('are withheld from one of it whose only report has left since: leavers are seen by name too', async () => {
    const gone = { active: false, pastPlaces: [{ until: '2026-11-24', active: true, managerId: 'maria' }] }
    const people = [...teamOf('rui', 'a', 'b', 'c'), person('left', 'rui', gone)]
    expect(await company(people).shownTo(readerOf(people, 'rui'))).toEqual(withheld)
  })

  it('stand beside no person where the reader coaches most of theirs, or may not ask for that team', async () => {
    const people = [...teamOf('a', 'b', 'c', 'd', 'e'), person('zoe')]
    const { besides } = company(people)
    const withZoe = [...teamOf('a', 'b', 'c', 'd', 'e'), person('zoe', 'maria')]
    expect(await company(withZoe).besides('a', readerOf(withZoe, 'zoe', ...coachOf('a', 'b', 'c', 'd')))).toBe('too-few-people')
    expect(await besides('a', readerOf(people, 'zoe', ...coachOf('a', 'b', 'c', 'd')))).toBe('absent')
    expect(await besides('a', readerOf(people, 'zoe', { type: 'viewer', orgOf: 'maria' }))).toBe(31)
    expect(await besides('a', readerOf(people, 'maria'))).toBe(31)
    expect(await besides('a', readerOf(people, 'a'))).toBe(31)
  })
})

describe('a team’s figures in a channel', () => {
  // Until the 24th Maria led all seven; since then Rui leads four of them.
  const led = { pastPlaces: [{ until: '2026-11-24', active: true, managerId: 'maria' }] }
  const people = [...teamOf('rui', 'eve', 'kim'), ...['a', 'b', 'c', 'd'].map((id) => person(id, 'rui', led))]
  const { shownTo } = company(people)
  const shown = [127, 0.5, 7, 7]

  it('are shown to members, their manager and admins together, and withheld as soon as a lead or a coach of most of them reads it', async () => {
    const some = ['maria', 'eve', 'kim', 'a'].map((id, at) => ({ ...readerOf(people, id), slackUserId: `U${at}` }))
    const admin: Viewer = { ...readerOf(people, 'none'), slackUserId: 'UADMIN', isAdmin: true }
    expect(await shownTo({ viewers: [...some, admin], everyLeader: false })).toEqual(shown)
    const rui = { ...readerOf(people, 'rui'), slackUserId: 'URUI' }
    expect(await shownTo({ viewers: [...some, rui], everyLeader: false })).toEqual(withheld)
    const coach = { ...readerOf(people, 'eve', ...coachOf('a', 'b')), slackUserId: 'UEVE' }
    // Beside a and b, and Eve’s own, four are left.
    expect(await shownTo({ viewers: [...some, coach], everyLeader: false })).toEqual(withheld)
    // Two who see two each are no reader who sees four.
    const [first, second] = [coachOf('a'), coachOf('b')].map((grants, at) => ({
      ...readerOf(people, 'kim', ...grants),
      slackUserId: `UC${at}`,
    }))
    expect(await shownTo({ viewers: [first as Viewer, second as Viewer], everyLeader: false })).toEqual(shown)
  })

  it('are withheld from who saw everybody before, which was not all of it, and shown to who does today', async () => {
    // Rui led the whole team until Thursday, and is nobody’s lead now; with Zoe between them, who was moved on that same day or later.
    const of = (until: string, managerId: string) => ({ pastPlaces: [{ until, active: true, managerId }] })
    const led = (by: string) => ['a', 'b', 'c', 'd', 'e'].map((id) => person(id, 'maria', of('2026-11-19', by)))
    const reader = { ...readerOf([person('rui')], 'rui'), slackUserId: 'URUI' }
    const shownIn = (all: readonly Person[], by: Viewer = reader) =>
      company(all, ['rui', 'zoe']).shownTo({ viewers: [by], everyLeader: false })
    const moved = [person('maria'), person('rui'), ...led('rui')]
    expect(await shownIn(moved)).toEqual(withheld)
    expect(await shownIn(moved, { ...reader, grants: [{ type: 'viewer', orgOf: 'maria' }] })).toEqual([31, 0.5, 5, 5])
    expect(await shownIn(moved, { ...reader, grants: [{ type: 'viewer', orgOf: 'maria', until: '2026-11-23' }] })).toEqual(withheld)
    const below = (until: string) => person('zoe', undefined, of(until, 'rui'))
    expect(await shownIn([person('maria'), person('rui'), below('2026-11-21'), ...led('zoe')])).toEqual(withheld)
    // Zoe came to Rui only after the five had left her.
    const after = person('zoe', 'rui', of('2026-11-21', 'ada'))
    expect(await shownIn([person('maria'), person('ada'), person('rui'), after, ...led('zoe')])).toEqual(withheld)
  })

  it('that anybody can read are withheld where any leader is so close to them', async () => {
    expect(await shownTo({ viewers: [], everyLeader: true })).toEqual(withheld)
    const settled = company(teamOf('rui', 'eve', 'kim', 'a', 'b'))
    expect(await settled.shownTo({ viewers: [], everyLeader: true })).toEqual([31, 0.5, 5, 5])
  })

  it('are withheld exactly where the policy, asked for each reader and each member, leaves too few', () => {
    const index = fc.nat(9)
    const grants = fc.array(fc.record({ isCoach: fc.boolean(), of: index }), { maxLength: 3 })
    const drawn = fc.record({
      managers: fc.array(fc.option(index, { nil: undefined, freq: 8 }), { minLength: 10, maxLength: 10 }),
      left: fc.uniqueArray(index, { maxLength: 2 }),
      readers: fc.array(fc.record({ who: fc.option(index, { nil: undefined }), grants, isAdmin: fc.constant(false) }), { maxLength: 4 }),
      everyLeader: fc.boolean(),
      contributors: fc.uniqueArray(index, { minLength: 1 }),
    })
    const seen = { safe: 0, unsafe: 0 }
    fc.assert(
      fc.property(drawn, ({ managers, left, readers, everyLeader, contributors }) => {
        const chart = orgChart(
          managers.map((manager, at) =>
            person(`p${at}`, manager === undefined ? undefined : `p${manager}`, { active: !left.includes(at) }),
          ),
        )
        const viewers = readers.map(({ who, grants: given, isAdmin }, at): Viewer => {
          const matched = who === undefined ? undefined : chart.people.get(`p${who}`)
          const own = given.map(
            ({ isCoach, of }): Grant => (isCoach ? { type: 'coach', personId: `p${of}` } : { type: 'viewer', orgOf: `p${of}` }),
          )
          return { slackUserId: `U${at}`, ...(matched && { person: matched }), standing: 'member', isAdmin, grants: own }
        })
        const leaders = everyLeader ? chart.managers.map((each): Viewer => readerOf([each], each.id)) : []
        const members = [...chart.people.values()]
        const ids = contributors.map((at) => `p${at}`)
        const expected = [...viewers, ...leaders].every((viewer) => leavesEnough(viewer, chart, ids, members))
        const rule = { minimumPeople: 3, day: '2026-11-23', lastDay: '2026-11-22', today: '2026-11-23' }
        expect(besidesOf({ viewers, everyLeader }, chart, rule).leavesEnough(ids, [...chart.people.keys()])).toBe(expected)
        seen[expected ? 'safe' : 'unsafe'] += 1
      }),
      { numRuns: 2000, seed: 20261127 },
    )
    expect(Math.min(seen.safe, seen.unsafe)).toBeGreaterThan(200)
  })
})

describe('a company’s figures without names', () => {
  const ids = (team: string) => Array.from({ length: 6 }, (_, at) => `${team}${at}`)
  const led = (team: string) => ids(team).map((id) => person(id, team))
  const people = [person('boss'), ...['ada', 'ben', 'cleo'].map((id) => person(id, 'boss')), ...['ada', 'ben', 'cleo'].flatMap(led)]
  const sums = async (all: readonly Person[], reader: Reader) => {
    const activity = all.filter(({ id }) => /\d/.test(id)).map(({ id }, at) => ({ personId: id, callsAsHost: 2 ** at }))
    const service = stats({ people: all, activity: { [now]: activity } })
    const subjects = [{ type: 'company' }, { type: 'org', managerId: 'boss' }, { type: 'team', managerId: 'ada' }] as const
    const reports = await Promise.all(subjects.map((subject) => service.team(subject, week, 'medians', reader)))
    return reports.map(({ measures }) => valueOrWhy(measures.get('calls-hosted')?.value))
  }
  const everybody = 2 ** 18 - 1

  it('are shown where every leader reads them, and beside a coach of one of each team', async () => {
    expect(await sums(people, { viewers: [], everyLeader: true })).toEqual([everybody, everybody, 63])
    const coach = readerOf(people, 'boss', ...coachOf('ada0', 'ben0', 'cleo0'))
    expect(await sums(people, { viewers: [coach, readerOf(people, 'ada')], everyLeader: true })).toEqual([everybody, everybody, 63])
    const outside = readerOf(people, 'none', ...coachOf('ada0', 'ben0', 'cleo0'))
    expect(await sums(people, { viewers: [outside], everyLeader: true })).toEqual([everybody, everybody, 63])
  })

  it('are shown beside a coach of half a team: of the others there are three', async () => {
    const coach = readerOf(people, 'ada0', ...coachOf('ben0', 'ben1', 'ben2'))
    expect(await sums(people, { viewers: [coach], everyLeader: true })).toEqual([everybody, everybody, 63])
  })

  it('are withheld from a coach of most of one team: less the other teams’ they would be the last one’s', async () => {
    const coach = readerOf(people, 'ada0', ...coachOf('ben0', 'ben1', 'ben2', 'ben3', 'ben4'))
    for (const reader of [coach, { viewers: [coach], everyLeader: true }])
      expect(await sums(people, reader)).toEqual(['too-few-people', 'too-few-people', 63])
  })

  it('are withheld where somebody of another team leads most of one since', async () => {
    const moved = people.map((each) =>
      /ben[0-4]/.test(each.id)
        ? { ...each, managerId: 'cleo0', pastPlaces: [{ until: '2026-11-24', active: true, managerId: 'ben' }] }
        : each,
    )
    expect(await sums(moved, readerOf(moved, 'cleo0'))).toEqual(['too-few-people', 'too-few-people', 63])
  })
})

/** By the policy alone, for one reader; whoever has left may have seen what they would see if they were here, and nobody knows that they did. */
function leavesEnough(given: Viewer, chart: OrgChart, ids: readonly string[], members: readonly Person[]): boolean {
  const viewer = given.person ? { ...given, person: { ...given.person, active: true } } : given
  const isOwn = (id: string): boolean => id === viewer.person?.id
  const asked = (by: Viewer, personId: string): boolean => maySee(by, { type: 'person', personId }, chart, '2026-11-23').allowed
  const sees = (personId: string): boolean => asked(viewer, personId)
  const others = ids.filter((id) => !isOwn(id))
  const unseen = others.filter((id) => !sees(id)).length
  return unseen === others.length || unseen >= 3 || members.every(({ id }) => isOwn(id) || asked(given, id))
}
