import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { coachedByRole, type Grant } from '../../src/domain/policy.ts'
import type { SlackMember } from '../../src/domain/slack-member.ts'
import { orgChart } from '../../src/domain/team.ts'
import { asOneReading, onceAReading } from '../../src/one-reading.ts'
import { createViewers } from '../../src/people/viewers.ts'

const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: `P${id}`,
  emails: [`p${id}@acme.com`],
  active: true,
  ...more,
})

const member = (slackUserId: string, more: Partial<SlackMember> = {}): SlackMember => ({
  slackUserId,
  name: slackUserId,
  isBot: false,
  isGuest: false,
  isOutside: false,
  isSlackAdmin: false,
  deleted: false,
  ...more,
})

function viewersOf(
  people: readonly Person[],
  members: readonly SlackMember[],
  more: { adminNames?: string[]; slackAdminsAreAdmins?: boolean } = {},
) {
  const chart = orgChart(people)
  const find = async (id: string) => members.find(({ slackUserId }) => slackUserId === id)
  /** What was asked, in order; `answered` once the first answer is there. */
  const asked: string[] = []
  const ask = async <T>(what: string, answer: T): Promise<T> => {
    asked.push(what)
    await new Promise(setImmediate)
    asked.push('answered')
    return answer
  }
  const viewers = createViewers({
    directory: { whoIs: find },
    members: {
      find: async (id) => ask('member', await find(id)),
      all: async () => members,
      findByEmail: async (email) => {
        const found = members.filter((each) => each.email === email)
        return found.length === 1 ? found[0] : undefined
      },
    },
    chart: () => ask('people', chart),
    access: {
      roleHolders: async () => new Set(['U1']),
      shown: async () => [],
      shownAmong: async () => new Set(),
      keepAdmin: async () => undefined,
      // Whoever may have no role has one left over.
      grantsOf: () => ask('roles', [{ type: 'coach', personId: '2' }]),
    },
    adminNames: more.adminNames ?? [],
    slackAdminsAreAdmins: more.slackAdminsAreAdmins ?? false,
    zone: () => ask('zone', 'Europe/Berlin'),
  })
  return { viewers, asked }
}

/** U1 is not in the directory; while Slack is asked who that is the chart becomes another one and every role is taken back. */
function askedOfSlack(before: readonly Person[], after: readonly Person[]) {
  let chart = orgChart(before)
  let grants: Grant[] = [{ type: 'coach', personId: '2' }]
  const people = onceAReading(async (_name: string) => chart)
  return createViewers({
    directory: {
      async whoIs(id) {
        await new Promise(setImmediate)
        chart = orgChart(after)
        grants = []
        return member(id, { email: 'p1@acme.com' })
      },
    },
    members: { find: async () => undefined, all: async () => [], findByEmail: async () => undefined },
    chart: () => people('people'),
    access: {
      roleHolders: async () => new Set(),
      shown: async () => [],
      shownAmong: async () => new Set(),
      keepAdmin: async () => undefined,
      grantsOf: async () => grants,
    },
    adminNames: [],
    slackAdminsAreAdmins: false,
    zone: async () => 'Europe/Berlin',
  })
}

const viewerOf = async (...args: [...Parameters<typeof viewersOf>, string]) => {
  const id = args.at(-1) as string
  return (await viewersOf(args[0], args[1], typeof args[2] === 'string' ? {} : args[2]).viewers.readerOf(id)).viewer
}

