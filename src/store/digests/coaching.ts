// Coaching goals and reminder items with the manager's answers. What counts as coached is decided in stats; this only remembers.

import { and, asc, eq, inArray, ne, notInArray, type SQL } from 'drizzle-orm'
import type { CoachingGoal, ReminderItem } from '../../domain/coaching.ts'
import type { PersonId } from '../../domain/person.ts'
import { batchedByKey } from '../database/batch.ts'
import { type Database, present } from '../database/database.ts'
import { type Forgotten, forgottenPerson } from '../people/forgotten.ts'
import { coachingGoals, reminderItems } from '../schema/digests.ts'

/** A goal somebody set; the default is not stored. */
export type SetGoal = CoachingGoal & Required<Pick<CoachingGoal, 'setBySlackId' | 'setAt'>>

export interface CoachingStore {
  /** Every goal that was set, the company's included. */
  goals(): Promise<readonly SetGoal[]>
  /** False where whose it is was forgotten. */
  setGoal(goal: SetGoal): Promise<boolean>
  /** Newest last. */
  items(managerId: PersonId): Promise<readonly ReminderItem[]>
  item(id: string): Promise<ReminderItem | undefined>
  ofDelivery(deliveryId: string): Promise<readonly ReminderItem[]>
  /** Of everybody: open, snoozed, or done by the manager's word alone. */
  waiting(): Promise<readonly ReminderItem[]>
  saveItem(item: ReminderItem): Promise<void>
  /**
   * The people one message names, all at once: what an earlier attempt at the same message named besides is forgotten, and
   * waiting items of earlier messages about the same people become `named-again`. Naming twice changes nothing.
   */
  name(deliveryId: string, items: readonly ReminderItem[]): Promise<void>
}

const goalFrom = ({ managerId, ...goal }: typeof coachingGoals.$inferSelect): SetGoal => (managerId === '' ? goal : { managerId, ...goal })

const itemFrom = (row: typeof reminderItems.$inferSelect): ReminderItem => present(row)

const rowOf = (item: ReminderItem) => ({ snoozedUntil: null, closedAt: null, evidence: null, ...item })

const waitingStatuses: ReminderItem['status'][] = ['open', 'snoozed', 'done-said']

/** Forgotten people are left out: a message or an answer about them may be under way. */
export function createCoachingStore(db: Database, forgotten: Forgotten): CoachingStore {
  const keptOf = async (tx: Database, given: readonly ReminderItem[]): Promise<readonly ReminderItem[]> => {
    const leftOut = await forgotten.gate(tx)
    return given.filter(({ managerId, reportId }) => !leftOut(managerId) && !leftOut(reportId))
  }

  const items = async (where: SQL | undefined) =>
    (await db.select().from(reminderItems).where(where).orderBy(asc(reminderItems.openedAt), reminderItems.id)).map(itemFrom)

  const itemsByManager = batchedByKey(async (managerIds) =>
    Map.groupBy(await items(inArray(reminderItems.managerId, [...managerIds])), (item) => item.managerId),
  )

  return {
    async goals() {
      return (await db.select().from(coachingGoals)).map(goalFrom)
    },
    async setGoal(goal) {
      const { managerId = '', setBySlackId } = goal
      return db.transaction(async (tx) => {
        const leftOut = await forgotten.gate(tx)
        if (leftOut(managerId)) return false
        const row = { ...goal, managerId, setBySlackId: leftOut(setBySlackId) ? forgottenPerson : setBySlackId }
        await tx.insert(coachingGoals).values(row).onConflictDoUpdate({ target: coachingGoals.managerId, set: row })
        return true
      })
    },
    items: async (managerId) => (await itemsByManager(managerId)) ?? [],
    async item(id) {
      return (await items(eq(reminderItems.id, id)))[0]
    },
    ofDelivery: (deliveryId) => items(eq(reminderItems.deliveryId, deliveryId)),
    waiting: () => items(inArray(reminderItems.status, waitingStatuses)),
    async saveItem(item) {
      const row = rowOf(item)
      await db.transaction(async (tx) => {
        if ((await keptOf(tx, [item])).length === 0) return
        await tx.insert(reminderItems).values(row).onConflictDoUpdate({ target: reminderItems.id, set: row })
      })
    },
    async name(deliveryId, given) {
      const ofThis = eq(reminderItems.deliveryId, deliveryId)
      await db.transaction(async (tx) => {
        const named = await keptOf(tx, given)
        const ids = named.map(({ id }) => id)
        await tx.delete(reminderItems).where(ids.length === 0 ? ofThis : and(ofThis, notInArray(reminderItems.id, ids)))
        const [first] = named
        if (!first) return
        await tx
          .update(reminderItems)
          .set({ status: 'named-again' })
          .where(
            and(
              eq(reminderItems.managerId, first.managerId),
              ne(reminderItems.deliveryId, deliveryId),
              inArray(
                reminderItems.reportId,
                named.map(({ reportId }) => reportId),
              ),
              inArray(reminderItems.status, waitingStatuses),
            ),
          )
        // An answer given meanwhile stands.
        await tx.insert(reminderItems).values(named.map(rowOf)).onConflictDoNothing()
      })
    },
  }
}
