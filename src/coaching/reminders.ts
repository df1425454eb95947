// Joins what reminders need of the store and the rest of the schedule: before a run, after a press, and when Gong has been read.

import type { Clock } from '../clock.ts'
import { saysAway } from '../domain/away.ts'
import type { Company } from '../domain/company.ts'
import type { LocalDate } from '../domain/period.ts'
import type { Person } from '../domain/person.ts'
import type { Log } from '../log.ts'
import type { Directory, Poster, RenderForSlack } from '../slack-ports.ts'
import { unansweredOf } from '../stats/coaching/reminder-plan.ts'
import type { Store } from '../store/store.ts'
import { createFactsOf } from './coachees.ts'
import { createCoachingService } from './create-coaching-service.ts'
import { closeByEvidence } from './reminder-closing.ts'
import { createReminderMessages } from './reminder-messages.ts'
import { createReminderRuns, type ReminderRuns } from './reminder-runs.ts'
import type { CoachingService } from './service.ts'

export interface Reminders {
  readonly runs: ReminderRuns
  /** Reports named to this manager two weeks ago or earlier, without an answer since. */
  unansweredBy(managerId: string, today: LocalDate): Promise<readonly Person[]>
  readonly care: CoachingService
  /** Closes what Gong now shows as done. */
  close(): Promise<void>
}

export function createReminders(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly company: Company
  readonly directory: Pick<Directory, 'whoIs'>
  readonly poster: Pick<Poster, 'update'>
  readonly render: RenderForSlack
  /** Undefined: the usual ones. */
  readonly awayEmoji: readonly string[] | undefined
  nameOf(slackUserId: string): Promise<string>
}): Reminders {
  const { store, clock, log, company, directory, nameOf } = parts
  const { coaching, deliveries, subscriptions } = store
  const chart = () => store.people.chart()
  const messages = createReminderMessages({
    deliveries,
    subscriptions,
    coaching,
    poster: parts.poster,
    render: parts.render,
    log,
    chart,
    localeOf: async (slackUserId) => (await directory.whoIs(slackUserId))?.locale ?? 'en-GB',
  })
  return {
    runs: createReminderRuns({
      deliveries,
      coaching,
      clock,
      company,
      factsOf: createFactsOf({ coaching, chart, nameOf }),
      isAway: async (slackUserId) => saysAway((await directory.whoIs(slackUserId)) ?? {}, parts.awayEmoji),
    }),
    async unansweredBy(managerId, today) {
      const { people } = await chart()
      const items = unansweredOf(await coaching.items(managerId), today, company.zone)
      return items.flatMap(({ reportId }) => people.get(reportId) ?? [])
    },
    care: createCoachingService({ store, clock, company, messages, nameOf }),
    async close() {
      const closed = await closeByEvidence({ coaching, reads: store.reads, messages, clock, company })
      if (closed > 0) log.info({ closed }, 'Reminders were closed by what Gong shows')
    },
  }
}
