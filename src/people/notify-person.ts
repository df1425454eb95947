// A message to one person that is no digest, as a delivery row of its own: it arrives once, across replicas and restarts, even when Slack is
// down at first.

import type { Clock } from '../clock.ts'
import { deliveryIdOf } from '../domain/delivery-id.ts'
import type { Message } from '../render/message.ts'
import { bodyOf, writeBody } from '../reports/delivery-body.ts'
import type { Reservation, Wake } from '../store/digests/delivery-writes.ts'
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
  sendOnce(slackUserId, rowAbout(about, slackUserId), notice, deps)

/** The same notice, to be stored with what it is about. */
export const noticeTo = (slackUserId: string, about: string, notice: Notice, deps: Pick<NotifyDeps, 'clock' | 'wake'>): Reservation =>
  reservationOf(slackUserId, rowAbout(about, slackUserId), notice, deps)

type NoticeRow = Pick<Reservation['row'], 'subscriptionId' | 'occurrence'>

const rowAbout = (about: string, slackUserId: string): NoticeRow => ({
  subscriptionId: 'people',
  occurrence: `notice:${about}:${slackUserId}`,
})

/** Sends it to this person unless a message with the same `row` was sent before. */
export async function sendOnce(slackUserId: string, about: NoticeRow, notice: Notice, { store, ...deps }: NotifyDeps): Promise<void> {
  const { row, ...then } = reservationOf(slackUserId, about, notice, deps)
  await store.deliveries.reserve(row, then)
}

function reservationOf(
  slackUserId: string,
  row: NoticeRow,
  { message, mentions }: Notice,
  { clock, wake }: Pick<NotifyDeps, 'clock' | 'wake'>,
): Reservation {
  const now = clock.now()
  const body = writeBody(bodyOf({ message, shows: [], mentions, figures: {} }))
  return { row: { id: deliveryIdOf(row), ...row, dueAt: now, channelId: slackUserId, body, createdAt: now }, wake }
}
