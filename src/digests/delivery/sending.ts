// Joins what sending a digest needs: rights, building, the gate, the post, notices to its owner, and later corrections. Knows nothing of when
// something is due.

import type { Clock } from '../../clock.ts'
import type { Company } from '../../domain/company.ts'
import { localDateOf } from '../../domain/period.ts'
import { settledAt } from '../../domain/planned-run.ts'
import type { Viewer } from '../../domain/policy.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import { lastMoveOf } from '../../domain/team.ts'
import type { Log } from '../../log.ts'
import { asOneReading } from '../../one-reading.ts'
import type { Outages } from '../../people/outages.ts'
import type { SlackPeople } from '../../people/slack-people.ts'
import type { Viewers } from '../../people/viewers.ts'
import type { BuildDigest } from '../../reports/digest.ts'
import { digestWords } from '../../reports/wording/digest-kind.ts'
import type { Gate, Poster, Reconciler, RenderForSlack } from '../../slack-ports.ts'
import type { StatsService } from '../../stats/results.ts'
import type { Wake } from '../../store/digests/delivery-writes.ts'
import type { Store } from '../../store/store.ts'
import type { RefreshOnce } from '../../sync/refresh-once.ts'
import { buildForDelivery, buildPreview, type Preview, rebuildDigest } from '../build-digest.ts'
import { completeDigests } from '../complete-digests.ts'
import { type CorrectionDeps, correctDigests } from '../correct-digests.ts'
import { createFiguresReady, type SyncForDigests } from '../figures-ready.ts'
import { readingOf } from '../period-reading.ts'
import { type BuildDeps, weekOf } from '../prepare.ts'
import { ownerMay } from '../rights.ts'
import { rightsDepsOf } from '../rights-deps.ts'
import { createSameHour } from '../same-hour.ts'
import { sendingRights } from '../sending-rights.ts'
import { aboutOf } from '../subject.ts'
import { createDeliverer } from './deliver.ts'
import type { DeliveryStep, LookTimes, OnDeliveryEnd } from './deps.ts'
import { type NoticeDeps, notifyOwner, type StandIn } from './notify-owner.ts'
import { createSentRecord, type SentRecord } from './record-sent.ts'
import { isForAdmins } from './row-kind.ts'
import { usualLookTimes } from './settle-doubt.ts'

export interface Sending {
  readonly preview: Preview
  readonly recordIntroduced: SentRecord['recordIntroduced']
  deliver(deliveryId: string): Promise<void>
  /** Corrects posted digests whose figures changed. */
  correct(): Promise<void>
  /** Completes those that lacked figures which have come. */
  complete(): Promise<void>
}

export interface SendingDeps {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly company: Company
  readonly stats: StatsService
  readonly build: BuildDigest
  readonly render: RenderForSlack
  readonly sync: SyncForDigests
  readonly refresh: RefreshOnce
  readonly viewers: Pick<Viewers, 'slackUserOfPerson' | 'personOfSlackUser' | 'admins' | 'onlookersOf'>
  readonly people: SlackPeople
  readonly gate: Gate
  readonly poster: Poster
  readonly reconciler: Reconciler
  readonly reminders: {
    readonly runs: BuildDeps['reminders']
    readonly unansweredBy: BuildDeps['unansweredBy']
    readonly notMineOf: BuildDeps['notMineOf']
    readonly asAnswered: CorrectionDeps['asAnswered']
  }
  readonly outages: Outages
  readonly wake: Wake
  readonly settings: {
    readonly gongAppUrl: string
    readonly namesInChannels: 'ask' | 'never'
    /** As typed after `/invite @`. */
    readonly botName: string
  }
  /** Default: {@link usualLookTimes}. */
  readonly lookTimes?: LookTimes | undefined
  /** Lease length; default 30 s. */
  readonly leaseMs?: number | undefined
  /** Whether a retry also waits in real time; not where the clock is moved by hand. */
  readonly retriesInRealTime: boolean
  /** For tests that stop the process at a named step. */
  readonly step?: ((name: DeliveryStep) => Promise<void> | void) | undefined
  /** For the metrics. */
  readonly onDeliveryEnd?: OnDeliveryEnd | undefined
}

