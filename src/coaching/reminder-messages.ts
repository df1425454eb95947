// Redraws posted reminders, and digests that brought one, from their items: after an answer, and when Gong shows that coaching took place.
// It starts from the message stored with the delivery, so that it can be repeated. Callers have checked the viewer.

import { setTimeout as wait } from 'node:timers/promises'
import type { ReminderItem } from '../domain/coaching.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import type { OrgChart } from '../domain/team.ts'
import { SomebodyForgotten } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Message } from '../render/message.ts'
import { readBody } from '../reports/delivery-body.ts'
import { redrawn } from '../reports/digests/reminder-redraw.ts'
import { namesAmong } from '../reports/wording/subject.ts'
import type { Poster, RenderForSlack, SlackFailure } from '../slack-ports.ts'
import type { CoachingStore } from '../store/digests/coaching.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { SubscriptionStore } from '../store/digests/subscriptions.ts'

export interface ReminderMessages {
  /** A message of that delivery, with what became of its rows. */
  asAnswered(delivery: Delivery, message: Message): Promise<Message>
  /** The message as it reads now; undefined when it is not kept any more. */
  redraw(deliveryId: string, items?: readonly ReminderItem[]): Promise<Message | undefined>
  /**
   * Updates the posted message. `later`: Slack could not accept it now. `gone`: there is no message to update, or its reader would not get it
   * any more.
   */
  show(deliveryId: string, items?: readonly ReminderItem[]): Promise<'shown' | 'later' | 'gone'>
}

/** How often the message is drawn: anew where somebody was forgotten meanwhile, and after a rate limit of at most this long. */
const triesAtMost = 5
const longestWaitMs = 3000

export function createReminderMessages(deps: {
  readonly deliveries: Pick<DeliveryStore, 'find' | 'update'>
  readonly subscriptions: Pick<SubscriptionStore, 'find'>
  readonly coaching: Pick<CoachingStore, 'ofDelivery'>
  readonly poster: Pick<Poster, 'update'>
  readonly render: RenderForSlack
  readonly log: Log
  chart(): Promise<OrgChart>
  localeOf(slackUserId: string): Promise<string>
  /** Whether this digest would still be sent as it stands: what its reader may see has ended with a role, a team or a link. */
  mayBeSent(subscription: Subscription): Promise<boolean>
}): ReminderMessages {
  async function drawn(deliveryId: string, given?: readonly ReminderItem[]) {
    const row = await deps.deliveries.find(deliveryId)
    const subscription = row && (await deps.subscriptions.find(row.subscriptionId))
    if (row?.body === undefined || subscription?.destination.type !== 'dm') return undefined
    const body = readBody(row.body)
    if (subscription.kind !== 'reminder' && body.brings === undefined) return undefined
    return { row, subscription, plainer: body.plainer, message: await draw(body.message, row, subscription, given) }
  }

  async function draw(
    posted: Message,
    { id: deliveryId }: Delivery,
    { destination, status }: Subscription,
    given?: readonly ReminderItem[],
  ): Promise<Message> {
    const reader = destination.type === 'dm' ? destination.slackUserId : ''
    const [items, chart, locale] = await Promise.all([given ?? deps.coaching.ofDelivery(deliveryId), deps.chart(), deps.localeOf(reader)])
    const people = [...new Set(items.flatMap(({ reportId, managerId }) => [reportId, managerId]))].flatMap(
      (id) => chart.people.get(id) ?? [],
    )
    // What is drawn is not kept: it is made anew from the message as posted, which says whom it names.
    const called = namesAmong({}, people)
    const nameOf = (reportId: string): string => {
      const person = chart.people.get(reportId)
      return person ? called(person) : reportId
    }
    return redrawn(posted, { items, deliveryId, on: status === 'active', locale, nameOf })
  }

  async function isOutdated({ id, forgettings }: Delivery): Promise<boolean> {
    try {
      await deps.deliveries.update(id, { forgettings })
      return false
    } catch (error) {
      if (error instanceof SomebodyForgotten) return true
      throw error
    }
  }

  return {
    async asAnswered(delivery, message) {
      const subscription = await deps.subscriptions.find(delivery.subscriptionId)
      return subscription ? draw(message, delivery, subscription) : message
    },
    redraw: async (deliveryId, items) => (await drawn(deliveryId, items))?.message,
    async show(deliveryId, items) {
      for (let tries = 1; ; tries += 1) {
        const now = await drawn(deliveryId, items)
        if (!now || now.row.messageTs === undefined || now.row.channelId === undefined) return 'gone'
        if (!(await deps.mayBeSent(now.subscription))) return 'gone'
        const at = { channelId: now.row.channelId, messageTs: now.row.messageTs }
        const { payload } = deps.render(now.message, now.plainer)
        // The last word before the post: what was read is of people who were not forgotten since.
        if (await isOutdated(now.row)) {
          if (tries < triesAtMost) continue
          return 'later'
        }
        const outcome = await deps.poster.update({ ...at, payload })
        if (outcome.type === 'posted') return 'shown'
        if (outcome.type === 'rate-limited' && tries < triesAtMost && outcome.retryAfterMs <= longestWaitMs) {
          await wait(outcome.retryAfterMs)
          continue
        }
        deps.log.warn({ deliveryId, slackError: outcome.error }, 'A posted reminder could not be changed')
        return isPassing(outcome) ? 'later' : 'gone'
      }
    },
  }
}

const isPassing = ({ type }: SlackFailure): boolean =>
  type === 'rate-limited' || type === 'ambiguous' || type === 'unreached' || type === 'token-refused' || type === 'direct-refused'
