// Joins what reminders need: before a run, after a button is pressed, and after new data was fetched from Gong.

import type { Clock } from '../clock.ts'
import { saysAway } from '../domain/away.ts'
import type { Company } from '../domain/company.ts'
import type { LocalDate } from '../domain/period.ts'
import type { Person } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import type { Log } from '../log.ts'
import type { Message } from '../render/message.ts'
import type { Directory, Poster, RenderForSlack } from '../slack-ports.ts'
import { unansweredOf } from '../stats/coaching/reminder-plan.ts'
import type { Store } from '../store/store.ts'
import { coacheesOf } from './coachees.ts'
import { createCoachingService } from './create-coaching-service.ts'
import { createFactsOf } from './facts.ts'
import { closeByEvidence } from './reminder-closing.ts'
import { createReminderMessages } from './reminder-messages.ts'
import { createReminderRuns, type ReminderRuns } from './reminder-runs.ts'
import type { CoachingService } from './service.ts'

export interface Reminders {
  readonly runs: ReminderRuns
  /** People this viewer coaches who were named to them two weeks ago or earlier, without an answer since. */
  unansweredBy(viewer: Viewer, today: LocalDate): Promise<readonly Person[]>
  /** People this coach marked *Not mine*. */
  notMineOf(coachId: string): Promise<ReadonlySet<string>>
  /** A posted message with what became of the rows of its reminder. */
  asAnswered(delivery: Delivery, message: Message): Promise<Message>
  readonly service: CoachingService
  /** Closes reminders that Gong now shows as done. */
  close(): Promise<void>
}

export function createReminders(deps: {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly company: Company
  readonly directory: Pick<Directory, 'whoIs'>
  readonly poster: Pick<Poster, 'update'>
  readonly render: RenderForSlack
  /** Undefined: the default list. */
  readonly awayEmoji: readonly string[] | undefined
  nameOf(slackUserId: string): Promise<string>
  /** By everybody's rights of now. */
  mayBeSent(subscription: Subscription): Promise<boolean>
}): Reminders {
  const { store, clock, log, company, directory, nameOf } = deps
  const { coaching, deliveries, subscriptions } = store
  const chart = () => store.people.chart()
  const messages = createReminderMessages({
    deliveries,
    subscriptions,
    coaching,
    poster: deps.poster,
    render: deps.render,
    log,
    chart,
    localeOf: async (slackUserId) => (await directory.whoIs(slackUserId))?.locale ?? 'en-GB',
    mayBeSent: deps.mayBeSent,
  })
  return {
    runs: createReminderRuns({
      deliveries,
      coaching,
      clock,
      company,
      factsOf: createFactsOf({ coaching, chart, nameOf }),
      isAway: async (slackUserId) => saysAway((await directory.whoIs(slackUserId)) ?? {}, deps.awayEmoji),
    }),
    async unansweredBy(viewer, today) {
      if (!viewer.person) return []
      const items = unansweredOf(await coaching.items(viewer.person.id), today, company.zone)
      const coachees = new Map(coacheesOf(viewer, await chart(), today).map((person) => [person.id, person]))
      return items.flatMap(({ reportId }) => coachees.get(reportId) ?? [])
    },
    async notMineOf(coachId) {
      const items = await coaching.items(coachId)
      return new Set(items.flatMap(({ status, reportId }) => (status === 'not-mine' ? [reportId] : [])))
    },
    asAnswered: messages.asAnswered,
    service: createCoachingService({ store, clock, company, messages, nameOf }),
    async close() {
      const closed = await closeByEvidence({ coaching, reads: store.reads, messages, clock, company, log })
      if (closed > 0) log.info({ closed }, 'Reminders were closed by what Gong shows')
    },
  }
}
