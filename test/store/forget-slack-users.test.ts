// Whoever is forgotten is forgotten with every Slack user of theirs, and who is in Slack alone can be forgotten too.
import { describe, expect, it } from 'vitest'
import { forget, forgettingInWords } from '../../src/cli/forget/forget.ts'
import type { Person } from '../../src/domain/person.ts'
import type { SlackMember } from '../../src/domain/slack-member.ts'
import { bodyOf, writeBody } from '../../src/reports/delivery-body.ts'
import type { Store } from '../../src/store/store.ts'
import { member } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { noon, onBothBackends } from './backends.ts'
import { wholeDatabase } from './whole-database.ts'

const [boss, gone, rep] = ['8800112233445566', '7700112233445566', '9900112233445566'] as const
const people: readonly Person[] = [
  { id: boss, name: 'Olga Boss', emails: ['olga@acme.test'], active: true },
  { id: gone, name: 'Pat Rahman', emails: ['pat@acme.test', 'pat.rahman@acme.test'], managerId: boss, active: true },
  { id: rep, name: 'Ana Diaz', emails: ['ana@acme.test'], managerId: gone, active: true },
]
const inSlack = (slackUserId: string, name: string, more: Partial<SlackMember> = {}): SlackMember => ({
  ...member(slackUserId, name),
  ...more,
})
const olga = inSlack('U0BOSS', 'Olga Boss', { email: 'olga@acme.test' })
const now = inSlack('U0GONE77', 'Pat Rahman', { email: 'pat.rahman@acme.test' })
const old = inSlack('U0OLD77', 'Pat R.', { email: 'pat@acme.test', deleted: true })
const traces = ['U0GONE77', 'U0OLD77', gone, 'Rahman', 'Pat R.', 'pat@acme', 'pat.rahman', 'D0GONE']

const rowsWith = async (store: Store, of: readonly string[]): Promise<readonly string[]> =>
  (await wholeDatabase(store)).split('\n').filter((row) => of.some((trace) => row.includes(trace)))

/** What somebody leaves behind who uses the bot. */
async function use(store: Store, slackUserId: string): Promise<void> {
  await store.access.record([{ at: noon, what: 'view', bySlackId: slackUserId, personId: rep, detail: '/gong-stats' }])
  await store.access.grant(slackUserId, { type: 'coach', personId: rep }, 'U0BOSS', noon)
  const destination = { type: 'dm', slackUserId } as const
  await store.subscriptions.insert(teamDigest({ id: `of ${slackUserId}`, subjectId: boss, destination }))
}

