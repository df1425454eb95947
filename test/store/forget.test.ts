// Forget means forgotten: the whole database as text holds nothing of the person afterwards, nor after two more refreshes of everything that
// Gong and Slack still say about them.
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { bodyOf, writeBody } from '../../src/reports/delivery-body.ts'
import type { Store } from '../../src/store/store.ts'
import { member } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { anyCard } from './any-card.ts'
import { noon, onBothBackends } from './backends.ts'
import { wholeDatabase } from './whole-database.ts'

const week = { from: '2026-11-16', to: '2026-11-23' }
const gone = { id: '7700112233445566', slackId: 'U0GONE77', email: 'pat.rahman@acme.test' }
const boss = '8800112233445566'
const rep = '9900112233445566'
/** The name now, as JSON writes it, and one they had before. */
const names = ['Patrick "Pat" Rahman', 'PATRICK "PAT" RAHMAN', 'Patrick \\"Pat\\" Rahman', 'Pat Oldname']
const documentedId = `made-up/${gone.id}/${rep}`
const traces = [gone.id, gone.slackId, gone.email, ...names, 'Rahman']

const people: readonly Person[] = [
  { id: boss, name: 'Olga Boss', emails: ['olga@acme.test'], active: true },
  { id: gone.id, name: 'Patrick "Pat" Rahman', emails: [gone.email], managerId: boss, active: true },
  { id: rep, name: 'Ana Diaz', emails: ['ana@acme.test'], managerId: gone.id, active: true },
]

/** As Gong and Slack say it at every refresh. */
async function refresh(store: Store): Promise<void> {
  await store.people.replaceAll(people, { readAt: noon, seenOn: '2026-01-05' })
  await store.directory.replaceAll(
    [
      { ...member('U0BOSS', 'Olga Boss'), email: 'olga@acme.test' },
      { ...member(gone.slackId, 'Patrick "Pat" Rahman'), email: gone.email },
    ],
    noon,
  )
  await store.directory.upsert({ ...member(gone.slackId, 'Patrick "Pat" Rahman'), email: gone.email })
  const answer = { quarantinedIds: [gone.id], quarantined: 1, readAt: noon, final: false }
  const rows = [{ personId: gone.id }, { personId: rep }]
  await store.windows.replace('interaction', week, { ...answer, rows, onlyPeople: [gone.id, rep] })
  await store.windows.replaceFor('activity', week, [gone.id, rep], { ...answer, rows })
  await store.windows.replace('coaching', week, {
    ...answer,
    rows: [
      { managerId: gone.id, reportId: rep, callsListenedTo: 1 },
      { managerId: boss, reportId: gone.id, callsListenedTo: 1 },
    ],
  })
  await store.listWatch.save({ setAside: { since: noon, ids: [gone.id, rep], unknown: 0 } })
  const range = {
    period: week,
    scope: 'all' as const,
    readAt: noon,
    final: false,
    quarantined: 1,
    quarantinedIds: [gone.id],
    onlyPeople: [gone.id, rep],
  }
  await store.records.keepDailyActivity(range, [{ personId: gone.id, date: '2026-11-17', callsAsHost: 1 }])
  await store.records.keepDailyActivity({ ...range, scope: [gone.id, rep] }, [{ personId: rep, date: '2026-11-17', callsAsHost: 1 }])
  await store.records.keepScorecards(range, [anyCard('own', gone.id, boss), anyCard(documentedId, rep, gone.id)])
}

