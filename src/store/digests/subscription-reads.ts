// Which subscriptions there are: by id, owner, reader, channel and programme, and which are due: those whose `nextAt` is not after the
// clock handed in.
import { and, eq, gt, inArray, lte, ne, type SQL } from 'drizzle-orm'
import type { Destination, Subscription } from '../../domain/subscription.ts'
import { batchedByKey } from '../database/batch.ts'
import { type Database, present } from '../database/database.ts'
import { subscriptions } from '../schema/digests.ts'

export interface SubscriptionReads {
  find(id: string): Promise<Subscription | undefined>
  ownedBy(slackUserId: string): Promise<readonly Subscription[]>
  /** Those that post to this person or to one of these channels. */
  receivedBy(slackUserId: string): Promise<readonly Subscription[]>
  inChannel(channelId: string): Promise<readonly Subscription[]>
  /** In any channel, with people named. */
  namingInChannels(): Promise<readonly Subscription[]>
  ofProgramme(programmeId: string): Promise<readonly Subscription[]>
  all(): Promise<readonly Subscription[]>
  /** Active, `nextAt` at or before `now`, oldest first. */
  due(now: Date, limit: number): Promise<readonly Subscription[]>
  /** The earliest `nextAt` after `now` of anything active: where a moved clock stops next. */
  nextDueAfter(now: Date): Promise<Date | undefined>
  /** Active, with the next run after `at`. */
  plannedAfter(at: Date): Promise<readonly Subscription[]>
}

export type SubscriptionRow = typeof subscriptions.$inferSelect

function subscriptionOf({ targetType, targetId, ...row }: SubscriptionRow): Subscription {
  const destination: Destination =
    targetType === 'channel' ? { type: 'channel', channelId: targetId } : { type: 'dm', slackUserId: targetId }
  return { ...present(row), destination }
}

export function createSubscriptionReads(db: Database): SubscriptionReads {
  const list = async (where?: SQL): Promise<readonly Subscription[]> =>
    (await db.select().from(subscriptions).where(where).orderBy(subscriptions.createdAt, subscriptions.id)).map(subscriptionOf)

  const receivedBy = batchedByKey(async (readerIds) =>
    Map.groupBy(await list(and(eq(subscriptions.targetType, 'dm'), inArray(subscriptions.targetId, [...readerIds]))), ({ destination }) =>
      destination.type === 'dm' ? destination.slackUserId : '',
    ),
  )

  return {
    find: batchedByKey(async (ids) => new Map((await list(inArray(subscriptions.id, [...ids]))).map((found) => [found.id, found]))),
    ownedBy: (slackUserId) => list(eq(subscriptions.ownerSlackId, slackUserId)),
    receivedBy: async (slackUserId) => (await receivedBy(slackUserId)) ?? [],
    inChannel: (channelId) => list(and(eq(subscriptions.targetType, 'channel'), eq(subscriptions.targetId, channelId))),
    namingInChannels: () =>
      list(and(eq(subscriptions.targetType, 'channel'), eq(subscriptions.showNames, true), ne(subscriptions.status, 'stopped'))),
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
  }
}
