// Lists everybody in the workspace with a client of its own: Slack allows about 20 pages a minute, and a client that is asked to wait stops
// every call it was given. Spaces the pages, waits where Slack asks to, and goes on from the page that failed. Knows no directory.
import { setTimeout as wait } from 'node:timers/promises'
import type { WebAPICallResult, WebClient } from '@slack/web-api'
import { type SlackAccess, usualRetryMs } from './access.ts'
import { classifySlackFailure } from './slack-failure.ts'
import { createOneTryClient } from './web-client.ts'

/** Slack recommends no more. */
const membersAtMost = 200
const membersAtLeast = 20
/** Of the first page, before it is known how much a member is. */
const membersAtFirst = 50
/** The SDK parses a page at once: 2.4 MB of names held the event loop for 50 to 90 ms, this much 4 to 6. */
const pageBytes = 300_000
/** Most companies of 500 are read without a pause; further pages stay below 20 a minute. */
const pagesAtOnce = 5
const usualPageMs = 3200
/** Before a page is asked for again, in multiples of the first pause of other look-ups. */
const retryTimes = [2, 8]
/** Times Slack may ask for a wait, and times a cursor may run out. */
const waitsAtMost = 50
const restartsAtMost = 2

export const createListingClient = ({ botToken, ...access }: Omit<SlackAccess, 'log'>): Pick<WebClient, 'apiCall'> =>
  createOneTryClient(botToken, access, 30_000)

/**
 * One page after the other, each of as many members as make no long answer. `pause`: waits so many milliseconds of real time. `pageMs`: between pages, after the first few. `mostWaitMs`: of
 * what Slack asks to wait in one list, whoever looks on is kept no longer.
 */
export function createMemberPages(
  client: Pick<WebClient, 'apiCall'>,
  pause: (ms: number) => Promise<unknown> = (ms) => wait(ms, undefined, { ref: false }),
  retryMs = usualRetryMs,
  pageMs = usualPageMs,
  mostWaitMs = Number.POSITIVE_INFINITY,
): (cursor: string | undefined) => Promise<WebAPICallResult> {
  let pages = 0
  let waitedMs = 0
  let limit = membersAtFirst
  const retryAfter = (failures: number): number | undefined => {
    const times = retryTimes[failures]
    return times === undefined ? undefined : times * retryMs
  }

  return async (cursor) => {
    if (cursor === undefined) waitedMs = 0
    pages = cursor === undefined ? 0 : pages + 1
    if (pages >= pagesAtOnce) await pause(pageMs)
    for (let failures = 0, waits = 0; ; ) {
      try {
        const answer = await client.apiCall('users.list', { limit, include_locale: true, cursor })
        limit = nextLimit(answer, limit)
        return answer
      } catch (error) {
        const failure = classifySlackFailure(error)
        const isPassing = failure.type === 'ambiguous' || (failure.type === 'unreached' && failure.error !== cursorGone)
        const ms = failure.type === 'rate-limited' ? failure.retryAfterMs : isPassing ? retryAfter(failures) : undefined
        if (ms === undefined || waits >= waitsAtMost || waitedMs + ms > mostWaitMs) throw error
        if (failure.type === 'rate-limited') waits += 1
        else failures += 1
        waitedMs += ms
        await pause(ms)
      }
    }
  }
}

/** As many members as the next page may have, where they are like the first ones of this. */
function nextLimit(answer: WebAPICallResult, limit: number): number {
  const { members } = answer as { readonly members?: unknown }
  const some: readonly unknown[] = Array.isArray(members) ? members.slice(0, membersAtLeast) : []
  if (some.length === 0) return limit
  const bytes = Buffer.byteLength(JSON.stringify(some)) / some.length
  return Math.min(membersAtMost, Math.max(membersAtLeast, Math.floor(pageBytes / bytes)))
}

/** A list that is begun anew when its cursor runs out, a few times at most. */
export async function withFreshCursor<T>(list: () => Promise<T>): Promise<T> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await list()
    } catch (error) {
      if (classifySlackFailure(error).error !== cursorGone || restarts >= restartsAtMost) throw error
    }
  }
}

const cursorGone = 'invalid_cursor'
