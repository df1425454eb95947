// Subscriptions and the programmes that create them. One is due when its `nextAt` is not after the clock handed in.

import { and, count, eq, gt, inArray, isNull, lte, ne, type SQL, sql } from 'drizzle-orm'
import type { Programme } from '../../domain/programme.ts'
import type { Destination, Subscription } from '../../domain/subscription.ts'
import { readAnew } from '../../one-reading.ts'
import type { CompanyFactsNow } from '../company-facts.ts'
import { batchedByKey } from '../database/batch.ts'
import { type Database, present } from '../database/database.ts'
import type { Forgotten } from '../people/forgotten.ts'
import { programmes, subscriptions } from '../schema/digests.ts'
import { isStillAsAligned } from './programme-rule.ts'
import { createReaderStops, passesStop, type ReaderOf, type ReaderStops, takeBackStop } from './reader-stops.ts'

/** Fields to write; `null` clears an optional one, an absent one stays as it is. */
export type SubscriptionChange = {
  readonly [Field in Exclude<keyof Subscription, 'id' | 'createdAt'>]?: undefined extends Subscription[Field]
    ? Subscription[Field] | null
    : Subscription[Field]
}

export interface SubscriptionStore extends ReaderStops {
  /** `reader`: who sets it up for themselves, and takes an earlier stop back with it. */
  insert(subscription: Subscription, reader?: ReaderOf): Promise<void>
  /**
   * Inserts it unless its owner has so many, however many are saved at once (what programmes made does not count), or its reader's stop
   * stands.
   */
  insertIfFew(subscription: Subscription, ownAtMost: number, reader?: ReaderOf): Promise<'inserted' | 'too-many' | 'stopped'>
  /**
   * Inserts it unless its reader already gets such a direct message, not stopped, about the same people, or has stopped them, or the
   * programme is not as given any more. False where it was not inserted.
   */
  insertUnlessReceived(subscription: Subscription, programme?: Programme): Promise<boolean>
  /** Writes the given fields; `null` clears an optional one. */
  update(id: string, change: SubscriptionChange): Promise<void>
  /**
   * As {@link SubscriptionStore.update}, while it is not stopped, the reader's stop does not stand and the programme is as given. False where
   * nothing was written.
   */
  updateUnlessStopped(id: string, change: SubscriptionChange, reader?: ReaderOf, programme?: Programme): Promise<boolean>
  /** The same where it may itself be stopped. */
  start(id: string, change: SubscriptionChange, reader?: ReaderOf, programme?: Programme): Promise<boolean>
  remove(id: string): Promise<void>
  find(id: string): Promise<Subscription | undefined>
  ownedBy(slackUserId: string): Promise<readonly Subscription[]>
  /** Those that post to this person or to one of these channels. */
  receivedBy(slackUserId: string): Promise<readonly Subscription[]>
  inChannel(channelId: string): Promise<readonly Subscription[]>
  ofProgramme(programmeId: string): Promise<readonly Subscription[]>
  all(): Promise<readonly Subscription[]>
  /** Active, `nextAt` at or before `now`, oldest first. */
  due(now: Date, limit: number): Promise<readonly Subscription[]>
  /** The earliest `nextAt` after `now` of anything active: where a moved clock stops next. */
  nextDueAfter(now: Date): Promise<Date | undefined>
  /** Active, with the next run after `at`. */
  plannedAfter(at: Date): Promise<readonly Subscription[]>
  insertProgramme(programme: Programme): Promise<void>
  /** As {@link SubscriptionStore.insertIfFew}: unless its owner has so many that are not stopped. */
  insertProgrammeIfFew(programme: Programme, ownAtMost: number): Promise<boolean>
  /** `orgOf` there and undefined: the whole company. */
  updateProgramme(id: string, change: Partial<Omit<Programme, 'id' | 'createdAt'>>): Promise<void>
  programmes(): Promise<readonly Programme[]>
}

type Row = typeof subscriptions.$inferSelect

function subscriptionOf({ targetType, targetId, ...row }: Row): Subscription {
  const destination: Destination =
    targetType === 'channel' ? { type: 'channel', channelId: targetId } : { type: 'dm', slackUserId: targetId }
  return { ...present(row), destination }
}

