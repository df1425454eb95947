// What Slack refuses the bot as a whole, and only somebody outside can put right. Each outage is an episode: admins read of it once when it
// begins and once when it is over, over replicas and restarts, and Home and readiness say it in between. Who finds an outage words it.
import type { Clock } from '../clock.ts'
import { deliveryIdOf } from '../domain/delivery-id.ts'
import type { Log } from '../log.ts'
import { markedSentenceMessage } from '../render/one-sentence-message.ts'
import { bodyOf, writeBody } from '../reports/delivery-body.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import type { Viewers } from './viewers.ts'

/** `app-token`: commands are not heard. `posts`: nothing can be posted. `direct-messages`: no direct message can. */
export type OutageKey = 'app-token' | 'posts' | 'direct-messages'

const outageKeys: readonly OutageKey[] = ['app-token', 'posts', 'direct-messages']

export interface OpenOutage {
  readonly key: OutageKey
  readonly since: Date
  /** What is refused and how to put it right. */
  readonly words: string
}

export interface Outages {
  /** Begins an episode, unless one is open. May be called at every refusal. */
  begin(key: OutageKey, words: string): Promise<void>
  /** Ends the open episode, if there is one. `words`: what works again. */
  end(key: OutageKey, words: string): Promise<void>
  open(): Promise<readonly OpenOutage[]>
}

export interface OutageDeps {
  readonly store: Pick<Store, 'tenant' | 'deliveries'>
  readonly viewers: Pick<Viewers, 'admins'>
  readonly clock: Clock
  readonly wake: Wake
  readonly log: Log
}

const settingKey = (key: OutageKey): string => `outage:${key}`
/** Under which the notices about an outage are kept. */
const subscriptionIdOf = (key: OutageKey): string => `outage-${key}`

export function createOutages(deps: OutageDeps): Outages {
  const { store, clock, log } = deps

  async function notify(key: OutageKey, occurrence: string, words: string): Promise<void> {
    const now = clock.now()
    const body = writeBody(bodyOf({ message: markedSentenceMessage(words), shows: [], mentions: [], figures: {} }))
    const subscriptionId = subscriptionIdOf(key)
    for (const slackUserId of await deps.viewers.admins()) {
      const row = { subscriptionId, occurrence: `notice:admins:${occurrence}:${slackUserId}` }
      await store.deliveries.reserve(
        { ...row, id: deliveryIdOf(row), dueAt: now, channelId: slackUserId, body, createdAt: now },
        { wake: deps.wake },
      )
    }
  }

  return {
    async begin(key, words) {
      const began = { since: clock.now(), words }
      const { since, words: first } = read(await store.tenant.settleSetting(settingKey(key), JSON.stringify(began)))
      if (since.getTime() === began.since.getTime()) log.error({ outage: key }, 'Slack refuses the bot; its admins are notified')
      // Each admin has one row per episode, so repeating this notifies only those who could not be named before.
      await notify(key, `began:${since.toISOString()}`, first)
    },
    async end(key, words) {
      const standing = await store.tenant.takeSetting(settingKey(key))
      if (standing === undefined) return
      const { since } = read(standing)
      log.info({ outage: key, since }, 'Slack accepts the bot again; its admins are notified')
      // Whoever could not be reached meanwhile reads the end alone, which says when it began.
      for (const row of await store.deliveries.history(subscriptionIdOf(key), 100))
        if (row.status === 'reserved' && row.occurrence.includes(`:began:${since.toISOString()}`))
          await store.deliveries.update(row.id, { status: 'skipped', reason: 'over', retryAt: null })
      await notify(key, `ended:${since.toISOString()}`, words)
    },
    async open() {
      const standing = await Promise.all(outageKeys.map((key) => store.tenant.setting(settingKey(key))))
      return standing.flatMap((text, index) => (text === undefined ? [] : [{ key: outageKeys[index] as OutageKey, ...read(text) }]))
    },
  }
}

function read(text: string): Omit<OpenOutage, 'key'> {
  const { since, words } = JSON.parse(text) as { readonly since: string; readonly words: string }
  return { since: new Date(since), words }
}
