// Joins what a digest needs on its way: who may see it, its building, the gate, the post, what its owner is told when it goes wrong, and the
// correction of what was posted. Knows nothing of when something is due, nor of jobs.

import type { Clock } from '../../clock.ts'
import type { Company } from '../../domain/company.ts'
import { localDateOf } from '../../domain/period.ts'
import type { Subscription } from '../../domain/subscription.ts'
import type { Log } from '../../log.ts'
import type { SlackPeople } from '../../people/slack-people.ts'
import type { Viewers } from '../../people/viewers.ts'
import type { BuildDigest } from '../../reports/digest.ts'
import type { Gate, Poster, Reconciler, RenderForSlack } from '../../slack-ports.ts'
import type { StatsService } from '../../stats/results.ts'
import type { Wake } from '../../store/digests/delivery-writes.ts'
import type { Store } from '../../store/store.ts'
import type { RefreshOnce } from '../../sync/refresh-once.ts'
import { createBuild, createPreview, createRebuild, type Preview } from '../build.ts'
import { type BuildDeps, ownerMay } from '../build-request.ts'
import { correctDigests } from '../correct.ts'
import { aboutOf } from '../digest-steps.ts'
import type { SyncForDigests } from '../figures-ready.ts'
import { createFiguresReady } from '../figures-ready.ts'
import { createDeliverer } from './deliver.ts'
import type { DeliveryStep, OnDeliveryEnd } from './deps.ts'
import { type LookTimes, patientLooks } from './look-times.ts'
import { createOwnerNotices } from './owner-notice.ts'
import { createSentRecord } from './record-sent.ts'

export interface Sending {
  readonly preview: Preview
  deliver(deliveryId: string): Promise<void>
  /** Corrects posted digests whose figures changed. */
  correct(): Promise<void>
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
  readonly viewers: Pick<Viewers, 'slackUserOfPerson' | 'admins'>
  readonly people: SlackPeople
  readonly gate: Gate
  readonly poster: Poster
  readonly reconciler: Reconciler
  readonly reminders: { readonly runs: BuildDeps['reminders']; readonly unansweredBy: BuildDeps['unansweredBy'] }
  readonly wake: Wake
  readonly settings: {
    readonly gongAppUrl: string
    readonly namesInChannels: 'ask' | 'never'
    /** As typed after `/invite @`. */
    readonly botName: string
  }
  /** Default: 30 s and 60 s after an attempt that may have landed. */
  readonly looks?: LookTimes | undefined
  /** How long a delivery belongs to a worker that says nothing; default 30 s. */
  readonly leaseMs?: number | undefined
  /** For tests that stop the process at a named step. */
  readonly step?: ((name: DeliveryStep) => Promise<void> | void) | undefined
  /** For the metrics. */
  readonly onDeliveryEnd?: OnDeliveryEnd | undefined
}

export function createSending(deps: SendingDeps): Sending {
  const { store, clock, log, company, gate, poster, people, reminders, wake } = deps
  const sentRecord = createSentRecord({ access: store.access, tenant: store.tenant, clock })
  const composeParts: BuildDeps = {
    clock,
    company,
    stats: deps.stats,
    build: deps.build,
    gongAppUrl: deps.settings.gongAppUrl,
    namesInChannels: deps.settings.namesInChannels,
    figuresReady: createFiguresReady({ store, sync: deps.sync, refresh: deps.refresh, clock, log }),
    chart: () => store.people.chart(),
    viewerOf: people.viewerOf,
    slackPerson: people.person,
    isIntroduced: sentRecord.isIntroduced,
    orgOfProgramme: async (programmeId) => {
      const programme = (await store.subscriptions.programmes()).find(({ id }) => id === programmeId)
      const head = programme?.orgOf === undefined ? undefined : (await store.people.chart()).people.get(programme.orgOf)
      return head ? `${head.name}'s organisation` : 'the whole company'
    },
    reminders: reminders.runs,
    unansweredBy: reminders.unansweredBy,
  }
  const rebuild = createRebuild(composeParts)
  const deliverer = createDeliverer({
    deliveries: store.deliveries,
    subscriptions: store.subscriptions,
    poster,
    gate,
    reconciler: deps.reconciler,
    render: deps.render,
    clock,
    log,
    looks: deps.looks ?? patientLooks,
    compose: createBuild(composeParts),
    tellOwner: createOwnerNotices({
      deliveries: store.deliveries,
      clock,
      botName: deps.settings.botName,
      titleOf: async (subscription) => {
        const chart = await store.people.chart()
        const kind = subscription.kind === 'reminder' ? 'coaching reminder for' : `${subscription.kind} digest of`
        return `The ${kind} ${aboutOf(subscription, (id) => chart.people.get(id)?.name)}`
      },
      standIns: standInsOf(deps),
      wake,
    }),
    beforeSent: sentRecord.beforeSent,
    wake,
    ...(deps.leaseMs !== undefined && { leaseMs: deps.leaseMs }),
    ...(deps.step && { step: deps.step }),
    ...(deps.onDeliveryEnd && { onEnd: deps.onDeliveryEnd }),
  })

  return {
    preview: createPreview(composeParts),
    deliver: deliverer.deliver,
    async correct() {
      const corrected = await correctDigests({
        deliveries: store.deliveries,
        subscriptions: store.subscriptions,
        poster,
        render: deps.render,
        clock,
        log,
        rebuild: async (subscription, delivery, remark) => {
          if (subscription.destination.type === 'dm') return rebuild(subscription, delivery, undefined, remark)
          const verdict = await gate.check(subscription.destination.channelId)
          return verdict.type === 'open' ? rebuild(subscription, delivery, verdict, remark) : undefined
        },
        timeInWords: (at, subscription) => timeInWords(at, subscription.recurrence.zone),
      })
      if (corrected > 0) log.info({ corrected }, 'Posted digests were corrected')
    },
  }
}

/** The manager above an owner who lost the right, if they lead the team now; the bot's admins where there is no such manager. */
const standInsOf =
  ({ store, clock, company, viewers, people }: SendingDeps) =>
  async (subscription: Subscription): Promise<readonly string[]> => {
    const chart = await store.people.chart()
    const owner = (await people.viewerOf(subscription.ownerSlackId)).person
    const manager = owner && chart.above(owner.id)[0]
    const slackUserId = manager && (await viewers.slackUserOfPerson(manager.id))
    const may = slackUserId && ownerMay(await people.viewerOf(slackUserId), subscription, chart, localDateOf(clock.now(), company.zone))
    return slackUserId && may ? [slackUserId] : viewers.admins()
  }

/** `Tue 14:05`. */
const timeInWords = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at).replace(',', '')
