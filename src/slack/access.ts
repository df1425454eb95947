// How Slack's Web API is reached: which token, which address, which way out.
import type { Log } from '../log.ts'

export interface SlackAccess {
  readonly botToken: string
  /** `https://slack.com/api`, or GovSlack's, or a test workspace's. */
  readonly apiUrl: string
  /** For a proxy: the platform's fetch when missing. */
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly log: Log
  /** Real time before a failed look-up is made again, longer before each further one; half a second unless given. */
  readonly retryMs?: number | undefined
}

export const usualRetryMs = 500
