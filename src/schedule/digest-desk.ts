// What people do to digests: the acts behind `/gong-digest`, its buttons, the editor and Home. Every act checks the viewer again
// and is written to the access log; what a person reads about it is the reports' to word.
import type { Clock } from '../clock.ts'
import { type LocalDate, localDateOf } from '../domain/period.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Delivery, Recurrence, Subscription } from '../domain/subscription.ts'
import { AskError } from '../errors.ts'
import type { DigestDesk, DigestDraft, DigestEntry } from '../reports/digest-desk.ts'
import { isDigest } from '../slack/delivery-parts.ts'
import type { Wake } from '../store/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import type { Preview } from './compose.ts'
import { isReader, mayChange, mayRead, noSuchDigest } from './digest-rights.ts'
import { checkDraft, type DraftCheckParts } from './draft-check.ts'
import { type Company, rowOf } from './due.ts'
import type { ProgrammeDesk } from './programme-desk.ts'
import { nextRun, runsBetween } from './recurrence.ts'
import { upcomingRuns } from './upcoming.ts'

export interface DigestDeskParts extends DraftCheckParts {
  readonly store: Pick<Store, 'people' | 'subscriptions' | 'deliveries' | 'access' | 'queue'>
  readonly clock: Clock
  readonly company: Company
  readonly preview: Preview
  readonly programmes: ProgrammeDesk
  nameOf(slackUserId: string): Promise<string>
  readonly wake: Wake
  /** Lets the workers look now. */
  nudge(): void
}

