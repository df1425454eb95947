// How far reading has come, for the log, Home and the demo's page. In memory: what is done is in the store.
import { type Period, periodKey } from '../domain/period.ts'
import type { ReadKind } from './plan.ts'

export interface SyncProgress {
  /** What is being read now. */
  readonly current?: { readonly kind: ReadKind | 'people'; readonly period?: Period; readonly page: number; readonly pages?: number }
  /** Of the refresh under way, or of the last one. */
  readonly done: number
  readonly planned: number
  readonly requests: number
  /** Requests still to expect. */
  readonly requestsLeft: number
  readonly finishedAt?: Date
  /** Set while Gong or the budget makes us wait. */
  readonly resumeAt?: Date
}

export const idleProgress: SyncProgress = { done: 0, planned: 0, requests: 0, requestsLeft: 0 }

/** `interaction 2026-11-16..2026-11-22, page 3 of 12 · 4 of 38 readings`. */
export function progressInWords(progress: SyncProgress): string {
  const { current } = progress
  const of = `${progress.done} of ${progress.planned} readings`
  if (!current) return progress.resumeAt ? `${of}, waiting until ${progress.resumeAt.toISOString()}` : of
  const page = current.pages === undefined ? `page ${current.page}` : `page ${current.page} of ${current.pages}`
  return `${current.kind}${current.period ? ` ${periodKey(current.period)}` : ''}, ${page} · ${of}`
}