const columnsOf = (destination: Destination): Pick<Row, 'targetType' | 'targetId'> => ({
  targetType: destination.type,
  targetId: destination.type === 'channel' ? destination.channelId : destination.slackUserId,
})

const changeOf = ({ destination, ...change }: SubscriptionChange): Partial<Row> => ({
  ...(change as Partial<Row>),
  ...(destination && columnsOf(destination)),
})

/** Whoever saves another one for the same owner, or to the same reader, waits, and finds this one. */
const oneAtATime = <T>(db: Database, who: string, work: (tx: Database) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`digests of ${who}`}))`)
    return work(tx)
  })

/** Whom it is about, for and from, as far as it names them. */
const namedIn = ({ ownerSlackId, subjectId, destination }: Partial<Subscription> | SubscriptionChange): readonly string[] =>
  [ownerSlackId, subjectId, destination?.type === 'dm' ? destination.slackUserId : undefined].flatMap((id) => id ?? [])

const namedInProgramme = ({ ownerSlackId, orgOf, pilotTeams }: Partial<Programme>): readonly string[] =>
  [ownerSlackId, orgOf, ...(pilotTeams ?? [])].flatMap((id) => id ?? [])

export function createSubscriptionStore(db: Database, facts: CompanyFactsNow, forgotten: Forgotten): SubscriptionStore {
  /** Writes nothing that names somebody who was forgotten while it was made. */
  async function unlessForgotten(tx: Database, ids: readonly string[], write: (tx: Database) => Promise<unknown>): Promise<void> {
    const leftOut = await forgotten.gate(tx)
    if (!ids.some(leftOut)) await write(tx)
  }
  /** False where the reader's stop stands, or the programme is another by now. */
  async function insertFor(
    tx: Database,
    { destination, ...columns }: Subscription,
    reader: ReaderOf | undefined,
    programme?: Programme,
  ): Promise<boolean> {
    if (reader && !(await passesStop(tx, reader))) return false
    let isAsAligned = true
    await unlessForgotten(tx, namedIn({ destination, ...columns }), async () => {
      isAsAligned = !programme || (await isStillAsAligned(tx, programme))
      if (isAsAligned) await tx.insert(subscriptions).values({ ...columns, ...columnsOf(destination) })
    })
    await takeBackStop(tx, reader)
    return isAsAligned
  }
  const insertProgramme = (tx: Database, programme: Programme): Promise<void> =>
    unlessForgotten(tx, namedInProgramme(programme), () => tx.insert(programmes).values(programme))
  const list = async (where?: SQL): Promise<readonly Subscription[]> =>
    (await db.select().from(subscriptions).where(where).orderBy(subscriptions.createdAt, subscriptions.id)).map(subscriptionOf)

  /** Whether a row was written. */
  async function update(where: SQL | undefined, change: SubscriptionChange, reader?: ReaderOf, programme?: Programme): Promise<boolean> {
    const set = changeOf(change)
    if (Object.keys(set).length === 0) return false
    let written = 0
    const write = async (to: Database) => {
      if (programme && !(await isStillAsAligned(to, programme))) return
      written = (await to.update(subscriptions).set(set).where(where).returning({ id: subscriptions.id })).length
    }
    const named = namedIn(change)
    if (named.length === 0 && !reader && !programme) await write(db)
    else
      await db.transaction(async (tx) => {
        if (reader && !(await passesStop(tx, reader))) return
        await unlessForgotten(tx, named, write)
        if (written > 0) await takeBackStop(tx, reader)
      })
    return written > 0
  }

  const receivedBy = batchedByKey(async (readerIds) =>
    Map.groupBy(await list(and(eq(subscriptions.targetType, 'dm'), inArray(subscriptions.targetId, [...readerIds]))), ({ destination }) =>
      destination.type === 'dm' ? destination.slackUserId : '',
    ),
  )

  return {
    insert: (subscription, reader) =>
      db.transaction(async (tx) => {
        await insertFor(tx, subscription, reader)
      }),
    insertIfFew: (subscription, ownAtMost, reader) =>
      oneAtATime(db, subscription.ownerSlackId, async (tx) => {
        const { ownerSlackId } = subscription
        const theirs = and(eq(subscriptions.ownerSlackId, ownerSlackId), isNull(subscriptions.programmeId))
        const [{ own } = { own: 0 }] = await tx.select({ own: count() }).from(subscriptions).where(theirs)
        if (own >= ownAtMost) return 'too-many'
        return (await insertFor(tx, subscription, reader)) ? 'inserted' : 'stopped'
      }),
    insertUnlessReceived: (subscription, programme) => {
      const { targetType, targetId } = columnsOf(subscription.destination)
      const reader = { slackUserId: targetId, kind: subscription.kind, isAsking: false }
      return oneAtATime(db, targetId, async (tx) => {
        const [there] = await tx
          .select({ id: subscriptions.id })
          .from(subscriptions)
          .where(
            and(
              eq(subscriptions.targetType, targetType),
              eq(subscriptions.targetId, targetId),
              eq(subscriptions.kind, subscription.kind),
              sql`${subscriptions.subjectId} IS NOT DISTINCT FROM ${subscription.subjectId ?? null}`,
              ne(subscriptions.status, 'stopped'),
            ),
          )
          .limit(1)
        return !there && insertFor(tx, subscription, reader, programme)
      })
    },
    async update(id, change) {
      await update(eq(subscriptions.id, id), change)
    },
    updateUnlessStopped: (id, ...given) => update(and(eq(subscriptions.id, id), ne(subscriptions.status, 'stopped')), ...given),
    start: (id, ...given) => update(eq(subscriptions.id, id), ...given),
    async remove(id) {
      await db.delete(subscriptions).where(eq(subscriptions.id, id))
    },
    find: batchedByKey(async (ids) => new Map((await list(inArray(subscriptions.id, [...ids]))).map((found) => [found.id, found]))),
    ownedBy: (slackUserId) => list(eq(subscriptions.ownerSlackId, slackUserId)),
    receivedBy: async (slackUserId) => (await receivedBy(slackUserId)) ?? [],
    inChannel: (channelId) => list(and(eq(subscriptions.targetType, 'channel'), eq(subscriptions.targetId, channelId))),
    ofProgramme: (programmeId) => list(eq(subscriptions.programmeId, programmeId)),
    all: () => list(),
    async due(now, limit) {
      const rows = await db
        .select()
        .from(subscriptions)
        .where(and(eq(subscriptions.status, 'active'), lte(subscriptions.nextAt, now)))
        .orderBy(subscriptions.nextAt, subscriptions.id)
        .limit(limit)
      return rows.map(subscriptionOf)
    },
    async nextDueAfter(now) {
      const [row] = await db
        .select({ nextAt: subscriptions.nextAt })
        .from(subscriptions)
        .where(and(eq(subscriptions.status, 'active'), gt(subscriptions.nextAt, now)))
        .orderBy(subscriptions.nextAt)
        .limit(1)
      return row?.nextAt ?? undefined
    },
    plannedAfter: (at) => list(and(eq(subscriptions.status, 'active'), gt(subscriptions.nextAt, at))),
    insertProgrammeIfFew(programme, ownAtMost) {
      readAnew()
      return oneAtATime(db, programme.ownerSlackId, async (tx) => {
        const { ownerSlackId } = programme
        const theirs = and(eq(programmes.ownerSlackId, ownerSlackId), ne(programmes.status, 'stopped'))
        const [{ own } = { own: 0 }] = await tx.select({ own: count() }).from(programmes).where(theirs)
        if (own >= ownAtMost) return false
        await insertProgramme(tx, programme)
        return true
      })
    },
    async insertProgramme(programme) {
      readAnew()
      await db.transaction((tx) => insertProgramme(tx, programme))
    },
    async updateProgramme(id, change) {
      readAnew()
      if (Object.keys(change).length === 0) return
      const set = { ...change, ...('orgOf' in change && { orgOf: change.orgOf ?? null }) }
      const write = (to: Database) => to.update(programmes).set(set).where(eq(programmes.id, id))
      await db.transaction((tx) => unlessForgotten(tx, namedInProgramme(change), write))
    },
    programmes: async () => (await facts()).programmes,
    ...createReaderStops(db, unlessForgotten),
  }
}
