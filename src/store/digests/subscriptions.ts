// What is written of subscriptions: each by itself or for one owner or reader at a time, never against a reader's stop.

import { and, count, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Programme } from '../../domain/programme.ts'
import type { Destination, Subscription } from '../../domain/subscription.ts'
import type { CompanyFactsNow } from '../company-facts.ts'
import type { Database } from '../database/database.ts'
import type { Forgotten } from '../people/forgotten.ts'
import { subscriptions } from '../schema/digests.ts'
import { moveNextRuns, type NextRun } from './next-runs.ts'
import { ownerAtATime } from './owner-at-a-time.ts'
import { isStillAsAligned } from './programme-rule.ts'
import { createProgrammeStore, type ProgrammeStore } from './programmes.ts'
import { createReaderStops, passesStop, type ReaderOf, type ReaderStops, takeBackStop } from './reader-stops.ts'
import { createSubscriptionReads, type SubscriptionReads, type SubscriptionRow } from './subscription-reads.ts'

/** Fields to write; `null` clears an optional one, an absent one stays as it is. */
export type SubscriptionChange = {
  readonly [Field in Exclude<keyof Subscription, 'id' | 'createdAt'>]?: undefined extends Subscription[Field]
    ? Subscription[Field] | null
    : Subscription[Field]
}

export interface SubscriptionStore extends SubscriptionReads, ReaderStops, ProgrammeStore {
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
  /** The same while its time, status and next run and what it does when empty are as they were read. */
  updateAsRead(read: Subscription, change: SubscriptionChange, programme: Programme): Promise<boolean>
  /** False where it is not as it was read any more: then nothing is written. */
  moveNextRun(id: string, next: NextRun): Promise<boolean>
  remove(id: string): Promise<void>
}

const columnsOf = (destination: Destination): Pick<SubscriptionRow, 'targetType' | 'targetId'> => ({
  targetType: destination.type,
  targetId: destination.type === 'channel' ? destination.channelId : destination.slackUserId,
})

const changeOf = ({ destination, ...change }: SubscriptionChange): Partial<SubscriptionRow> => ({
  ...(change as Partial<SubscriptionRow>),
  ...(destination && columnsOf(destination)),
})

/** Whom it is about, for and from, as far as it names them. */
const namedIn = ({ ownerSlackId, subjectId, destination }: Partial<Subscription> | SubscriptionChange): readonly string[] =>
  [ownerSlackId, subjectId, destination?.type === 'dm' ? destination.slackUserId : undefined].flatMap((id) => id ?? [])

const isAsRead = ({ id, status, recurrence, whenEmpty, nextAt }: Subscription): SQL | undefined =>
  and(
    eq(subscriptions.id, id),
    eq(subscriptions.status, status),
    eq(subscriptions.recurrence, recurrence),
    eq(subscriptions.whenEmpty, whenEmpty),
    nextAt ? eq(subscriptions.nextAt, nextAt) : isNull(subscriptions.nextAt),
  )

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

  return {
    insert: (subscription, reader) =>
      db.transaction(async (tx) => {
        await insertFor(tx, subscription, reader)
      }),
    insertIfFew: (subscription, ownAtMost, reader) =>
      ownerAtATime(db, subscription.ownerSlackId, async (tx) => {
        const { ownerSlackId } = subscription
        const theirs = and(eq(subscriptions.ownerSlackId, ownerSlackId), isNull(subscriptions.programmeId))
        const [{ own } = { own: 0 }] = await tx.select({ own: count() }).from(subscriptions).where(theirs)
        if (own >= ownAtMost) return 'too-many'
        return (await insertFor(tx, subscription, reader)) ? 'inserted' : 'stopped'
      }),
    insertUnlessReceived: (subscription, programme) => {
      const { targetType, targetId } = columnsOf(subscription.destination)
      const reader = { slackUserId: targetId, kind: subscription.kind, isAsking: false }
      return ownerAtATime(db, targetId, async (tx) => {
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
    updateAsRead: (read, change, programme) => update(isAsRead(read), change, undefined, programme),
    moveNextRun: async (id, next) => (await moveNextRuns(db, [{ ...next, id }])).has(id),
    async remove(id) {
      await db.delete(subscriptions).where(eq(subscriptions.id, id))
    },
    ...createSubscriptionReads(db),
    ...createProgrammeStore(db, facts, unlessForgotten),
    ...createReaderStops(db, unlessForgotten),
  }
}
