// Whoever is forgotten while somebody writes what Gong and Slack said before stays forgotten, in whichever order the two end.
import { sql } from 'drizzle-orm'
import { describe, expect, it, vi } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import type { Programme } from '../../src/domain/programme.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { type OpenedStore, storeOver } from '../../src/store/database/connect.ts'
import { type Database, rowsOf } from '../../src/store/database/database.ts'
import type { Store } from '../../src/store/store.ts'
import { member } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { anyCard } from './any-card.ts'
import { noon, onBothBackends, stillClock } from './backends.ts'
import { wholeDatabase } from './whole-database.ts'

const week = { from: '2026-11-16', to: '2026-11-23' }
const [boss, gone, rep] = ['8800112233445566', '7700112233445566', '9900112233445566'] as const
const slackId = 'U0GONE77'

const people: readonly Person[] = [
  { id: boss, name: 'Olga Boss', emails: ['olga@acme.test'], active: true },
  { id: gone, name: 'Pat Rahman', emails: ['pat@acme.test'], managerId: boss, active: true, slackUserId: slackId },
  { id: rep, name: 'Ana Diaz', emails: ['ana@acme.test'], managerId: gone, active: true },
]
const fetched = { readAt: noon, seenOn: '2026-01-05' }
const read = { quarantinedIds: [gone], quarantined: 1, readAt: noon, final: true }
const range = { ...read, period: week, scope: 'all' as const, onlyPeople: [gone, rep] }
const rows = [gone, rep].map((personId) => ({ personId, callsAsHost: 3 }))
const card = (reviewedId: string, reviewerId: string) => anyCard(`made-up/${reviewerId}/${reviewedId}`, reviewedId, reviewerId)
const item = { id: `d.${gone}`, deliveryId: 'd', managerId: boss, reportId: gone, status: 'open' as const, openedAt: noon }
const inSlack = { ...member(slackId, 'Pat Rahman'), email: 'pat@acme.test' }

