// What Slack lends the app for a moment: trigger ids (3 s, once) and response urls (30 minutes, 5 uses). On the machine's real time.
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { Refusal } from './refusal.ts'

/** Source: Slack's guide to interaction payloads. */
const triggerLivesMs = 3000
const responseUrlLivesMs = 30 * 60_000
const responseUrlUses = 5

export interface ResponseUrlGrant {
  readonly userId: string
  readonly channelId: string
  readonly threadTs?: string
  readonly expiresAt: number
  usesLeft: number
  /** What `replace_original` replaces: the pressed message, or the answer this url gave before. */
  original?: { readonly channelId: string; readonly ts: string }
}

export interface Grants {
  trigger(userId: string): string
  /** Uses it up. @throws Refusal `invalid_trigger_id`, `expired_trigger_id`, `exchanged_trigger_id` */
  exchange(triggerId: string): { readonly userId: string }
  responseUrl(grant: Pick<ResponseUrlGrant, 'userId' | 'channelId' | 'threadTs' | 'original'>): string
  /** Counts one use. @throws Refusal `expired_url`, `used_url` */
  use(key: string): ResponseUrlGrant
}

export function createGrants(realClock: Clock, options: { readonly checkTimes: boolean }): Grants {
  const triggers = new Map<string, { readonly userId: string; readonly expiresAt: number; used: boolean }>()
  const urls = new Map<string, ResponseUrlGrant>()
  const now = () => realClock.now().getTime()
  return {
    trigger(userId) {
      const id = `${Math.floor(now())}.${triggers.size}.${randomUUID().slice(0, 8)}`
      triggers.set(id, { userId, expiresAt: now() + triggerLivesMs, used: false })
      return id
    },
    exchange(triggerId) {
      const trigger = triggers.get(triggerId)
      if (!trigger) throw new Refusal('invalid_trigger_id')
      if (trigger.used) throw new Refusal('exchanged_trigger_id')
      if (options.checkTimes && now() > trigger.expiresAt) throw new Refusal('expired_trigger_id')
      trigger.used = true
      return trigger
    },
    responseUrl(grant) {
      const key = randomUUID()
      urls.set(key, { ...grant, expiresAt: now() + responseUrlLivesMs, usesLeft: responseUrlUses })
      return key
    },
    use(key) {
      const grant = urls.get(key)
      if (!grant || now() > grant.expiresAt) throw new Refusal('expired_url')
      if (grant.usesLeft <= 0) throw new Refusal('used_url')
      grant.usesLeft -= 1
      return grant
    },
  }
}