/** What admins, digests and reminders leave behind. */
async function use(store: Store): Promise<void> {
  const at = noon
  // The boss was taken for them first, and they for an admin.
  await store.people.link(gone.id, 'U0BOSS')
  await store.people.link(gone.id, gone.slackId)
  await store.access.keepAdmin(gone.slackId)
  await store.people.move(rep, gone.id)
  await store.access.grant(gone.slackId, { type: 'coach', personId: rep }, 'U0ADMIN', at)
  await store.access.grant('U0BOSS', { type: 'coach', personId: gone.id }, gone.slackId, at)
  await store.access.record([
    { at, what: 'view', bySlackId: 'U0BOSS', personId: gone.id, detail: '/gong-stats' },
    { at, what: 'view', bySlackId: gone.slackId, personId: rep, detail: '/gong-stats' },
    {
      at,
      what: 'delivery',
      bySlackId: 'U0BOSS',
      personId: rep,
      detail: 'digest team in a channel',
      channelName: 'emea',
      readerIds: ['U0BOSS', gone.slackId],
    },
    { at, what: 'grant', bySlackId: 'U0ADMIN', personId: rep, detail: `coach for ${gone.slackId}` },
    { at, what: 'move', bySlackId: 'U0ADMIN', personId: rep, detail: `to manager ${gone.id}` },
    { at, what: 'link', bySlackId: gone.slackId, personId: rep, detail: 'matched by a changed Slack e-mail' },
    { at, what: 'change', bySlackId: gone.slackId, detail: `stopped digest s-own of ${gone.slackId}` },
  ])
  const programme = {
    kind: 'manager',
    recurrence: teamDigest().recurrence,
    stage: 'pilot',
    whenEmpty: 'say',
    status: 'active',
    createdAt: at,
  } as const
  await store.subscriptions.insertProgramme({ ...programme, id: 'p-org', orgOf: gone.id, pilotTeams: [], ownerSlackId: 'U0BOSS' })
  await store.subscriptions.insertProgramme({ ...programme, id: 'p-pilot', pilotTeams: [gone.id, boss], ownerSlackId: gone.slackId })
  const digests = [
    teamDigest({ id: 's-own', kind: 'personal', subjectId: gone.id, destination: { type: 'dm', slackUserId: gone.slackId } }),
    teamDigest({ id: 's-team', subjectId: gone.id }),
    teamDigest({
      id: 's-boss',
      kind: 'manager',
      subjectId: boss,
      destination: { type: 'dm', slackUserId: 'U0BOSS' },
      ownerSlackId: 'U0BOSS',
      name: 'Calls of PATRICK "PAT" RAHMAN, Mondays',
    }),
    teamDigest({ id: 's-owned', subjectId: boss, ownerSlackId: gone.slackId, name: 'Pipeline' }),
    teamDigest({ id: 's-first', subjectId: boss, name: 'Without Pat’s calls' }),
    teamDigest({ id: 's-word', subjectId: boss, name: 'Patterns of Monday' }),
    teamDigest({ id: 's-org', kind: 'manager', subjectId: boss, programmeId: 'p-org', destination: { type: 'dm', slackUserId: 'U0BOSS' } }),
  ]
  for (const digest of digests) await store.subscriptions.insert(digest)
  await store.subscriptions.optOut(gone.slackId, 'team', at)
  const body = (text: string, shows: readonly string[] = []) =>
    writeBody(bodyOf({ message: { summary: text, parts: [] }, shows, mentions: [], figures: {} }))
  const deliveries = [
    {
      id: 'd-own',
      subscriptionId: 's-own',
      occurrence: 'monday',
      channelId: 'D77',
      body: body('Your week, Patrick "Pat" Rahman', [gone.id]),
    },
    { id: 'd-team', subscriptionId: 's-team', occurrence: 'monday', body: body('Patrick "Pat" Rahman\'s team') },
    { id: 'd-boss', subscriptionId: 's-boss', occurrence: 'monday', body: body('Look at first: Pat Oldname', [gone.id, rep]) },
    { id: 't-boss', subscriptionId: 's-boss', occurrence: 'thread:d-boss', body: body('Pat Oldname: 50 %') },
    { id: 'd-quote', subscriptionId: 's-boss', occurrence: 'before', body: body('and Patrick "Pat" Rahman') },
    { id: 'd-owned', subscriptionId: 's-owned', occurrence: 'monday', body: body('names shown: switched on by Pat Oldname') },
    { id: 'd-sent', subscriptionId: 's-boss', occurrence: 'manual:1', body: body('sent by Pat Oldname'), sentBy: gone.slackId },
    { id: 'n-1', subscriptionId: 's-owned', occurrence: 'notice:held:d-owned', channelId: gone.slackId, body: body('was not posted') },
    { id: 'n-2', subscriptionId: 's-boss', occurrence: `notice:held:d-boss:${gone.slackId}`, channelId: 'D77', body: body('Take it over') },
    {
      id: 'a-1',
      subscriptionId: 'data-problem',
      occurrence: `notice:people-set-aside:2026:${gone.slackId}`,
      channelId: gone.slackId,
      body: body('x'),
    },
    {
      id: 'a-2',
      subscriptionId: 'data-problem',
      occurrence: 'notice:people-set-aside:2026:U0BOSS',
      channelId: 'U0BOSS',
      body: body('cannot be used: Patrick "Pat" Rahman'),
    },
    {
      id: 'a-3',
      subscriptionId: 'admins',
      occurrence: `admins:match:${gone.slackId}:2026`,
      channelId: 'U0BOSS',
      body: body('is matched now'),
    },
    { id: 'd-other', subscriptionId: 's-boss', occurrence: 'other', body: body('Ana Diaz: 48 %', [rep]) },
  ]
  for (const row of deliveries) await store.deliveries.reserve({ ...row, dueAt: at, createdAt: at }, {})
  await store.coaching.setGoal({ managerId: gone.id, everyWeeks: 2, setBySlackId: gone.slackId, setAt: at })
  await store.coaching.setGoal({ managerId: boss, everyWeeks: 3, setBySlackId: gone.slackId, setAt: at })
  const item = { deliveryId: 'd-boss', managerId: boss, reportId: gone.id, status: 'open' as const, openedAt: at }
  await store.coaching.name('d-boss', [{ ...item, id: `d-boss.${gone.id}` }])
  for (const key of ['introduced', 'first-contact', 'admins-asked'])
    await store.tenant.saveSetting(`${key}:${gone.slackId}`, at.toISOString())
  await store.submissions.claim(`${gone.slackId} V1 hash`)
  await store.submissions.settle(`${gone.slackId} V1 hash`, true)
  await store.reads.showing('figures', [{ period: week, personIds: [boss, gone.id, rep] }])
  await store.budget.reserve({ endpoint: 'x', purpose: 'asked', asker: gone.slackId, longestWaitMs: 60_000 })
}

