// What one operation of a contract is to the server: its path and its answer to a checked request. A refusal is thrown and becomes
// Gong's error body.

import type { CallBook } from './calls.ts'
import type { SimulatedCard } from './cards.ts'

export interface Question {
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly nowMs: number
}

export interface World {
  readonly book: CallBook
  readonly added: readonly SimulatedCard[]
  readonly talkRatioUnit: 'percent' | 'fraction'
  readonly coachingRows: 'totals' | 'per-report'
  /** Further workspaces, without calls; the key may not enter a closed one (live). */
  readonly furtherWorkspaces: readonly FurtherWorkspace[]
}

export interface FurtherWorkspace {
  readonly id: string
  isClosed: boolean
}

/** `rows` are paged under `listKey`; `emptyIs404` in live; `extra` stands beside the list. */
export interface Answer {
  readonly listKey: string
  readonly rows: readonly unknown[]
  readonly paged: boolean
  readonly emptyIs404?: string
  readonly extra?: Readonly<Record<string, unknown>>
}

export interface Operation {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly scope: string
  answer(question: Question, world: World): Answer
}

/** Gong says no: the status and its words. `unusable`: no JSON body at all. */
export class Refusal extends Error {
  readonly status: number
  readonly retryAfterSeconds: number | undefined
  readonly unusable: boolean
  constructor(status: number, text: string, more: { readonly retryAfterSeconds?: number; readonly unusable?: boolean } = {}) {
    super(text)
    this.status = status
    this.retryAfterSeconds = more.retryAfterSeconds
    this.unusable = more.unusable ?? false
  }
}

export const rounded = (value: number): number => Math.round(value * 10_000) / 10_000

/** A list of ids in the filter; undefined when it is not there. @throws Refusal for an empty or strange one */
export function idList(filter: Readonly<Record<string, unknown>>, field: string): ReadonlySet<string> | undefined {
  const value = filter[field]
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.length === 0) throw new Refusal(400, `filter.${field}: must hold at least one id`)
  if (!value.every((entry) => typeof entry === 'string' && /^\d{1,20}$/.test(entry)))
    throw new Refusal(400, `filter.${field}: ids are strings of digits`)
  return new Set(value as string[])
}

export function filterOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { filter } = body
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) throw new Refusal(400, 'filter: is missing')
  return filter as Record<string, unknown>
}

/** Two instants with an offset, in order. @throws Refusal otherwise */
export function instants(from: unknown, to: unknown, names: readonly [string, string]): { readonly fromMs: number; readonly toMs: number } {
  const [fromMs, toMs] = [from, to].map((value, index) => {
    const good = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value)
    const ms = good ? Date.parse(value as string) : Number.NaN
    if (Number.isNaN(ms)) throw new Refusal(400, `${names[index]}: must be a date-time with an offset`)
    return ms
  }) as [number, number]
  if (fromMs >= toMs) throw new Refusal(400, `${names[0]}: must be before ${names[1]}`)
  return { fromMs, toMs }
}

const mark = '\u0000number:'

/** An id that is to be a JSON number on the wire, all its digits kept. */
export const jsonNumber = (digits: string): string => `${mark}${digits}`

/** JSON text with the marked ids as numbers. */
export const toJson = (value: unknown): string => JSON.stringify(value).replaceAll(/"\\u0000number:(\d+)"/g, '$1')
