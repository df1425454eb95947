// Sends each admin one message about what the bot found, once people and Slack's directory have been read. The message is a delivery row of
// its own, one per admin: it arrives once, across replicas and restarts, even when Slack is down at first.

import type { Clock } from '../clock.ts'
import { firstContactMessage } from '../reports/first-contact.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import { sendOnce } from './notify-person.ts'
import type { Viewers } from './viewers.ts'

export interface FirstContactDeps {
  readonly store: Pick<Store, 'people' | 'directory' | 'deliveries' | 'tenant'>
  readonly clock: Clock
  readonly viewers: Pick<Viewers, 'admins' | 'matched'>
  reading(): Promise<{ readonly windowsReady: number; readonly windowsWanted: number; readonly secondsLeft?: number | undefined }>
  readonly wake: Wake
}

/** How many admins were newly written to; 0 while people or the directory have not been read. */
export async function contactAdmins(deps: FirstContactDeps): Promise<number> {
  const { store, clock, viewers } = deps
  if ((await store.people.readAt()) === undefined || (await store.directory.readAt()) === undefined) return 0
  const newcomers: string[] = []
  for (const slackUserId of await viewers.admins())
    if ((await store.tenant.setting(settingKey(slackUserId))) === undefined) newcomers.push(slackUserId)
  if (newcomers.length === 0) return 0

  const chart = await store.people.chart()
  const matched = await viewers.matched()
  const { windowsReady, windowsWanted, secondsLeft } = await deps.reading()
  const message = firstContactMessage({
    people: chart.active.length,
    teams: chart.managers.length,
    unmatched: chart.active.filter(({ id }) => !matched.has(id)).length,
    periodsReady: windowsReady,
    periodsWanted: windowsWanted,
    secondsLeft,
  })
  for (const slackUserId of newcomers) {
    // The row is unique per admin, so a crash before the setting is written sends nothing twice.
    await sendOnce(
      slackUserId,
      { subscriptionId: 'first-contact', occurrence: `notice:first-contact:${slackUserId}` },
      { message, mentions: [] },
      deps,
    )
    await store.tenant.saveSetting(settingKey(slackUserId), clock.now().toISOString())
  }
  return newcomers.length
}

const settingKey = (slackUserId: string): string => `first-contact:${slackUserId}`