export function createSending(deps: SendingDeps): Sending {
  const { store, clock, log, company, poster, gate, render } = deps
  const sentRecord = createSentRecord({ access: store.access, tenant: store.tenant, clock, company })
  const buildDeps = buildDepsOf(deps, sentRecord)
  const noticeDeps = noticeDepsOf(deps)
  const corrections: Omit<CorrectionDeps, 'deliveries'> = {
    subscriptions: store.subscriptions,
    poster,
    render,
    clock,
    log,
    recordSent: sentRecord.recordSent,
    asAnswered: deps.reminders.asAnswered,
    async rebuild(subscription, delivery, remark, atMost) {
      const { destination } = subscription
      const verdict = destination.type === 'channel' ? await gate.check(destination.channelId) : undefined
      if (verdict?.type === 'unknown') return 'later'
      if (verdict && verdict.type !== 'open') return undefined
      const built = await rebuildDigest(subscription, delivery, verdict, remark, atMost, buildDeps)
      return built === undefined || built === 'later' ? built : { ...built, readers: verdict }
    },
    timeInWords: (at, subscription) => timeInWords(at, subscription.recurrence.zone),
  }

  const deliverer = createDeliverer({
    deliveries: store.deliveries,
    subscriptions: store.subscriptions,
    poster,
    gate,
    reconciler: deps.reconciler,
    render,
    clock,
    log,
    lookTimes: deps.lookTimes ?? usualLookTimes,
    lostRows: store.lostRows,
    keyedHash: store.keyedHash,
    build: (subscription, delivery, readers) => asOneReading(() => buildForDelivery(subscription, delivery, readers, buildDeps)),
    notifyOwner: (subscription, delivery, notice) => notifyOwner(subscription, delivery, notice, noticeDeps),
    rebuild: corrections.rebuild,
    rights: (subscription, readers) => sendingRights(subscription, readers, buildDeps),
    mayReadNotice: async (notice) => mayReadNotice(notice, await deps.people.viewerOf(notice.channelId ?? '')),
    recordSent: sentRecord.recordSent,
    recordIntroduced: sentRecord.recordIntroduced,
    outages: deps.outages,
    leaseMs: deps.leaseMs,
    retriesInRealTime: deps.retriesInRealTime,
    step: deps.step,
    onEnd: deps.onDeliveryEnd,
  })

  return {
    preview: (viewer, draft) => buildPreview(viewer, draft, buildDeps),
    recordIntroduced: sentRecord.recordIntroduced,
    deliver: deliverer.deliver,
    async correct() {
      const corrected = await correctDigests({ ...corrections, deliveries: store.deliveries })
      if (corrected > 0) log.info({ corrected }, 'Posted digests were corrected')
    },
    async complete() {
      const completed = await completeDigests({
        ...corrections,
        deliveries: store.deliveries,
        periodOf: (row) => weekOf(row, company),
        missingIn: async (period) => (await readingOf(period, settledAt(period, company), store)).missing,
      })
      if (completed > 0) log.info({ completed }, 'Posted digests were completed by figures that came late')
    },
  }
}

function buildDepsOf(deps: SendingDeps, sentRecord: SentRecord): BuildDeps {
  const { store, clock, log, company, settings, reminders } = deps
  return {
    ...rightsDepsOf(deps),
    stats: deps.stats,
    build: deps.build,
    gongAppUrl: settings.gongAppUrl,
    figuresReady: createFiguresReady({ store, sync: deps.sync, refresh: deps.refresh, clock, log }),
    async readersIn(channelId) {
      const verdict = await deps.gate.check(channelId)
      return verdict.type === 'open' ? verdict : undefined
    },
    isIntroduced: sentRecord.isIntroduced,
    orgOfProgramme: async (programmeId) => {
      const programme = (await store.subscriptions.programmes()).find(({ id }) => id === programmeId)
      const head = programme?.orgOf === undefined ? undefined : (await store.people.chart()).people.get(programme.orgOf)
      return head ? { words: `${head.name}'s organization`, headId: head.id } : { words: 'the whole company' }
    },
    reminders: reminders.runs,
    sameHour: createSameHour({
      subscriptions: store.subscriptions,
      deliveries: store.deliveries,
      reminders: reminders.runs,
      clock,
      company,
    }),
    unansweredBy: reminders.unansweredBy,
    notMineOf: reminders.notMineOf,
  }
}

const noticeDepsOf = (deps: SendingDeps): NoticeDeps => ({
  deliveries: deps.store.deliveries,
  keyedHash: deps.store.keyedHash,
  clock: deps.clock,
  botName: deps.settings.botName,
  wake: deps.wake,
  standIns: (subscription) => standInsFor(subscription, deps),
  whyUnreachable: (slackUserId) => whyUnreachable(slackUserId, deps.people),
  mayRead: (slackUserId) => deps.people.viewerOf(slackUserId).then(isMember, () => true),
  async lastMoveOf({ subjectId = '' }) {
    const { until, personIds } = lastMoveOf(subjectId, await deps.store.people.chart()) ?? { until: '', personIds: [] }
    return [until, ...personIds.toSorted()].join(' ')
  },
  async titleOf(subscription) {
    return `The ${digestWords(subscription.kind, aboutOf(subscription, await deps.store.people.chart()))}`
  },
})

/** The manager above the owner, if they may answer for the digest; the bot's admins where there is no such manager. */
async function standInsFor(
  subscription: Subscription,
  { store, clock, company, viewers, people }: SendingDeps,
): Promise<readonly StandIn[]> {
  const chart = await store.people.chart()
  // Whoever has left is still known to Gong, with the manager above them.
  const owner = await viewers.personOfSlackUser(subscription.ownerSlackId)
  const manager = owner === undefined ? undefined : chart.managerAbove(owner)
  const slackUserId = manager && (await viewers.slackUserOfPerson(manager.id))
  const viewer = slackUserId === undefined ? undefined : await people.viewerOf(slackUserId)
  if (viewer && ownerMay(viewer, subscription, chart, localDateOf(clock.now(), company.zone))) return [viewer]
  return (await viewers.admins()).map((id) => ({ slackUserId: id, isAdmin: true }))
}

/** What the directory knows of a person to whom no message goes. */
async function whyUnreachable(slackUserId: string, people: SlackPeople): Promise<string | undefined> {
  // Somebody Slack cannot be asked about now is written to: Slack itself says then whether they can be reached.
  const { name, deleted, isBot } = await people.person(slackUserId).catch(() => ({ name: slackUserId, deleted: false, isBot: false }))
  if (deleted) return `${name} is deactivated in Slack`
  return isBot ? `${name} is an app` : undefined
}

/** A notice names a team at most; it still goes to nobody outside the company, and notices to admins go to admins alone. */
const mayReadNotice = (notice: Delivery, viewer: Viewer): boolean => isMember(viewer) && (viewer.isAdmin || !isForAdmins(notice))

const isMember = ({ standing }: Viewer): boolean => standing === 'member'

/** `Tue 14:05`. */
const timeInWords = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at).replace(',', '')