const digest: Subscription = {
  id: 'd1',
  kind: 'team',
  subjectId: boss,
  destination: { type: 'channel', channelId: 'C1' },
  recurrence: { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' },
  whenEmpty: 'say',
  skipDates: [],
  showNames: false,
  ownerSlackId: 'U0BOSS',
  status: 'active',
  createdAt: noon,
}
const programme: Programme = {
  id: 'p1',
  kind: 'team',
  recurrence: digest.recurrence,
  stage: 'pilot',
  pilotTeams: [],
  whenEmpty: 'say',
  ownerSlackId: 'U0BOSS',
  status: 'active',
  createdAt: noon,
}

const notice = { id: 'n', subscriptionId: 's', occurrence: 'notice:x:U0BOSS', channelId: 'U0BOSS', dueAt: noon, createdAt: noon }

/** Committed before, it makes their Slack user somebody else's: that one is kept then. */
const linkToThem = 'a link to them'

const writers: readonly (readonly [string, (store: Store) => Promise<unknown>])[] = [
  ['the list of people', ({ people: list }) => list.replaceAll(people, fetched)],
  ['a window of everybody', ({ windows }) => windows.replace('activity', week, { ...read, rows, onlyPeople: [gone, rep] })],
  ['windows of single people', ({ windows }) => windows.replaceFor('interaction', week, [gone, rep], { ...read, rows })],
  ['coaching', ({ windows }) => windows.replace('coaching', week, { ...read, rows: [{ managerId: boss, reportId: gone }] })],
  ['scorecards', ({ records }) => records.keepScorecards(range, [card(gone, boss), card(rep, gone)])],
  ['days', ({ records }) => records.keepDailyActivity(range, [{ personId: gone, date: '2026-11-17', callsAsHost: 1 }])],
  ['the directory', ({ directory }) => directory.replaceAll([inSlack, member('U0BOSS', 'Olga Boss')], noon)],
  ['a member', ({ directory }) => directory.upsert(inSlack)],
  ['names of a reminder', ({ coaching }) => coaching.name('d', [item])],
  ['an answer to a reminder', ({ coaching }) => coaching.saveItem({ ...item, status: 'snoozed' })],
  ['a goal', ({ coaching }) => coaching.setGoal({ managerId: gone, everyWeeks: 2, setBySlackId: slackId, setAt: noon })],
  ["the company's goal", ({ coaching }) => coaching.setGoal({ everyWeeks: 2, setBySlackId: slackId, setAt: noon })],
  ['a link', ({ people: list }) => list.link(gone, slackId)],
  [linkToThem, ({ people: list }) => list.link(rep, slackId)],
  ['a move', ({ people: list }) => list.move(gone, boss)],
  ['a move to them', ({ people: list }) => list.move(boss, gone)],
  ['a role', ({ access }) => access.grant('U0BOSS', { type: 'coach', personId: gone }, slackId, noon)],
  ['a role of theirs', ({ access }) => access.grant(slackId, { type: 'coach', personId: rep }, 'U0BOSS', noon)],
  ['a role they gave', ({ access }) => access.grant('U0BOSS', { type: 'coach', personId: rep }, slackId, noon)],
  ['whose record was set aside', ({ listWatch }) => listWatch.save({ setAside: { since: noon, ids: [gone], unknown: 0 } })],
  ['a digest of theirs', ({ subscriptions }) => subscriptions.insert({ ...digest, destination: { type: 'dm', slackUserId: slackId } })],
  ['a digest about them', ({ subscriptions }) => subscriptions.insertIfFew({ ...digest, subjectId: gone }, 50)],
  ['a digest that a programme gives them', ({ subscriptions }) => subscriptions.insertUnlessReceived({ ...digest, ownerSlackId: slackId })],
  [
    'a digest that goes to them',
    async ({ subscriptions }) => {
      await subscriptions.insert({ ...digest, id: 'moved' })
      await subscriptions.update('moved', { destination: { type: 'dm', slackUserId: slackId } })
    },
  ],
  ['a programme for their org', ({ subscriptions }) => subscriptions.insertProgramme({ ...programme, orgOf: gone })],
  ['a programme of theirs', ({ subscriptions }) => subscriptions.insertProgrammeIfFew({ ...programme, ownerSlackId: slackId }, 50)],
  [
    'a programme that begins with their team',
    async ({ subscriptions }) => {
      await subscriptions.insertProgramme({ ...programme, id: 'pilot' })
      await subscriptions.updateProgramme('pilot', { pilotTeams: [boss, gone] })
    },
  ],
  ['what they want no more of', ({ subscriptions }) => subscriptions.optOut(slackId, 'personal', noon)],
  ['that they were introduced', ({ tenant }) => tenant.saveSetting(`introduced:${slackId}`, noon.toISOString())],
  [
    'what was changed about them',
    ({ access }) =>
      access.record([
        { at: noon, what: 'grant', bySlackId: 'U0BOSS', personId: rep, detail: `coach for ${slackId}` },
        { at: noon, what: 'move', bySlackId: 'U0BOSS', personId: rep, detail: `to manager ${gone}` },
      ]),
  ],
  ['a notice to them', ({ deliveries }) => deliveries.reserve({ ...notice, channelId: slackId, body: 'Your digest' }, {})],
  ['a notice because of them', ({ deliveries }) => deliveries.reserve({ ...notice, occurrence: `notice:x:${slackId}` }, {})],
  ['a notice that names them', ({ deliveries }) => deliveries.reserve({ ...notice, body: `Pat Rahman, ["${gone}"]` }, {})],
  ['a notice that mentions them', ({ deliveries }) => deliveries.reserve({ ...notice, body: `<@${slackId}>, "${gone}"` }, {})],
  [
    'a digest that they send by hand',
    ({ deliveries }) => deliveries.reserveIfFew({ ...notice, sentBy: slackId }, {}, { prefix: 'manual:', since: noon, atMost: 5 }),
  ],
  ['a manager whose coaching Gong refuses', ({ gaps }) => gaps.refuseManagers([boss, gone], noon)],
  ['a question of theirs', ({ budget }) => budget.reserve({ endpoint: 'x', purpose: 'asked', asker: slackId, longestWaitMs: 60_000 })],
  ['who looked', ({ access }) => access.record([{ at: noon, what: 'view', bySlackId: slackId, personId: gone, detail: '/gong-stats' }])],
]

type Transact = <Result>(work: (tx: Database) => Promise<Result>) => Promise<Result>

/** The same database to somebody whose transactions run as `transact` lets them. */
async function besides(store: OpenedStore, transact: Transact): Promise<Store> {
  const database = new Proxy(store.database, {
    get(target, key) {
      const value: unknown = key === 'transaction' ? transact : Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const budget = { perSecond: 1000, perDay: 1_000_000 }
  return storeOver({ ...store, database }, { clock: stillClock(), log: keptLog().log, budget, realTime: 'database' })
}

/** Rows that name the person. */
const traces = async (store: Store): Promise<readonly string[]> =>
  (await wholeDatabase(store)).split('\n').filter((row) => [gone, slackId, 'Rahman', 'pat@acme'].some((trace) => row.includes(trace)))

onBothBackends((backend) => {
  async function known(): Promise<OpenedStore> {
    const store = await backend.open()
    await store.people.replaceAll(people, fetched)
    await store.directory.replaceAll([inSlack], noon)
    return store
  }

  it.each(writers)('stays forgotten when %s was prepared before and is written after', async (_, write) => {
    const store = await known()
    let forgetting: Promise<unknown> | undefined
    const late = await besides(store, async (work) => {
      forgetting ??= store.people.forget(gone, '')
      await forgetting
      return store.database.transaction(work)
    })
    await write(late)
    expect(forgetting).toBeDefined()
    expect(await traces(store)).toEqual([])
  })

  it.each(writers.filter(([what]) => what !== linkToThem))('stays forgotten when it begins before %s is committed', async (_, write) => {
    const store = await known()
    let forgetting: Promise<unknown> | undefined
    let isOver = false
    const early = await besides(store, (work) =>
      store.database.transaction(async (tx) => {
        const result = await work(tx)
        forgetting ??= store.people.forget(gone, '').finally(() => {
          isOver = true
        })
        // The embedded database does one transaction after the other by itself.
        if (store.kind === 'postgres') await vi.waitUntil(async () => isOver || (await isSomebodyWaiting(store.database)), 20_000)
        return result
      }),
    )
    await write(early)
    expect(forgetting).toBeDefined()
    await forgetting
    expect(await traces(store)).toEqual([])
  })

  it.each([
    ['a fetch of theirs', `sync interaction 2026-11-16..2026-11-22 ${gone}`],
    ['a fetch of several', `sync coaching 2026-11-16..2026-11-22 ${boss},${gone}`],
    ['a reminder of theirs', `reminder of ${slackId}`],
  ])('is named by no work that goes on: %s', async (_, name) => {
    const store = await known()
    let isUnderWay = false
    const done = Promise.withResolvers<string>()
    const work = store.exclusively(name, () => {
      isUnderWay = true
      return done.promise
    })
    await vi.waitUntil(() => isUnderWay, 20_000)
    // As a version before this one left it when it was killed.
    await store.database.execute(sql`INSERT INTO work_locks (name, holder, held_until) VALUES (${name}, 'killed', now())`)
    expect(await store.exclusively(name, async () => 'beside')).toBeUndefined()
    await store.people.forget(gone, '')
    expect(await traces(store)).toEqual([])
    done.resolve('done')
    expect(await work).toBe('done')
    expect(await store.exclusively(name, async () => 'after')).toBe('after')
  })

  it('leaves a Slack user to whom an admin linked it before', async () => {
    const store = await known()
    await store.people.link(rep, slackId)
    await store.people.forget(gone, '')
    expect((await store.people.chart()).people.get(rep)?.slackUserId).toBe(slackId)
    expect(await store.directory.find(slackId)).toBeDefined()
    expect((await traces(store)).filter((row) => row.includes(gone))).toEqual([])
  })

  describe('what is written at once by somebody who knows who was forgotten before', () => {
    const look = (personId: string, bySlackId: string) => ({ at: noon, what: 'view' as const, bySlackId, personId, detail: '/gong-stats' })

    it('stays forgotten when it is written after', async () => {
      const store = await known()
      let transactions = 0
      const other = await besides(store, (work) => {
        transactions += 1
        return store.database.transaction(work)
      })
      await other.access.record([look(rep, 'U0BOSS')])
      await other.access.record([look(rep, 'U0BOSS')])
      expect(transactions).toBe(1)
      await store.people.forget(gone, '')
      await other.access.record([look(gone, 'U0BOSS'), look(rep, slackId), { ...look(rep, 'U0BOSS'), readerIds: [slackId] }])
      expect(transactions).toBe(2)
      expect(await traces(store)).toEqual([])
      expect((await store.access.seenBy([rep], { limit: 10 })).rows.reduce((sum, { times }) => sum + times, 0)).toBe(4)
      await other.access.record([look(gone, 'U0BOSS'), look(rep, slackId)])
      expect(transactions).toBe(2)
      expect(await traces(store)).toEqual([])
    })

    it('stays forgotten when it is written meanwhile', async () => {
      const store = await known()
      const other = await besides(store, (work) => store.database.transaction(work))
      await other.access.record([look(rep, 'U0BOSS')])
      let writing: Promise<unknown> | undefined
      const forgetting = await besides(store, (work) =>
        store.database.transaction(async (tx) => {
          const result = await work(tx)
          writing ??= other.access.record([look(gone, slackId)])
          if (store.kind === 'postgres') await vi.waitUntil(() => isSomebodyWaiting(store.database), 20_000)
          return result
        }),
      )
      await forgetting.people.forget(gone, '')
      await writing
      expect(await traces(store)).toEqual([])
    })
  })

  it('lets go at the next list of people of who is forgotten and there all the same', async () => {
    const store = await known()
    await store.people.forget(gone, '')
    await store.database.execute(sql`INSERT INTO people (id, name, emails, active, slack_user_id, manager_id)
      VALUES (${gone}, 'Pat Rahman', '["pat@acme.test"]', true, ${slackId}, ${boss})`)
    await store.database.execute(sql`INSERT INTO daily_activity (person_id, date, calls_as_host) VALUES (${gone}, '2026-11-17', 1)`)
    expect(await traces(store)).toHaveLength(2)
    await store.people.replaceAll(people, fetched)
    expect(await traces(store)).toEqual([])
    expect([...(await store.people.chart()).people.keys()].toSorted()).toEqual([boss, rep])
  })
})

const isSomebodyWaiting = async (database: Database): Promise<boolean> =>
  (await rowsOf(database, sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).length > 0