describe('readerOf', () => {
  it('matches by e-mail whatever its case, and carries roles', async () => {
    const viewer = (await viewersOf([person('1')], [member('U1', { email: 'P1@Acme.com' })]).viewers.readerOf('U1')).viewer
    expect(viewer).toMatchObject({ standing: 'member', isAdmin: false, person: { id: '1' }, grants: [{ type: 'coach', personId: '2' }] })
  })

  it("matches by any of a person's addresses", async () => {
    const people = [person('1', { emails: ['main@acme.com', 'alias@acme.com'] })]
    expect((await viewerOf(people, [member('U1', { email: 'alias@acme.com' })], {}, 'U1')).person?.id).toBe('1')
  })

  it('matches neither of two people who carry one address', async () => {
    const people = [person('1', { emails: ['shared@acme.com'] }), person('2', { emails: ['shared@acme.com'] })]
    const { viewers } = viewersOf(people, [member('U1', { email: 'shared@acme.com' })])
    expect((await viewers.readerOf('U1')).viewer.person).toBeUndefined()
    expect(await viewers.slackUserOfPerson('1')).toBeUndefined()
    expect(await viewers.slackUserOfPerson('2')).toBeUndefined()
  })

  it('prefers the one who works here over a leaver with the same address', async () => {
    const people = [person('1', { emails: ['a@acme.com'], active: false }), person('2', { emails: ['a@acme.com'] })]
    expect((await viewerOf(people, [member('U1', { email: 'a@acme.com' })], {}, 'U1')).person?.id).toBe('2')
  })

  it('is not sure whether who shares an address is the same human, unless another address is theirs alone', async () => {
    const people = [person('1', { emails: ['p1@acme.com', 'sales@acme.com'] }), person('2', { emails: ['p2@acme.com', 'sales@acme.com'] })]
    const members = [member('U1', { email: 'p1@acme.com' }), member('U3', { email: 'sales@acme.com' })]
    expect(await viewerOf(people, members, {}, 'U1')).toMatchObject({ person: { id: '1' }, ownIds: ['2'], unsureIds: ['2'] })
    expect(await viewerOf(people, members, {}, 'U3')).toMatchObject({ ownIds: ['1', '2'], unsureIds: ['1', '2'] })
    const linked = [person('1', { slackUserId: 'U9' }), person('2', { slackUserId: 'U1', emails: ['sales@acme.com'] })]
    const unlinked = await viewerOf(linked, members, {}, 'U1')
    expect(unlinked).toMatchObject({ person: { id: '2' }, ownIds: ['1'] })
    expect(unlinked.unsureIds).toBeUndefined()
  })

  it("lets an admin's link win over the address, both ways", async () => {
    const people = [person('1', { slackUserId: 'U2' }), person('2')]
    const members = [member('U1', { email: 'p1@acme.com' }), member('U2', { email: 'p2@acme.com' })]
    const { viewers } = viewersOf(people, members)
    expect((await viewers.readerOf('U2')).viewer.person?.id).toBe('1')
    // U1 has person 1's address, but person 1 is U2 now.
    expect((await viewers.readerOf('U1')).viewer.person).toBeUndefined()
    // Who they are by their address gives no right, and is remembered: nobody is above themself.
    expect((await viewers.readerOf('U1')).viewer.ownIds).toEqual(['1'])
    expect((await viewers.readerOf('U2')).viewer.ownIds).toEqual(['2'])
    expect((await viewersOf([person('1')], members).viewers.readerOf('U1')).viewer.ownIds).toBeUndefined()
    expect(await viewers.slackUserOfPerson('1')).toBe('U2')
    expect([...(await viewers.matched())]).toEqual(['1'])
    expect(await viewers.slackUserOfPerson('2')).toBeUndefined()
  })

  it('gives guests, bots, strangers and the deleted no match and no admin right; a role of theirs is known and gives none', async () => {
    const email = { email: 'p1@acme.com', isSlackAdmin: true }
    const members = [
      member('U1', { ...email, isGuest: true }),
      member('U2', { ...email, isBot: true }),
      member('U3', { ...email, isOutside: true }),
      member('U4', { ...email, deleted: true }),
    ]
    const { viewers } = viewersOf([person('1')], members, {
      adminNames: ['p1@acme.com', 'U1', 'U2', 'U3', 'U4'],
      slackAdminsAreAdmins: true,
    })
    for (const [id, standing] of [
      ['U1', 'guest'],
      ['U2', 'outside'],
      ['U3', 'outside'],
      ['U4', 'outside'],
      ['U5', 'outside'],
    ] as const) {
      expect((await viewers.readerOf(id)).viewer).toEqual({
        slackUserId: id,
        standing,
        isAdmin: false,
        grants: [{ type: 'coach', personId: '2' }],
      })
      expect(coachedByRole((await viewers.readerOf(id)).viewer, '2026-11-23')).toEqual([])
    }
    expect(await viewers.admins()).toEqual([])
  })

  it('asks for everything before the first answer, so that it is one statement', async () => {
    const { viewers, asked } = viewersOf([person('1')], [member('U1', { email: 'p1@acme.com' })])
    await viewers.readerOf('U1')
    expect(asked.slice(0, 4).toSorted()).toEqual(['member', 'people', 'roles', 'zone'])
  })

  it.each([
    ['linked elsewhere', [person('1')], [person('1', { slackUserId: 'U2' })], undefined],
    ['linked to them', [person('1'), person('3')], [person('1'), person('3', { slackUserId: 'U1' })], '3'],
  ])('goes by the roles and people of after Slack was asked who somebody is: %s', async (_what, before, after, expected) => {
    const { viewer } = await asOneReading(() => askedOfSlack(before, after).readerOf('U1'))
    expect([viewer.person?.id, viewer.grants]).toEqual([expected, []])
    expect(await asOneReading(() => askedOfSlack(before, after).personOfSlackUser('U1'))).toBe(expected)
  })

  it('knows admins by e-mail, by Slack id, and as Slack admins only where that was switched on', async () => {
    const members = [member('U1', { email: 'boss@acme.com' }), member('U2'), member('U3', { isSlackAdmin: true })]
    const configured = viewersOf([], members, { adminNames: ['Boss@acme.com', 'U2'] }).viewers
    expect(await configured.admins()).toEqual(['U1', 'U2'])
    expect((await configured.readerOf('U3')).viewer.isAdmin).toBe(false)
    expect((await viewerOf([], members, { slackAdminsAreAdmins: true }, 'U3')).isAdmin).toBe(true)
  })

  it.each(['Mars/Olympus', 'Asia/', ''])('takes the company\'s zone where a profile has one that nobody knows: "%s"', async (zone) => {
    const { viewers } = viewersOf([], [member('U1', { zone, locale: 'xx-not-a-locale-of-any' })])
    expect(await viewers.readerOf('U1')).toMatchObject({ zone: 'Europe/Berlin', locale: 'en-US' })
  })

  it("reads in the profile's locale and zone, else in English and the company's zone", async () => {
    const { viewers } = viewersOf([], [member('U1', { locale: 'de-DE', zone: 'Asia/Tokyo' }), member('U2')])
    expect(await viewers.readerOf('U1')).toMatchObject({ locale: 'de-DE', zone: 'Asia/Tokyo' })
    expect(await viewers.readerOf('U2')).toMatchObject({ locale: 'en-US', zone: 'Europe/Berlin' })
  })
})
