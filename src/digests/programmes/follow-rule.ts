// Brings one digest of a programme to the programme's rule: every field the rule decides, except what was chosen for that digest alone. Whoever
// aligns does so every time, so that a change that was cut off is completed.
import type { Clock } from '../../clock.ts'
import type { Company } from '../../domain/company.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Recurrence, Subscription } from '../../domain/subscription.ts'
import type { Store } from '../../store/store.ts'
import { nextFreeRun } from '../next-free-run.ts'
import { isRunDue, reserveRun } from '../reserve-run.ts'

type Rule = Pick<Programme, 'kind' | 'recurrence' | 'whenEmpty'>
type Followed = Pick<Subscription, 'recurrence' | 'whenEmpty'>

const sameRecurrence = (a: Recurrence, b: Recurrence): boolean =>
  a.time === b.time && a.zone === b.zone && a.weekdays.join() === b.weekdays.join()

/** What the rule decides of one digest. A reminder comes once a week, in its reader's own `zone`, and never without anybody to name. */
export const asRuled = ({ kind, recurrence, whenEmpty }: Rule, zone: string): Followed =>
  kind === 'reminder'
    ? { recurrence: { weekdays: recurrence.weekdays.slice(0, 1), time: recurrence.time, zone }, whenEmpty: 'skip' }
    : { recurrence, whenEmpty }

/** What somebody who changes one digest chooses for it alone: where it is not changed all stays, and what the rule says is not theirs. */
export function chosenAlone(
  before: Subscription,
  draft: Followed,
  rule: Rule | undefined,
): { readonly isOwnTime: true | null; readonly isOwnWhenEmpty: true | null } {
  const ruled = rule && asRuled(rule, draft.recurrence.zone)
  const isOwn = (was: boolean | undefined, isChanged: boolean, isRuled: boolean) => ((isChanged ? !isRuled : was) ? true : null)
  return {
    isOwnTime: isOwn(
      before.isOwnTime,
      !sameRecurrence(before.recurrence, draft.recurrence),
      !ruled || sameRecurrence(ruled.recurrence, draft.recurrence),
    ),
    isOwnWhenEmpty: isOwn(before.isOwnWhenEmpty, before.whenEmpty !== draft.whenEmpty, !ruled || ruled.whenEmpty === draft.whenEmpty),
  }
}

/** A digest is written only while it is as it was read: the tick may have moved it on, or its reader changed it. */
const triesAtMost = 3

/** The digest as it is then. A pause until a day stands, and no day gets a second run. */
export async function followRule(
  one: Subscription,
  programme: Programme,
  deps: { readonly store: Pick<Store, 'subscriptions' | 'deliveries'>; readonly clock: Clock; readonly company: Company },
): Promise<Subscription> {
  const { subscriptions } = deps.store
  let read = one
  // A run that came due under the time of before goes out: the new time begins after it.
  if (isRunDue(one, deps.clock) && (await missing(one, programme, deps))) {
    await reserveRun(one, { ...deps.store, ...deps })
    read = (await subscriptions.find(one.id)) ?? one
  }
  for (let tries = 1; ; tries += 1) {
    const change = await missing(read, programme, deps)
    if (!change) return read
    if (await subscriptions.updateAsRead(read, change, programme)) return { ...read, ...change }
    const now = await subscriptions.find(one.id)
    if (!now || tries === triesAtMost) return now ?? one
    read = now
  }
}

async function missing(
  one: Subscription,
  programme: Programme,
  deps: Parameters<typeof followRule>[2],
): Promise<Partial<Pick<Subscription, 'recurrence' | 'whenEmpty' | 'nextAt'>> | undefined> {
  const { recurrence, whenEmpty } = asRuled(programme, one.recurrence.zone)
  const isMoved = !one.isOwnTime && !sameRecurrence(one.recurrence, recurrence)
  const isSaid = !one.isOwnWhenEmpty && one.whenEmpty !== whenEmpty
  if (!isMoved && !isSaid) return undefined
  const isPlanned = isMoved && one.status === 'active'
  const next = isPlanned && { nextAt: await nextFreeRun(recurrence, { id: one.id, from: one.pausedUntil }, deps) }
  return { ...(isMoved && { recurrence }), ...next, ...(isSaid && { whenEmpty }) }
}
