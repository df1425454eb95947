// A message to one person that is no digest, as a delivery row of its own: it arrives once, across replicas and restarts, even when Slack is
// down at first.

import type { Clock } from '../clock.ts'
import { deliveryIdOf } from '../domain/delivery-id.ts'
import type { Message } from '../render/message.ts'
import { bodyOf, writeBody } from '../reports/delivery-body.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'

export interface NotifyDeps {
  readonly store: Pick<Store, 'deliveries'>
  readonly clock: Clock
  readonly wake: Wake
}

export interface Notice {
  readonly message: Message
  /** Gong and Slack ids of everybody it names: who is forgotten is found by them, whatever they were called then. */
  readonly mentions: readonly string[]
}

/**
 * `about`: what it is about and to whom, such as `role:<id>`; the same is sent once to each person. `admins:` in front: admins alone read
 * it.
 */
export const notifyPerson = (slackUserId: string, about: string, notice: Notice, deps: NotifyDeps): Promise<void> =>
  sendOnce(slackUserId, { subscriptionId: 'people', occurrence: `notice:${about}:${slackUserId}` }, notice, deps)

/** Sends it to this person unless a message with the same `row` was sent before. */
export async function sendOnce(
  slackUserId: string,
  row: { readonly subscriptionId: string; readonly occurrence: string },
  { message, mentions }: Notice,
  { store, clock, wake }: NotifyDeps,
): Promise<void> {
  const now = clock.now()
  const body = writeBody(bodyOf({ message, shows: [], mentions, figures: {} }))
  await store.deliveries.reserve({ id: deliveryIdOf(row), ...row, dueAt: now, channelId: slackUserId, body, createdAt: now }, { wake })
}
