// Posted reminders drawn anew from their items: after a press, and when Gong shows what was done. Starts from the message kept with the
// delivery, so that it can be repeated. Who may is asked before.

import { setTimeout as wait } from 'node:timers/promises'
import type { ReminderItem } from '../domain/coaching.ts'
import type { OrgChart } from '../domain/team.ts'
import type { Log } from '../log.ts'
import type { Message } from '../render/message.ts'
import { readBody } from '../reports/delivery-body.ts'
import { redrawn } from '../reports/digests/reminder-redraw.ts'
import { namesFor } from '../reports/digests/reminder-words.ts'
import type { Poster, RenderForSlack } from '../slack-ports.ts'
import type { CoachingStore } from '../store/digests/coaching.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { SubscriptionStore } from '../store/digests/subscriptions.ts'

export interface ReminderMessages {
  /** The message as it is to read now; undefined when it is not kept any more. */
  redraw(deliveryId: string, items?: readonly ReminderItem[]): Promise<Message | undefined>
  /** Changes the posted message. `later`: Slack could not take it now. `gone`: there is no message to change. */
  show(deliveryId: string, items?: readonly ReminderItem[]): Promise<'shown' | 'later' | 'gone'>
}

/** A pause that Slack asks for is waited out this often, each at most this long. */
const triesAtMost = 5
const longestWaitMs = 3000

export function createReminderMessages(parts: {
  readonly deliveries: Pick<DeliveryStore, 'find'>
  readonly subscriptions: Pick<SubscriptionStore, 'find'>
  readonly coaching: Pick<CoachingStore, 'ofDelivery'>
  readonly poster: Pick<Poster, 'update'>
  readonly render: RenderForSlack
  readonly log: Log
  chart(): Promise<OrgChart>
  localeOf(slackUserId: string): Promise<string>
}): ReminderMessages {
  async function drawn(deliveryId: string, given?: readonly ReminderItem[]) {
    const row = await parts.deliveries.find(deliveryId)
    const subscription = row && (await parts.subscriptions.find(row.subscriptionId))
    if (row?.body === undefined || subscription?.kind !== 'reminder' || subscription.destination.type !== 'dm') return undefined
    const body = readBody(row.body)
    const [items, chart, locale] = await Promise.all([
      given ?? parts.coaching.ofDelivery(deliveryId),
      parts.chart(),
      parts.localeOf(subscription.destination.slackUserId),
    ])
    const people = [...new Set(items.flatMap(({ reportId, managerId }) => [reportId, managerId]))].flatMap(
      (id) => chart.people.get(id) ?? [],
    )
    const called = namesFor(people)
    const nameOf = (reportId: string): string => {
      const person = chart.people.get(reportId)
      return person ? called(person) : reportId
    }
    const message = redrawn(body.message, { items, deliveryId, on: subscription.status === 'active', locale, nameOf })
    return { row, plainer: body.plainer, message }
  }

  return {
    redraw: async (deliveryId, items) => (await drawn(deliveryId, items))?.message,
    async show(deliveryId, items) {
      const now = await drawn(deliveryId, items)
      if (!now || now.row.messageTs === undefined || now.row.channelId === undefined) return 'gone'
      const at = { channelId: now.row.channelId, messageTs: now.row.messageTs }
      const { payload } = parts.render(now.message, now.plainer)
      for (let tries = 1; ; tries += 1) {
        const outcome = await parts.poster.update({ ...at, payload })
        if (outcome.type === 'posted') return 'shown'
        if (outcome.type === 'rate-limited' && tries < triesAtMost && outcome.retryAfterMs <= longestWaitMs) {
          await wait(outcome.retryAfterMs)
          continue
        }
        parts.log.warn({ deliveryId, slackError: outcome.error }, 'A posted reminder could not be changed')
        return outcome.type === 'rate-limited' ||
          outcome.type === 'ambiguous' ||
          outcome.type === 'unreached' ||
          outcome.type === 'token-refused'
          ? 'later'
          : 'gone'
      }
    },
  }
}