onBothBackends((backend) => {
  async function open(members: readonly SlackMember[], everybody = people): Promise<Store> {
    const store = await backend.open()
    await store.people.replaceAll(everybody, { readAt: noon, seenOn: '2026-01-05' })
    await store.directory.replaceAll(members, noon)
    return store
  }

  it.each([
    ['deactivated', { deleted: true }],
    ['active', { deleted: false }],
    ['a guest', { deleted: false, isGuest: true }],
    ['of another company', { deleted: false, isOutside: true }],
  ])('leaves nothing of either of two Slack users with addresses of one person, one of them %s', async (_, how) => {
    const members = [olga, now, { ...old, ...how }]
    const store = await open(members)
    await use(store, now.slackUserId)
    await use(store, old.slackUserId)
    expect(await rowsWith(store, traces)).not.toEqual([])
    await store.people.forget(gone, '')
    expect(await rowsWith(store, traces)).toEqual([])
    await store.directory.replaceAll(members, noon)
    await store.directory.upsert(now)
    expect(await rowsWith(store, traces)).toEqual([])
    expect(await store.directory.find('U0BOSS')).toBeDefined()
  })

  it('finds those they were linked to before, and who carries the address of one they are linked to', async () => {
    const linked = inSlack('U0LINK77', 'Pat Rahman', { email: 'pr@elsewhere.test' })
    const twin = inSlack('U0TWIN77', 'Pat R.', { email: 'pr@elsewhere.test', deleted: true })
    const former = inSlack('U0FORM77', 'PAT RAHMAN', { email: 'former@elsewhere.test', deleted: true })
    const members = [olga, now, old, linked, twin, former]
    const store = await open(members)
    for (const id of ['U0FORM77', 'U0LEFT77', 'U0LINK77']) {
      await store.people.link(gone, id)
      await store.access.record([{ at: noon, what: 'link', bySlackId: 'U0BOSS', personId: gone, detail: `linked to ${id}` }])
    }
    // Matched once by an address they do not have any more.
    await store.access.record([
      { at: noon, what: 'link', bySlackId: 'U0MAIL77', personId: gone, detail: 'matched by a changed Slack e-mail' },
      { at: noon, what: 'view', bySlackId: 'U0MAIL77', personId: rep, detail: '/gong-stats' },
      { at: noon, what: 'view', bySlackId: 'U0LEFT77', personId: rep, detail: '/gong-stats' },
    ])
    expect((await store.people.forget(gone, '')).unsure).toEqual([])
    await store.directory.replaceAll(members, noon)
    expect((await store.directory.all()).map(({ slackUserId }) => slackUserId)).toEqual(['U0BOSS'])
    expect(await rowsWith(store, [...traces, 'U0LINK77', 'U0TWIN77', 'U0FORM77', 'U0LEFT77', 'U0MAIL77', 'elsewhere'])).toEqual([])
  })

  it('keeps who is matched to somebody else, and says whom a link that was put right leaves unsure', async () => {
    const hana = inSlack('U0HR', 'Hana Ruiz', { email: 'hr@acme.test' })
    const ana = inSlack('U0ANA', 'Ana Diaz', { email: 'ana@acme.test' })
    const desk = inSlack('U0DESK', 'Desk', { email: 'pat@acme.test' })
    const store = await open([olga, now, hana, ana, desk])
    await store.people.link(rep, 'U0DESK')
    for (const id of ['U0HR', 'U0ANA', 'U0BOSS'])
      await store.access.record([{ at: noon, what: 'link', bySlackId: 'U0BOSS', personId: gone, detail: `linked to ${id}` }])
    const forgetting = await forget(gone, store)
    expect(forgetting.unsure).toEqual(['U0HR'])
    expect(forgettingInWords(forgetting)).toContain('Kept: U0HR, linked to them once or')
    const kept = (await store.directory.all()).map(({ slackUserId }) => slackUserId)
    expect(kept.toSorted()).toEqual(['U0ANA', 'U0BOSS', 'U0DESK', 'U0HR'])
  })

  it.each<[string, Partial<SlackMember>]>([
    ['an address of their own', { email: 'p.rahman@acme.test' }],
    ['no address that Slack tells', { email: undefined }],
  ])('keeps an active namesake whom a link had been put on by mistake, with %s, until they are named', async (_, more) => {
    const namesake = inSlack('U0NAME77', 'Pat Rahman', more)
    const left = inSlack('U0LEFT77', 'Pat R.', { email: 'desk@acme.test', deleted: true })
    const after = inSlack('U0DESK77', 'Pat Rahman', { email: 'Desk@acme.test' })
    const store = await open([olga, now, namesake, left, after])
    for (const id of ['U0NAME77', 'U0LEFT77', 'U0GONE77']) {
      await store.people.link(gone, id)
      await store.access.record([{ at: noon, what: 'link', bySlackId: 'U0BOSS', personId: gone, detail: `linked to ${id}` }])
    }
    const { unsure } = await forget(gone, store)
    expect(unsure.toSorted()).toEqual(['U0DESK77', 'U0NAME77'])
    expect((await store.directory.all()).map(({ slackUserId }) => slackUserId).toSorted()).toEqual(['U0BOSS', ...unsure.toSorted()])
    for (const id of unsure) await forget(id, store)
    expect(await rowsWith(store, [...traces, 'U0NAME77', 'U0LEFT77', 'U0DESK77', 'desk@'])).toEqual([])
  })

  it('keeps the Slack user of an active person whose address a leaver has too, and forgets it with the active one', async () => {
    const leaver = { id: '66', name: 'Ana Diaz', emails: ['ana@acme.test'], active: false }
    const store = await open([olga, inSlack('U0ANA', 'Ana Diaz', { email: 'ana@acme.test' })], [...people, leaver])
    await store.people.forget(leaver.id, '')
    expect(await store.directory.find('U0ANA')).toBeDefined()
    await store.people.replaceAll([...people, { ...leaver, id: '67' }], { readAt: noon, seenOn: '2026-01-05' })
    await store.people.forget(rep, '')
    expect(await store.directory.find('U0ANA')).toBeUndefined()
  })

  it('leaves no id of the conversation that something was sent in', async () => {
    const store = await open([olga, now])
    await store.subscriptions.insert(teamDigest({ id: 'theirs', subjectId: boss, ownerSlackId: 'U0GONE77' }))
    const body = writeBody(bodyOf({ message: { summary: 'It was not posted', parts: [] }, shows: [], mentions: [], figures: {} }))
    const rows = [
      { id: 'a', subscriptionId: 'people', occurrence: 'notice:role:1:U0GONE77', channelId: 'D0GONE77' },
      { id: 'b', subscriptionId: 'theirs', occurrence: 'notice:held:x', channelId: 'D0GONE77' },
      { id: 'c', subscriptionId: 'theirs', occurrence: 'notice:held:y:U0BOSS', channelId: 'D0BOSS' },
    ]
    for (const row of rows) await store.deliveries.reserve({ ...row, body, dueAt: noon, createdAt: noon }, {})
    const { rows: counts } = await store.people.forget(gone, '')
    expect(counts['deliveries']).toBe(3)
    expect(await rowsWith(store, traces)).toEqual([])
    expect((await store.deliveries.find('b'))?.channelId).toBeUndefined()
    expect((await store.deliveries.find('c'))?.channelId).toBe('D0BOSS')
  })

  describe('who is in Slack alone', () => {
    const hana = inSlack('U0HR', 'Hana Ruiz', { email: 'hr@acme.test' })
    const former = inSlack('U0HROLD', 'Hana R.', { email: 'hr@acme.test', deleted: true })
    const hers = ['U0HR', 'Hana', 'hr@acme', 'D0HR']

    it.each(['HR@acme.test', 'U0HR', 'u0hr'])('is forgotten by %s', async (whom) => {
      const store = await open([olga, now, hana, former])
      await use(store, 'U0HR')
      await store.access.grant('U0HR', { type: 'viewer', orgOf: boss }, 'U0BOSS', noon)
      await store.access.grant('U0BOSS', { type: 'coach', personId: rep }, 'U0HR', noon)
      const body = writeBody(bodyOf({ message: { summary: 'Hana Ruiz gave you a role', parts: [] }, shows: [], mentions: [], figures: {} }))
      await store.deliveries.reserve(
        { id: 'n', subscriptionId: 'people', occurrence: 'notice:role:1:U0BOSS', dueAt: noon, createdAt: noon, body },
        {},
      )
      const forgetting = await forget(whom, store)
      const words = forgettingInWords(forgetting)
      expect(words).toContain('Only a keyed hash of the Slack id stays')
      expect(words).toMatch(/slack_members +\d/)
      expect(await rowsWith(store, hers)).toEqual([])
      await store.directory.replaceAll([olga, now, hana, former], noon)
      expect(await rowsWith(store, hers)).toEqual([])
      // Nobody else lost anything.
      expect((await store.people.chart()).people.size).toBe(3)
      expect(await store.directory.find('U0GONE77')).toBeDefined()
    })

    it('is forgotten by the Slack id where the directory has no row any more', async () => {
      const store = await open([olga])
      await use(store, 'U0HR')
      await forget('U0HR', store)
      expect(await rowsWith(store, hers)).toEqual([])
      expect(forgettingInWords(await forget('U0HR', store))).toContain('nothing of them was kept')
    })
  })

  it.each([
    ['the Slack id', 'U0GONE77'],
    ['an address that Slack alone knows', 'pat@slack.test'],
  ])('takes somebody in Gong by %s of a Slack user that they are linked to', async (_, whom) => {
    const store = await open([olga, { ...now, email: 'pat@slack.test' }])
    await store.people.link(gone, 'U0GONE77')
    expect(await forget(whom, store)).toMatchObject({ personId: gone })
    expect(await rowsWith(store, [...traces, 'pat@slack'])).toEqual([])
  })

  describe('a Slack user who could be somebody in Gong', () => {
    const first = inSlack('U0FIRST77', 'Pat Rahman', { email: 'Pat@acme.test' })
    const shared: Person = { id: '6600112233445566', name: 'Pat Rahman', emails: ['pat@acme.test'], active: true }
    const ask = async (store: Store, whom: string) => expect(forget(whom, store)).rejects
    const linkedTo = (slackUserId: string, personId: string) =>
      ({ at: noon, what: 'link', bySlackId: 'U0BOSS', personId, detail: `linked to ${slackUserId}` }) as const

    it.each<[string, readonly SlackMember[], readonly Person[], (store: Store) => Promise<unknown>, readonly string[]]>([
      ['has the address of somebody linked to another', [olga, now, first], people, (s) => s.people.link(gone, now.slackUserId), [gone]],
      ['has the address of two', [olga, first], [...people, shared], async () => undefined, [shared.id, gone]],
      [
        'was linked to them',
        [olga, { ...first, email: 'x@acme.test' }],
        people,
        (s) => s.access.record([linkedTo('U0FIRST77', gone)]),
        [gone],
      ],
      ['was linked to them and left', [olga], people, (s) => s.access.record([linkedTo('U0FIRST77', gone)]), [gone]],
      [
        'is linked to them by PEOPLE_FILE below a link',
        [olga, { ...first, email: 'x@acme.test' }],
        people.map((person) => (person.id === gone ? { ...person, slackUserId: 'U0FIRST77' } : person)),
        (s) => s.people.link(gone, 'U0GONE77'),
        [gone],
      ],
      [
        'has the address of a Slack user linked to them',
        [olga, { ...now, email: 'x@acme.test' }, { ...first, email: 'X@acme.test' }],
        people,
        (s) => s.people.link(gone, now.slackUserId),
        [gone],
      ],
    ])('who %s is asked about, and nothing is deleted', async (_, members, everybody, prepare, ids) => {
      const store = await open(members, everybody)
      await prepare(store)
      const before = await wholeDatabase(store)
      const refused = await ask(store, 'U0FIRST77')
      await refused.toThrow(`before: ${ids.join(', ')}. Forget a person with their Slack users: npm run forget -- ${ids[0]}`)
      await refused.toThrow('npm run forget -- U0FIRST77 --slack-only')
      expect(await wholeDatabase(store)).toBe(before)
      for (const id of ids) await forget(id, store)
      // Now it is nobody in Gong any more, whether it went with them or not.
      await forget('U0FIRST77', store)
      expect(await rowsWith(store, [...ids, 'Rahman'])).toEqual([])
    })

    it('goes alone where it is said to be nobody there, and never where somebody is matched to it', async () => {
      const store = await open([olga, now, first])
      await store.people.link(gone, now.slackUserId)
      await use(store, 'U0FIRST77')
      expect(forgettingInWords(await forget('U0FIRST77', store, { slackOnly: true }))).toContain('nobody in Gong')
      expect(await rowsWith(store, ['U0FIRST77'])).toEqual([])
      expect((await store.people.chart()).people.has(gone)).toBe(true)
      expect(await store.directory.find(now.slackUserId)).toBeDefined()
      await expect(forget(now.slackUserId, store, { slackOnly: true })).rejects.toThrow(`They are ${gone} in Gong.`)
    })
  })

  it('refuses in words whom nobody is and who could be two', async () => {
    const both = people.map((person) => (person.id === boss ? person : { ...person, slackUserId: 'U0BOTH' }))
    const store = await open([olga, now], both)
    await expect(forget('nobody@acme.test', store)).rejects.toThrow('Nobody with this e-mail, Gong id or Slack id is kept here.')
    await expect(forget('U0BOTH', store)).rejects.toThrow(`This fits 2 people. Use the Gong id instead: ${gone}, ${rep}.`)
  })
})