/** What lists and made-up ids that hold the person's id hash to: whoever has the other ids, or all but one part, could tell it from these. */
const hashes: readonly string[] = [
  ...[
    [boss, gone.id, rep],
    [gone.id, rep],
    [boss, gone.id],
  ].map((ids) => createHash('sha256').update(JSON.stringify(ids.toSorted())).digest('base64url').slice(0, 22)),
  ...[documentedId, gone.id].map((id) => createHash('md5').update(id).digest('hex')),
]

/** Lines of the dump that still hold a trace; a quote is doubled where a row is written as text. */
const found = (text: string): string[] =>
  text
    .split('\n')
    .filter((row) =>
      [...traces, ...hashes].some((trace) => row.includes(trace) || row.replaceAll('""', '"').replaceAll('\\\\', '\\').includes(trace)),
    )

onBothBackends((backend) => {
  it('leaves nothing of the person in the whole database, and no later refresh brings any of it back', async () => {
    const store = await backend.open()
    await refresh(store)
    await use(store)
    // The test would prove nothing if the traces were not there before.
    const before = found(await wholeDatabase(store)).join('\n')
    for (const trace of [gone.id, gone.slackId, gone.email, 'Pat Oldname']) expect(before).toContain(trace)
    for (const former of [`(U0BOSS,was,${gone.id},`, `(${gone.slackId},admin,"",`]) expect(before).toContain(`former_standings ${former}`)

    await store.people.forget(gone.id, '')
    expect(found(await wholeDatabase(store))).toEqual([])
    await refresh(store)
    await refresh(store)
    expect(found(await wholeDatabase(store))).toEqual([])
    // A digest in a channel they still read, a look of theirs, a line of an admin about them.
    await store.access.record([
      { at: noon, what: 'delivery', bySlackId: gone.slackId, personId: rep, detail: 'digest team in a channel', readerIds: [gone.slackId] },
      { at: noon, what: 'view', bySlackId: 'U0BOSS', personId: gone.id, detail: '/gong-stats' },
    ])
    expect(found(await wholeDatabase(store))).toEqual([])
    // A question about their team that was begun before.
    await store.reads.showing('scorecards', [{ period: week, personIds: [boss, gone.id, rep] }])
    expect(found(await wholeDatabase(store))).toEqual([])
    expect((await store.subscriptions.find('s-boss'))?.name).toBeUndefined()
    expect((await store.subscriptions.find('s-first'))?.name).toBeUndefined()
    expect((await store.subscriptions.find('s-owned'))?.name).toBe('Pipeline')
    expect((await store.subscriptions.find('s-word'))?.name).toBe('Patterns of Monday')
    // They still work with others: a form that they submit later leaves no id either, and is carried out once.
    const later = `${gone.slackId} V3 hash`
    expect(await store.submissions.claim(later)).toBe('mine')
    await store.submissions.settle(later, true)
    expect(await store.submissions.claim(later)).toBe('done')
    expect(found(await wholeDatabase(store))).toEqual([])
  })

  it('leaves nothing of who is a guest in Slack by now, and not their Slack user when it is not theirs alone', async () => {
    const store = await backend.open()
    await refresh(store)
    await store.directory.upsert({ ...member(gone.slackId, 'Patrick "Pat" Rahman'), email: gone.email, isGuest: true })
    await store.people.forget(gone.id, '')
    expect(found(await wholeDatabase(store))).toEqual([])
    await store.people.replaceAll(
      ['1', '2'].map((id) => ({ id, name: `Person ${id}`, emails: ['sales@acme.test'], active: true })),
      { readAt: noon, seenOn: '2026-01-05' },
    )
    await store.directory.upsert({ ...member('U0SALES', 'Sales'), email: 'sales@acme.test' })
    await store.people.forget('1', '')
    expect(await store.directory.find('U0SALES')).toBeDefined()
  })

  it('leaves nothing of either Slack user where an admin linked them to another one, and the one of somebody else', async () => {
    const store = await backend.open()
    await refresh(store)
    await use(store)
    await store.directory.upsert({ ...member('U0SECOND', 'Pat R.'), email: 'pr@elsewhere.test' })
    await store.people.link(gone.id, 'U0SECOND')
    await store.people.forget(gone.id, '')
    const found = async () => (await store.directory.all()).map(({ slackUserId }) => slackUserId)
    expect(await found()).toEqual(['U0BOSS'])
    expect((await wholeDatabase(store)).match(/U0GONE77|U0SECOND|pat\.rahman/g)).toBeNull()
    await refresh(store)
    await store.directory.upsert({ ...member('U0SECOND', 'Pat R.'), email: 'pr@elsewhere.test' })
    expect(await found()).toEqual(['U0BOSS'])
    // The Slack user with Ana's address is Olga's by an admin's word.
    await store.directory.upsert({ ...member('U0SHARED', 'Desk'), email: 'ana@acme.test' })
    await store.people.link(boss, 'U0SHARED')
    await store.people.link(rep, 'U0BOSS')
    await store.people.forget(rep, '')
    expect(await found()).toEqual(['U0SHARED'])
  })

  it('finds messages and digests by a name they had before, in Gong or in Slack, or have left with', async () => {
    const store = await backend.open()
    await refresh(store)
    const called = (name: string) =>
      store.people.replaceAll(
        people.map((one) => (one.id === gone.id ? { ...one, name } : one)),
        { readAt: noon, seenOn: '2026-01-05' },
      )
    await called('Patricia Maiden-Smith')
    for (const name of ['prahman-1999', 'Rahmanpat']) await store.directory.upsert({ ...member(gone.slackId, name), email: gone.email })
    await store.directory.replaceAll([{ ...member(gone.slackId, 'Now "P"'), email: gone.email }, member('U0BOSS', 'Olga Boss')], noon)
    await called('Patrick "Pat" Rahman')
    const texts = ['Patricia Maiden-Smith leads', 'by prahman-1999', 'for Rahmanpat', 'of Now "P"', 'Ana Diaz: 48 %']
    for (const [at, summary] of texts.entries()) {
      const row = { id: `d${at}`, subscriptionId: 'people', occurrence: `notice:${at}`, dueAt: noon, createdAt: noon }
      await store.deliveries.reserve(
        { ...row, body: writeBody(bodyOf({ message: { summary, parts: [] }, shows: [], mentions: [], figures: {} })) },
        {},
      )
    }
    await store.subscriptions.insert(teamDigest({ id: 'named', subjectId: boss, name: 'Patricia, weekly' }))
    await store.people.forget(gone.id, '')
    const left = await Promise.all(texts.map(async (_text, at) => (await store.deliveries.find(`d${at}`))?.body !== undefined))
    expect(left).toEqual([false, false, false, false, true])
    expect((await store.subscriptions.find('named'))?.name).toBeUndefined()
    const text = await wholeDatabase(store)
    for (const name of ['Maiden', 'prahman', 'Rahmanpat', 'Patricia', 'Now ""P']) expect(text).not.toContain(name)
  })

  it('keeps a former name as long as the messages of then', async () => {
    const store = await backend.open()
    await refresh(store)
    await store.directory.replaceAll([member('U0BOSS', 'Olga Bossy')], noon)
    await store.prune('2026-11-25', '2026-11-25')
    expect(await wholeDatabase(store)).toContain(gone.slackId)
    await store.prune('2026-11-26', '2026-11-26')
    // Whom they were in Gong stays as long as a role that ended then.
    await store.access.pruneRoles('2026-11-27')
    expect(await wholeDatabase(store)).not.toContain(gone.slackId)
  })

  it('leaves what is owed to others: their digests, their cards, who looked at them', async () => {
    const store = await backend.open()
    await refresh(store)
    await use(store)
    await store.people.forget(gone.id, '')
    await refresh(store)
    expect((await store.deliveries.find('d-other'))?.body).toContain('Ana Diaz: 48 %')
    expect((await store.deliveries.find('d-boss'))?.body).toBeUndefined()
    expect(await store.deliveries.find('t-boss')).toMatchObject({ subscriptionId: 's-boss' })
    expect((await store.subscriptions.find('s-owned'))?.ownerSlackId).toBe('a forgotten person')
    // A programme for their org is gone with its digests, instead of growing to the whole company.
    expect((await store.subscriptions.programmes()).map(({ id, pilotTeams }) => [id, pilotTeams])).toEqual([['p-pilot', [boss]]])
    expect(await store.subscriptions.find('s-org')).toBeUndefined()
    expect((await store.reads.scorecards(week, { reviewedIds: [rep] })).records).toHaveLength(1)
    const seen = await store.access.seenBy([rep], { limit: 10 })
    expect(seen.rows.map(({ bySlackId }) => bySlackId)).toContain('a forgotten person')
    expect(seen.rows.find(({ readerIds }) => readerIds)?.readerIds).toEqual(['U0BOSS', 'a forgotten person'])
    expect((await store.people.chart()).people.get(rep)?.managerId).toBeUndefined()
  })

  it('clears what somebody called a digest by a word of their name, not by a word of many names', async () => {
    const store = await backend.open()
    await store.people.replaceAll([{ id: '1', name: 'Piet van Dam', emails: [], active: true }], { readAt: noon, seenOn: '2026-01-05' })
    const called = ['Team van Amsterdam', "Dam's numbers", 'piet weekly', 'Piet van Dam']
    for (const [at, name] of called.entries()) await store.subscriptions.insert(teamDigest({ id: `s${at}`, subjectId: boss, name }))
    await store.people.forget('1', '')
    const left = await Promise.all(called.map(async (_, at) => (await store.subscriptions.find(`s${at}`))?.name))
    expect(left).toEqual(['Team van Amsterdam', undefined, undefined, undefined])
  })

  it('lets go of leavers and reminders once nothing of theirs lies within the retention', async () => {
    const store = await backend.open()
    await store.people.replaceAll(people, { readAt: noon, seenOn: '2026-01-05' })
    const item = { deliveryId: 'd', managerId: boss, reportId: rep, status: 'open' as const }
    await store.coaching.name('d', [
      { ...item, id: 'old', openedAt: new Date('2025-01-01T00:00:00Z') },
      { ...item, id: 'new', openedAt: noon },
    ])
    await store.people.replaceAll(people.slice(0, 1), { readAt: noon, seenOn: '2026-01-06' })
    await store.prune('2025-12-01', '2026-01-01')
    // They left in January 2026: their places of then still count for the weeks that are kept.
    expect([...(await store.people.chart()).people.keys()]).toContain(gone.id)
    expect((await store.coaching.items(boss)).map(({ id }) => id)).toEqual(['new'])
    await store.prune('2026-12-31', '2026-12-31')
    expect([...(await store.people.chart()).people.keys()]).toEqual([boss])
    expect(await store.coaching.items(boss)).toEqual([])
  })
})
