// An answer on its way out: JSON, or what a fault makes of it: half of it, in two halves far apart, a proxy's page, impossible figures.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { changedAnswer } from './changed-answer.ts'
import type { GongFault } from './faults.ts'
import { toJson } from './operation.ts'
import { spoiled } from './spoiled.ts'

export interface GongAnswer {
  readonly status: number
  /** Undefined: no body. */
  readonly json: unknown
  /** For the request log. */
  readonly records?: number | undefined
  readonly error?: string | undefined
  readonly retryAfterSeconds?: number | undefined
}

/** How a wait is given: in seconds, or as the date it ends, counted from the answer's own. */
export type RetryAfter = { readonly as: 'seconds' } | { readonly as: 'date'; readonly now: Date }

export async function send(
  response: ServerResponse,
  result: GongAnswer,
  fault: GongFault | undefined,
  retryAfter: RetryAfter,
): Promise<void> {
  const ok = result.status === 200
  const html = ok && fault?.type === 'html'
  const json =
    ok && fault?.type === 'bad-figures' ? spoiled(result.json, fault.personIds) : ok ? changedAnswer(result.json, fault) : result.json
  const text = html ? '<html><body>Sign in to the network</body></html>' : json === undefined ? '' : toJson(json)
  const bytes = Buffer.from(text)
  response.writeHead(result.status, {
    'content-type': html ? 'text/html' : json === undefined ? 'text/plain' : 'application/json;charset=utf-8',
    'content-length': bytes.length,
    ...(result.retryAfterSeconds !== undefined && retryHeaders(result.retryAfterSeconds, retryAfter)),
  })
  const half = Math.floor(bytes.length / 2)
  if (ok && fault?.type === 'truncated') {
    response.write(bytes.subarray(0, half), () => response.destroy())
    return
  }
  if (ok && fault?.type === 'slow') {
    response.write(bytes.subarray(0, half))
    // Whoever gave up is not waited for.
    await Promise.race([wait(fault.delayMs, undefined, { ref: false }), once(response, 'close')])
    response.end(bytes.subarray(half))
    return
  }
  response.end(bytes)
}

const retryHeaders = (seconds: number, given: RetryAfter): Readonly<Record<string, string>> =>
  given.as === 'seconds'
    ? { 'retry-after': String(seconds) }
    : { date: given.now.toUTCString(), 'retry-after': new Date(given.now.getTime() + seconds * 1000).toUTCString() }
