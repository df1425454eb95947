// Keeps a programme's subscriptions in line with its rule: joiners get one, leavers' end, all follow its time, and a reader's own stop stands.
// Running it twice changes nothing, nor does running it with a rule that was changed meanwhile: whoever changed it runs it with the new one.
import type { Clock } from '../../clock.ts'
import type { Company } from '../../domain/company.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Programme } from '../../domain/programme.ts'
import { nextRun } from '../../domain/recurrence.ts'
import type { Subscription } from '../../domain/subscription.ts'
import type { Log } from '../../log.ts'
import type { ReaderOf } from '../../store/digests/reader-stops.ts'
import type { Store } from '../../store/store.ts'
import { nextFreeRun } from '../next-free-run.ts'
import { asRuled, followRule } from './follow-rule.ts'
import { wantedOf } from './wanted.ts'

export type Alignment = (programme: Programme) => Promise<void>

const leftWhy = 'no longer part of the programme'
/** Somebody had paused it until it is resumed: it comes back paused. */
const leftPausedWhy = 'no longer part of the programme; it was paused'

export function createAlignment(deps: {
  readonly store: Pick<Store, 'people' | 'subscriptions' | 'deliveries'>
  readonly clock: Clock
  readonly company: Company
  readonly log: Log
  slackUserOf(personId: PersonId): Promise<string | undefined>
  /** The reader's own zone, for reminders. */
  zoneOf(slackUserId: string): Promise<string>
}): Alignment {
  const { subscriptions, people } = deps.store

  return async (programme) => {
    const now = deps.clock.now()
    const wanted = programme.status === 'active' ? wantedOf(programme, await people.chart()) : []
    const rest = new Set<Subscription>()
    for (const one of await subscriptions.ofProgramme(programme.id))
      rest.add(one.kind === programme.kind ? await followRule(one, programme, deps) : one)
    const ofKind = [...rest].filter(({ kind }) => kind === programme.kind)
    const bySubject = Map.groupBy(ofKind, ({ subjectId }) => subjectId)
    const optedOut = await subscriptions.optedOut(programme.kind)
    let entered = 0
    let left = 0

    // Asked for together, so that a company of thousands takes a few statements.
    const readers = await Promise.all(wanted.map(({ readerId }) => deps.slackUserOf(readerId)))
    for (const [index, { subjectId }] of wanted.entries()) {
      const slackUserId = readers[index]
      if (slackUserId === undefined) continue
      const one = theirs(bySubject.get(subjectId), slackUserId)
      if (one) {
        rest.delete(one)
        // A reader's own pause, stop or move to a channel stands; only what the rule itself ended starts again.
        const ended =
          one.status === 'stopped' && (one.pausedWhy === leftWhy || one.pausedWhy === leftPausedWhy) && !optedOut.has(slackUserId)
        const again = ended && !(await alreadyGets(slackUserId, programme.kind, subjectId))
        const moved = one.destination.type === 'dm' && one.destination.slackUserId !== slackUserId
        const reader = { slackUserId, kind: programme.kind, isAsking: false }
        if (moved) await moveTo(one, reader, programme)
        if (again && (await takeBack(one, reader, programme))) entered += 1
        continue
      }
      if (optedOut.has(slackUserId) || (await alreadyGets(slackUserId, programme.kind, subjectId))) continue
      const zone = await deps.zoneOf(slackUserId)
      // Another programme may be aligned at the same moment.
      const made = subscriptionOf({ ...programme, ...asRuled(programme, zone) }, subjectId, slackUserId, now)
      if (await subscriptions.insertUnlessReceived(made, programme)) entered += 1
    }
    for (const { id, status } of rest) if (status !== 'stopped' && (await letGo(id, programme))) left += 1
    if (entered + left > 0) deps.log.info({ programme: programme.id, entered, left }, 'A programme was aligned with its rule')
  }

  /** False where its reader has stopped these, also since the stops were asked for. */
  async function takeBack(
    { id, recurrence, pausedUntil, pausedWhy }: Subscription,
    reader: ReaderOf,
    programme: Programme,
  ): Promise<boolean> {
    if (pausedWhy === leftPausedWhy) return subscriptions.start(id, { status: 'paused', pausedWhy: null }, reader, programme)
    const nextAt = await nextFreeRun(recurrence, { id, from: pausedUntil }, deps)
    return subscriptions.start(id, { status: 'active', pausedWhy: null, nextAt }, reader, programme)
  }

  /** To the Slack user its reader is linked to now; where that one has stopped these, or gets the same already, it ends. */
  async function moveTo({ id, status, subjectId = '' }: Subscription, reader: ReaderOf, programme: Programme): Promise<void> {
    const destination = { type: 'dm', slackUserId: reader.slackUserId } as const
    if (status !== 'stopped' && !(await alreadyGets(reader.slackUserId, reader.kind, subjectId))) {
      if (await subscriptions.updateUnlessStopped(id, { destination }, reader)) return
    }
    if (status !== 'stopped' && !(await letGo(id, programme))) return
    await subscriptions.update(id, { destination })
  }

  /** Ends it as it stands now: its reader may have paused or stopped it meanwhile. */
  async function letGo(id: string, programme: Programme): Promise<boolean> {
    const one = await subscriptions.find(id)
    // What the bot paused is tried again.
    const isPausedByHand = one?.status === 'paused' && one.pausedWhy === undefined
    const pausedWhy = isPausedByHand ? leftPausedWhy : leftWhy
    return subscriptions.updateUnlessStopped(id, { status: 'stopped', nextAt: null, pausedWhy }, undefined, programme)
  }

  /** Somebody who set up the same digest, or gets it from another programme, must not get it twice. */
  async function alreadyGets(slackUserId: string, kind: Subscription['kind'], subjectId: PersonId): Promise<boolean> {
    const received = await subscriptions.receivedBy(slackUserId)
    return received.some((one) => one.kind === kind && one.subjectId === subjectId && one.status !== 'stopped')
  }
}

/** Of those about one person the one that goes to them, else the one in a channel; somebody else may have turned theirs to them. */
function theirs(rows: readonly Subscription[] = [], slackUserId: string): Subscription | undefined {
  const rank = ({ destination, status }: Subscription): number =>
    (destination.type === 'channel' ? 2 : destination.slackUserId === slackUserId ? 0 : 4) + (status === 'stopped' ? 1 : 0)
  return rows.toSorted((a, b) => rank(a) - rank(b))[0]
}

const subscriptionOf = (programme: Programme, subjectId: PersonId, slackUserId: string, now: Date): Subscription => ({
  id: crypto.randomUUID(),
  kind: programme.kind,
  subjectId,
  destination: { type: 'dm', slackUserId },
  recurrence: programme.recurrence,
  whenEmpty: programme.whenEmpty,
  skipDates: [],
  showNames: false,
  ownerSlackId: programme.ownerSlackId,
  programmeId: programme.id,
  status: 'active',
  nextAt: nextRun(programme.recurrence, now).at,
  createdAt: now,
})
