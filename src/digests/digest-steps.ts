// What every act on a digest rests on: finding it for somebody who may touch it, telling it as an entry, the checks before it may go out,
// the next run of a rule, and the line in the access log. Changes nothing by itself.

import type { Clock } from '../clock.ts'
import type { Company } from '../domain/company.ts'
import { type LocalDate, localDateOf } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import { nextRun, plannedDateOf } from '../domain/recurrence.ts'
import type { Recurrence, Subscription } from '../domain/subscription.ts'
import { upcomingRuns } from '../domain/upcoming.ts'
import { AskError } from '../errors.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import type { Preview } from './build.ts'
import { checkDraft, type DraftCheckDeps } from './check-draft.ts'
import { isDigest } from './delivery/deps.ts'
import type { ProgrammeService } from './programmes/service.ts'
import { mayChange, mayRead, noSuchDigest } from './rights.ts'
import type { DigestDraft, DigestEntry, DraftVerdict } from './service.ts'

export interface DigestServiceDeps extends DraftCheckDeps {
  readonly store: Pick<Store, 'people' | 'subscriptions' | 'deliveries' | 'access' | 'queue'>
  readonly clock: Clock
  readonly company: Company
  readonly preview: Preview
  readonly programmes: ProgrammeService
  nameOf(slackUserId: string): Promise<string>
  readonly wake: Wake
  /** Lets the workers look now. */
  nudge(): void
}

export interface DigestSteps {
  /** @throws AskError when it is not there or not for this viewer; which of the two is not said. */
  changeable(viewer: Viewer, id: string): Promise<Subscription>
  /** @throws AskError likewise. */
  entry(viewer: Viewer, id: string): Promise<DigestEntry>
  entryOf(viewer: Viewer, subscription: Subscription): Promise<DigestEntry>
  check(viewer: Viewer, draft: DigestDraft): Promise<DraftVerdict>
  /** @throws AskError with what stands in the way, who reads along where people are named included. */
  mustPass(viewer: Viewer, draft: DigestDraft): Promise<void>
  /** As {@link mustPass} for a digest that exists: where it may not name people any more it goes out without names, and says so. */
  mustPassAgain(viewer: Viewer, subscription: Subscription): Promise<void>
  /** The first run from now, or from a local date, on a day this digest has no run of yet: neither a sent one nor one left out. */
  nextAt(recurrence: Recurrence, of?: { readonly id: string; readonly from?: LocalDate | undefined }): Promise<Date>
  /** One line in the access log; `subjectId`: whom the digest is about. */
  record(viewer: Viewer, detail: string, subjectId: PersonId | undefined): Promise<void>
}

export function createDigestSteps(parts: DigestServiceDeps): DigestSteps {
  const { store, clock, company } = parts
  const today = (): LocalDate => localDateOf(clock.now(), company.zone)

  async function check(viewer: Viewer, draft: DigestDraft): Promise<DraftVerdict> {
    const { kind, destination } = draft
    const isForOther = destination.type === 'dm' && destination.slackUserId !== viewer.slackUserId
    const verdict = await checkDraft(viewer, draft, await store.people.chart(), today(), parts)
    const hasStopped = verdict.ok && isForOther && (await store.subscriptions.optedOut(kind)).has(destination.slackUserId)
    return hasStopped ? { ok: false, field: 'where', why: stopStands } : verdict
  }

  async function entryOf(viewer: Viewer, subscription: Subscription): Promise<DigestEntry> {
    const chart = await store.people.chart()
    const [latest] = (await store.deliveries.history(subscription.id, 5)).filter(isDigest)
    const [run] = subscription.nextAt
      ? upcomingRuns(subscription.recurrence, subscription.skipDates, new Date(subscription.nextAt.getTime() - 1), 1, company)
      : []
    const { pausedUntil, ...unpaused } = subscription
    return {
      // A pause that is over is nobody's concern any more.
      subscription: pausedUntil !== undefined && pausedUntil <= today() ? unpaused : subscription,
      about: aboutOf(subscription, (id) => chart.people.get(id)?.name),
      ownerName: await parts.nameOf(subscription.ownerSlackId),
      ...(run && { nextRun: run }),
      ...(latest && { latest }),
      mayChange: mayChange(viewer, subscription, chart, today()),
    }
  }

  async function mustPass(viewer: Viewer, draft: DigestDraft): Promise<void> {
    const verdict = await check(viewer, draft)
    if (!verdict.ok) throw new AskError(verdict.why)
    if (draft.showNames && verdict.outsiders.length > 0) {
      throw new AskError('People from outside the team can read that channel, so nobody can be shown by name there.')
    }
  }

  return {
    async changeable(viewer, id) {
      const subscription = await store.subscriptions.find(id)
      if (!subscription || !mayChange(viewer, subscription, await store.people.chart(), today())) throw noSuchDigest()
      return subscription
    },
    async entry(viewer, id) {
      const subscription = await store.subscriptions.find(id)
      if (!subscription || !mayRead(viewer, subscription, await store.people.chart(), today())) throw noSuchDigest()
      return entryOf(viewer, subscription)
    },
    entryOf,
    check,
    mustPass,
    mustPassAgain: (viewer, subscription) => mustPass(viewer, { ...subscription, showNames: false }),
    async nextAt(recurrence, of) {
      const past = of ? await store.deliveries.history(of.id, 100) : []
      const dates = new Set(past.map(({ occurrence }) => plannedDateOf(occurrence)))
      for (let run = nextRun(recurrence, clock.now()); ; run = nextRun(recurrence, run.at))
        if (!dates.has(run.date) && run.date >= (of?.from ?? '')) return run.at
    },
    record: (viewer, detail, personId) =>
      store.access.record([
        { at: clock.now(), what: 'change', bySlackId: viewer.slackUserId, detail, ...(personId !== undefined && { personId }) },
      ]),
  }
}

/** For a digest, or a kind of them, that its reader wants no more. */
export const stopStands = 'Its reader has stopped these. A stop stands until they set one up themselves with /gong-digest new.'

/** What a digest is about, in words; a name is hostile text. */
export function aboutOf(of: Pick<Subscription, 'kind' | 'subjectId'>, nameOf: (personId: string) => string | undefined): string {
  const name = of.subjectId === undefined ? undefined : nameOf(of.subjectId)
  if (of.kind === 'company' || name === undefined) return 'the company'
  return of.kind === 'personal' || of.kind === 'reminder' ? name : `${name}'s team`
}
