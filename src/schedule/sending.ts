// Joins what a digest needs on its way: who may see it, its building, the gate, the post, what its owner is told when it goes wrong, and the
// correction of what was posted. Knows nothing of when something is due, nor of jobs.
import { localDateOf } from '../domain/period.ts'
import type { Subscription } from '../domain/subscription.ts'
import { createDeliverer } from '../slack/deliver.ts'
import type { Gate } from '../slack/gate.ts'
import { createOwnerNotices } from '../slack/owner-notice.ts'
import type { Poster } from '../slack/post.ts'
import { createReconciler, patientLooks } from '../slack/reconcile.ts'
import type { Wake } from '../store/delivery-writes.ts'
import { createCompose, createPreview, createRebuild, type Preview } from './compose.ts'
import { correctDigests } from './correct-digests.ts'
import { aboutOf } from './digest-ground.ts'
import { type ComposeParts, ownerMay } from './digest-request.ts'
import { createFiguresReady } from './figures-ready.ts'
import type { RefreshOnce } from './refresh-once.ts'
import type { ScheduleOptions } from './schedule-options.ts'
import { createSentRecord } from './sent-record.ts'
import type { SlackPeople } from './slack-people.ts'

export interface Sending {
  readonly preview: Preview
  deliver(deliveryId: string): Promise<void>
  /** Corrects posted digests whose figures changed. */
  correct(): Promise<void>
}

export interface SendingParts {
  readonly gate: Gate
  readonly poster: Poster
  readonly refresh: RefreshOnce
  readonly people: SlackPeople
  readonly reminders: { readonly runs: ComposeParts['reminders']; readonly unansweredBy: ComposeParts['unansweredBy'] }
  readonly wake: Wake
}

export function createSending(options: ScheduleOptions, parts: SendingParts): Sending {
  const { store, clock, log, company } = options
  const { gate, poster, people, reminders, wake } = parts
  const sentRecord = createSentRecord({ access: store.access, tenant: store.tenant, clock })
  const composeParts: ComposeParts = {
    clock,
    company,
    stats: options.stats,
    build: options.build,
    gongAppUrl: options.settings.gongAppUrl,
    namesInChannels: options.settings.namesInChannels,
    figuresReady: createFiguresReady({ store, sync: options.sync, refresh: parts.refresh, clock, log }),
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
    reconciler: createReconciler(options.client),
    render: options.render,
    clock,
    log,
    looks: options.looks ?? patientLooks,
    compose: createCompose(composeParts),
    tellOwner: createOwnerNotices({
      deliveries: store.deliveries,
      clock,
      botName: options.settings.botName,
      titleOf: async (subscription) => {
        const chart = await store.people.chart()
        const kind = subscription.kind === 'reminder' ? 'coaching reminder for' : `${subscription.kind} digest of`
        return `The ${kind} ${aboutOf(subscription, (id) => chart.people.get(id)?.name)}`
      },
      standIns: standInsOf(options, people),
      wake,
    }),
    beforeSent: sentRecord.beforeSent,
    wake,
    ...(options.leaseMs !== undefined && { leaseMs: options.leaseMs }),
    ...(options.step && { step: options.step }),
    ...(options.onDeliveryEnd && { onEnd: options.onDeliveryEnd }),
  })

  return {
    preview: createPreview(composeParts),
    deliver: deliverer.deliver,
    async correct() {
      const corrected = await correctDigests({
        deliveries: store.deliveries,
        subscriptions: store.subscriptions,
        poster,
        render: options.render,
        clock,
        log,
        rebuild: async (subscription, delivery, remark) => {
          if (subscription.target.type === 'dm') return rebuild(subscription, delivery, undefined, remark)
          const verdict = await gate.check(subscription.target.channelId)
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
  ({ store, clock, company, viewers }: ScheduleOptions, people: SlackPeople) =>
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