export function createDigestDesk(parts: DigestDeskParts): DigestDesk {
  const { store, clock, company } = parts
  const { subscriptions, deliveries } = store
  const now = (): Date => clock.now()
  const today = (): LocalDate => localDateOf(now(), company.zone)
  const nextAt = (recurrence: Recurrence, from?: LocalDate): Date => {
    const first = nextRun(recurrence, now())
    if (from === undefined || first.date >= from) return first.at
    for (let run = first; ; run = nextRun(recurrence, run.at)) if (run.date >= from) return run.at
  }
  const record = (viewer: Viewer, detail: string) =>
    store.access.record([{ at: now(), what: 'change', bySlackId: viewer.slackUserId, detail }])

  async function changeable(viewer: Viewer, id: string): Promise<Subscription> {
    const subscription = await subscriptions.find(id)
    if (!subscription || !mayChange(viewer, subscription, await store.people.chart(), today())) throw noSuchDigest()
    return subscription
  }

  async function entryOf(viewer: Viewer, subscription: Subscription): Promise<DigestEntry> {
    const chart = await store.people.chart()
    const [latest] = (await deliveries.history(subscription.id, 5)).filter(isDigest)
    const [nextRun] = subscription.nextAt
      ? upcomingRuns(subscription.recurrence, subscription.skipDates, new Date(subscription.nextAt.getTime() - 1), 1, company)
      : []
    return {
      subscription,
      about: aboutOf(subscription, (id) => chart.people.get(id)?.name),
      ownerName: await parts.nameOf(subscription.ownerSlackId),
      ...(nextRun && { nextRun }),
      ...(latest && { latest }),
      mayChange: mayChange(viewer, subscription, chart, today()),
    }
  }

  async function entry(viewer: Viewer, id: string): Promise<DigestEntry> {
    const subscription = await subscriptions.find(id)
    if (!subscription || !mayRead(viewer, subscription, await store.people.chart(), today())) throw noSuchDigest()
    return entryOf(viewer, subscription)
  }

  const check = async (viewer: Viewer, draft: DigestDraft) => checkDraft(viewer, draft, await store.people.chart(), today(), parts)

  async function mustPass(viewer: Viewer, draft: DigestDraft): Promise<void> {
    const verdict = await check(viewer, draft)
    if (!verdict.ok) throw new AskError(verdict.why)
    if (draft.showNames && verdict.outsiders.length > 0) {
      throw new AskError('People from outside the team can read that channel, so nobody can be shown by name there.')
    }
  }

  /** A delivery the viewer may decide about: of a digest they may change. */
  async function decidable(viewer: Viewer, deliveryId: string): Promise<{ row: Delivery; subscription: Subscription }> {
    const row = await deliveries.find(deliveryId)
    if (!row || !isDigest(row)) throw noSuchDigest()
    if (row.leaseUntil && row.leaseUntil > now()) throw new AskError('It is being posted right now. Look again in a minute.')
    return { row, subscription: await changeable(viewer, row.subscriptionId) }
  }

  return {
    company: { zone: company.zone, namesInChannels: parts.namesInChannels },
    nameOf: parts.nameOf,
    async mine(viewer) {
      const [received, owned] = await Promise.all([subscriptions.receivedBy(viewer.slackUserId), subscriptions.ownedBy(viewer.slackUserId)])
      const entries = (list: readonly Subscription[]) =>
        Promise.all(list.filter(({ status }) => status !== 'stopped').map((subscription) => entryOf(viewer, subscription)))
      const receives = await entries(received)
      // A programme can own hundreds; it is listed as one.
      const sends = await entries(owned.filter((one) => one.programmeId === undefined && !isReader(viewer, one)))
      return { receives, sends }
    },
    entry,
    async history(viewer, id, limit) {
      await entry(viewer, id)
      return (await deliveries.history(id, limit * 3)).filter(isDigest).slice(0, limit)
    },
    upcoming: (recurrence, skipDates, count) => upcomingRuns(recurrence, skipDates, now(), count, company),
    check,
    async preview(viewer, draft) {
      const verdict = await check(viewer, draft)
      if (!verdict.ok && verdict.field !== 'where') throw new AskError(verdict.why)
      return (await parts.preview(viewer, draft)).message
    },
    async create(viewer, draft) {
      await mustPass(viewer, draft)
      const subscription: Subscription = {
        ...draft,
        id: crypto.randomUUID(),
        ownerSlackId: viewer.slackUserId,
        status: 'active',
        nextAt: nextAt(draft.recurrence),
        createdAt: now(),
      }
      await subscriptions.insert(subscription)
      await record(viewer, `digest ${draft.kind} created${draft.showNames ? ', names shown' : ''}`)
      return entryOf(viewer, subscription)
    },
    async change(viewer, id, draft) {
      const before = await changeable(viewer, id)
      await mustPass(viewer, draft)
      const { subjectId, ...fields } = draft
      await subscriptions.update(id, {
        ...fields,
        subjectId: subjectId ?? null,
        status: 'active',
        pausedWhy: null,
        pausedUntil: null,
        nextAt: nextAt(draft.recurrence),
      })
      await record(viewer, `digest ${draft.kind} changed${draft.showNames && !before.showNames ? ', names shown' : ''}`)
      return entry(viewer, id)
    },
    async sendNow(viewer, id, triggerId) {
      const subscription = await changeable(viewer, id)
      await mustPass(viewer, subscription)
      const deliveryId = crypto.randomUUID()
      await deliveries.reserve(
        {
          id: deliveryId,
          subscriptionId: id,
          occurrence: `manual:${triggerId}`,
          dueAt: now(),
          createdAt: now(),
          sentBy: viewer.slackUserId,
        },
        { wake: parts.wake },
      )
      await record(viewer, `digest ${subscription.kind} sent by hand`)
      parts.nudge()
    },
    async pause(viewer, id, until) {
      const subscription = await changeable(viewer, id)
      // Until a date, it stays active and its next run lies there: nothing has to wake it up again.
      await subscriptions.update(
        id,
        until === undefined
          ? { status: 'paused', nextAt: null, pausedUntil: null, pausedWhy: null }
          : { status: 'active', nextAt: nextAt(subscription.recurrence, until), pausedUntil: until, pausedWhy: null },
      )
      await record(viewer, `digest ${subscription.kind} paused`)
      return entry(viewer, id)
    },
    async resume(viewer, id) {
      const subscription = await changeable(viewer, id)
      await mustPass(viewer, subscription)
      await subscriptions.update(id, { status: 'active', nextAt: nextAt(subscription.recurrence), pausedUntil: null, pausedWhy: null })
      await record(viewer, `digest ${subscription.kind} resumed`)
      return entry(viewer, id)
    },
    async skipNext(viewer, id) {
      const subscription = await changeable(viewer, id)
      if (!subscription.nextAt) throw new AskError('It is paused; there is no next run to leave out.')
      const [run] = runsBetween(subscription.recurrence, new Date(subscription.nextAt.getTime() - 1), subscription.nextAt)
      const next = nextRun(subscription.recurrence, subscription.nextAt).at
      if (run) await deliveries.reserve(rowOf(subscription, run, now(), company, 'skipped-by-hand'), { nextAt: next })
      await record(viewer, `digest ${subscription.kind}: next run left out`)
      return entry(viewer, id)
    },
    async remove(viewer, id) {
      const subscription = await changeable(viewer, id)
      await subscriptions.remove(id)
      await record(viewer, `digest ${subscription.kind} deleted`)
    },
    async stop(viewer, id) {
      const subscription = await subscriptions.find(id)
      if (!subscription || !isReader(viewer, subscription)) throw noSuchDigest()
      await subscriptions.optOut(viewer.slackUserId, subscription.kind, now())
      await subscriptions.update(id, { status: 'stopped', nextAt: null })
      await record(viewer, `digest ${subscription.kind} stopped by its reader`)
    },
    async arrived(viewer, deliveryId) {
      const { row } = await decidable(viewer, deliveryId)
      if (row.status !== 'doubtful') return
      await deliveries.update(row.id, {
        status: 'sent',
        sentAt: row.postedAttemptAt ?? now(),
        reason: 'the owner says it arrived',
        retryAt: null,
      })
    },
    async postAgain(viewer, deliveryId) {
      const { row, subscription } = await decidable(viewer, deliveryId)
      if (row.status === 'sent' || row.status === 'reserved') return
      await mustPass(viewer, subscription)
      if (subscription.status === 'paused') {
        await subscriptions.update(subscription.id, { status: 'active', nextAt: nextAt(subscription.recurrence), pausedWhy: null })
      }
      await deliveries.update(row.id, { status: 'reserved', retryAt: null, looks: 0, reason: null })
      await parts.wake(store.queue, [row.id])
      parts.nudge()
    },
    programmes: parts.programmes.list,
    createProgramme: parts.programmes.create,
    changeProgramme: parts.programmes.change,
    stopProgramme: parts.programmes.stop,
  }
}

/** What a digest is about, in words; a name is hostile text. */
export function aboutOf(of: Pick<Subscription, 'kind' | 'subjectId'>, nameOf: (personId: string) => string | undefined): string {
  const name = of.subjectId === undefined ? undefined : nameOf(of.subjectId)
  if (of.kind === 'company' || name === undefined) return 'the company'
  return of.kind === 'personal' || of.kind === 'reminder' ? name : `${name}'s team`
}
