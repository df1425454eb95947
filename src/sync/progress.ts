// How far a refresh has come, for the log, Home and the demo's page, with its words. In memory only: what is done is in the store.

import type { Clock } from '../clock.ts'
import type { FigureKind } from '../domain/figure-gap.ts'
import { type Period, periodKey } from '../domain/period.ts'
import { openToAll } from '../domain/request-share.ts'
import type { Log } from '../log.ts'

export interface FetchNow {
  readonly kind: FigureKind | 'people'
  readonly period?: Period
  /** The page being waited for, from 1. */
  readonly page: number
  readonly pages?: number | undefined
}

export interface SyncProgress {
  /** What is being fetched now, several at once, newest first. */
  readonly fetching: readonly FetchNow[]
  /** Fetches of the refresh under way, or of the last one. */
  readonly done: number
  readonly planned: number
  /** Requests still to expect. */
  readonly requestsLeft: number
  /** The company's allowance; missing before the first refresh. */
  readonly today?: RequestsToday
  readonly finishedAt?: Date
  /** Set while Gong or the budget makes us wait. */
  readonly resumeAt?: Date
}

export interface RequestsToday {
  readonly used: number
  readonly perDay: number
  readonly perSecond: number
}

export const idleProgress: SyncProgress = { fetching: [], done: 0, planned: 0, requestsLeft: 0 }

const number = new Intl.NumberFormat('en')

/**
 * `interaction 2026-11-16..2026-11-22, page 3 of 12, and 5 more · 4 of 38 readings · 1,130 of 4,000 requests today, 2 min left`;
 * undefined when nothing is being fetched and nothing waits.
 */
export function progressInWords({ fetching, done, planned, requestsLeft, today, resumeAt }: SyncProgress): string | undefined {
  const [first, ...more] = fetching
  if (!first && !resumeAt) return undefined
  const page = first && `page ${first.page}${first.pages === undefined ? '' : ` of ${Math.max(first.page, first.pages)}`}`
  const what = first && `${first.kind}${first.period ? ` ${periodKey(first.period)}` : ''}, ${page}`
  const beside = more.length > 0 ? `, and ${more.length} more` : ''
  const used = today && `${number.format(today.used)} of ${number.format(today.perDay)} requests today`
  const left = resumeAt ? `goes on ${resumeAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : today && timeLeft(requestsLeft, today)
  return [what && `${what}${beside}`, `${done} of ${planned} readings`, [used, left].filter(Boolean).join(', ')].filter(Boolean).join(' · ')
}

/** The day's last tenth is left to scheduled digests: what does not fit before it goes on tomorrow. */
function timeLeft(requestsLeft: number, { used, perDay, perSecond }: RequestsToday): string {
  const fits = Math.max(0, openToAll(perDay) - used)
  if (requestsLeft > fits) return `${number.format(requestsLeft)} to go, some of them tomorrow`
  const seconds = Math.ceil(requestsLeft / perSecond)
  if (seconds < 90) return `${seconds} s left`
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min left` : `${Math.ceil(seconds / 3600)} h left`
}

const logEveryMs = 10_000

/** Logs how far a refresh is: when it begins, and every ten seconds while it lasts. */
export function progressLogger(log: Log, clock: Clock): (progress: SyncProgress) => void {
  let nextAtMs = 0
  return (progress) => {
    const { fetching, done, planned, requestsLeft, finishedAt, resumeAt } = progress
    if (finishedAt || resumeAt) nextAtMs = 0
    const nowMs = clock.now().getTime()
    if (fetching.length === 0 || nowMs < nextAtMs) return
    nextAtMs = nowMs + logEveryMs
    log.info({ progress: progressInWords(progress), done, planned, requestsLeft }, 'Reading Gong')
  }
}
