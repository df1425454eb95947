// Notifies admins when Gong has stopped all requests for long: nothing gets fresher until then, and only whoever runs the bot can end it.
// One delivery row per admin and day, so that a notice arrives once, over replicas and restarts.

import type { Clock } from '../clock.ts'
import { ageMs } from '../domain/age.ts'
import { deliveryIdOf } from '../domain/delivery-id.ts'
import { markedSentenceMessage } from '../render/one-sentence-message.ts'
import { bodyOf, writeBody } from '../reports/delivery-body.ts'
import { clearPauseCommand, pauseWords } from '../reports/wording/gong-pause.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import type { Viewers } from './viewers.ts'

export interface PauseNoticeDeps {
  readonly store: Pick<Store, 'budget' | 'deliveries' | 'tenant'>
  readonly clock: Clock
  readonly viewers: Pick<Viewers, 'admins'>
  readonly wake: Wake
}

/** Shorter ones are over before anybody has read of them. */
const worthNoticeMs = 3_600_000
/** Admins get at most one notice in this time, however often the pause is renewed. */
const againAfterMs = 24 * 3_600_000
const settingKey = 'pause-notice'

/** How many admins are newly notified; 0 while no long pause is in force. */
export async function notifyOfPause({ store, clock, viewers, wake }: PauseNoticeDeps): Promise<number> {
  const pause = await store.budget.pause()
  if (!pause || pause.leftMs < worthNoticeMs) return 0
  const now = clock.now()
  const last = await store.tenant.setting(settingKey)
  if (last !== undefined && ageMs(new Date(last), now) < againAfterMs) return 0
  const message = markedSentenceMessage(
    `*${pauseWords(pause)}* Figures get no fresher meanwhile; digests and answers use what was read before and say when that was. Whoever runs the bot can end the wait: \`${clearPauseCommand}\``,
  )
  const body = writeBody(bodyOf({ message, shows: [], mentions: [], figures: {} }))
  const admins = await viewers.admins()
  for (const slackUserId of admins) {
    const own = { subscriptionId: 'gong-pause', occurrence: `notice:gong-pause:${now.toISOString().slice(0, 10)}:${slackUserId}` }
    const row = {
      id: deliveryIdOf(own),
      ...own,
      dueAt: now,
      channelId: slackUserId,
      body,
      createdAt: now,
    }
    await store.deliveries.reserve(row, { wake })
  }
  await store.tenant.saveSetting(settingKey, now.toISOString())
  return admins.length
}
