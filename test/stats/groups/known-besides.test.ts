// Readers who see some of a team by name, and hold what is left of the team's figure: leads since a move, coaches, granted viewers.
// Calls are powers of two, so that a sum tells whose are in it.
import { describe, expect, it } from 'vitest'
import type { Person } from '../../../src/domain/person.ts'
import type { Grant, Viewer } from '../../../src/domain/policy.ts'
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
    async shownTo(reader?: Viewer) {
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

  it('are withheld from a coach of some of it, while others are not enough; an ended role takes nothing away', async () => {
    const people = teamOf('rui', 'a', 'b', 'c', 'd', 'e', 'f')
    const { shownTo } = company(people)
    // Beside Rui and a, five others are left; beside Rui, a and b, four.
    expect(await shownTo(readerOf(people, 'rui', ...coachOf('a')))).toEqual([127, 0.5, 7, 7])
    expect(await shownTo(readerOf(people, 'rui', ...coachOf('a', 'b')))).toEqual(withheld)
    const ended = coachOf('a', 'b').map((grant) => ({ ...grant, until: '2026-11-20' }))
    expect(await shownTo(readerOf(people, 'rui', ...ended))).toEqual([127, 0.5, 7, 7])
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

  it('stand beside no person where the reader, of another team, coaches most of theirs', async () => {
    const people = [...teamOf('a', 'b', 'c', 'd', 'e'), person('zoe')]
    const { besides } = company(people)
    expect(await besides('a', readerOf(people, 'zoe', ...coachOf('a', 'b', 'c', 'd')))).toBe('too-few-people')
    expect(await besides('a', readerOf(people, 'zoe', { type: 'viewer', orgOf: 'maria' }))).toBe(31)
    expect(await besides('a', readerOf(people, 'maria'))).toBe(31)
    expect(await besides('a', readerOf(people, 'a'))).toBe(31)
  })
})
