// How a Gong answers where its documents leave it open: an empty list, an end later than today, a token that is renewed. Asked by
// `npm run prove` alone, once each. Reads only; a renewed token is stored as always.
import { addDays, localDateOf, type Period, startOfLocalDate } from '../../domain/period.ts'
import { GongRefused } from '../../errors.ts'
import { connectGong } from '../connection.ts'
import { type GongOptions, openGong } from '../open.ts'
import type { AskGong, GongSource } from '../source.ts'
import type { GongCall } from '../wire/request.ts'
import { lookLimits } from './check.ts'
import { type CheckFailure, checkFailureOf } from './failure.ts'

/** How the answer to a question about a day before any call came. */
export interface EmptyAnswer {
  readonly operation: 'activity' | 'daily activity' | 'interaction' | 'scorecards'
  /** Missing when there was no answer. */
  readonly status?: number | undefined
  /** Gong's words beside a status other than 200. */
  readonly texts: readonly string[]
  /** Undefined when it was understood as an empty list. */
  readonly failure?: CheckFailure | undefined
}

/** Whether a range may end later than yesterday's midnight. */
export interface EndAnswer {
  readonly end: 'today' | 'tomorrow'
  readonly isTaken: boolean
  readonly texts: readonly string[]
}

export interface GongHabits {
  readonly empty: readonly EmptyAnswer[]
  readonly ends: readonly EndAnswer[]
  /** With OAuth only. `isRotated`: the refresh gave a new refresh token. */
  readonly refresh?:
    | { readonly ok: true; readonly isRotated: boolean; readonly namesHost: boolean }
    | { readonly ok: false; readonly failure: CheckFailure }
}

/** Nobody used Gong then. */
const longAgo: Period = { from: '2010-03-02', to: '2010-03-03' }

const ask: AskGong = { purpose: 'background' }

/** `given`: options of a Gong that has just answered. @throws what opening Gong throws. */
export async function gongHabits(given: GongOptions, onStep: (step: string) => void = () => undefined): Promise<GongHabits> {
  let last: { readonly status: number; readonly texts: readonly string[] } | undefined
  let refresh: GongHabits['refresh']
  const options: GongOptions = {
    ...given,
    limits: { ...lookLimits, ...given.limits },
    onErrors(call, status, texts) {
      given.onErrors?.(call, status, texts)
      last = { status, texts }
    },
    onRefresh: (seen) => {
      refresh = { ok: true, ...seen }
    },
  }
  const said = () => {
    const now = last
    last = undefined
    return now
  }
  const gong = await openGong(options)
  try {
    onStep('how an empty list is answered')
    const empty = await emptyAnswers(gong.source, said)
    onStep('whether a range may end today')
    const ends = await endAnswers(options, gong, said)
    if (given.credentials.type === 'oauth') {
      onStep('what renewing the token gives')
      refresh = await renewed(options).then(
        () => refresh,
        (error: unknown) => ({ ok: false, failure: checkFailureOf(error) }) as const,
      )
    }
    return { empty, ends, ...(refresh && { refresh }) }
  } finally {
    await gong.close()
  }
}

type Said = () => { readonly status: number; readonly texts: readonly string[] } | undefined

async function emptyAnswers(source: GongSource, said: Said): Promise<readonly EmptyAnswer[]> {
  const questions = [
    ['interaction', () => source.fetchInteraction(longAgo, ask)],
    ['activity', () => source.fetchActivity(longAgo, ask)],
    ['daily activity', () => source.fetchDailyActivity(longAgo, ask)],
    ['scorecards', () => source.fetchScorecards(longAgo, ask)],
  ] as const
  const answers: EmptyAnswer[] = []
  for (const [operation, read] of questions) {
    said()
    const failure = await read().then(
      () => undefined,
      (error: unknown) => checkFailureOf(error),
    )
    const { status, texts = [] } = said() ?? (failure ? {} : { status: 200 })
    answers.push({ operation, status, texts, failure })
    if (failure?.type === 'rate-limited') break
  }
  return answers
}

/** The live service takes dates, the documented one instants; each is asked as the product asks it. */
async function endAnswers(
  options: GongOptions,
  { source: { contract }, zone }: { readonly source: GongSource; readonly zone: string },
  said: Said,
): Promise<readonly EndAnswer[]> {
  const today = localDateOf(options.clock.now(), zone)
  const answers: EndAnswer[] = []
  const connection = connectGong(options)
  try {
    for (const [end, to] of [
      ['today', today],
      ['tomorrow', addDays(today, 1)],
    ] as const) {
      said()
      const call = contract === 'live' ? liveCall(addDays(today, -7), to) : documentedCall(addDays(today, -7), to, zone)
      const isTaken = await connection.request(call, ask).then(
        () => true,
        (error: unknown) => {
          if (error instanceof GongRefused && error.status === 400) return false
          checkFailureOf(error)
          return undefined
        },
      )
      if (isTaken !== undefined) answers.push({ end, isTaken, texts: said()?.texts ?? [] })
    }
  } finally {
    await connection.close()
  }
  return answers
}

const liveCall = (fromDate: string, toDate: string): GongCall => ({
  method: 'POST',
  path: '/stats/interaction',
  body: { filter: { fromDate, toDate } },
  emptyIs404: true,
})

const documentedCall = (from: string, to: string, zone: string): GongCall => ({
  method: 'POST',
  path: '/stats/interaction',
  body: {
    filter: { fromDateTime: startOfLocalDate(from, zone).toISOString(), toDateTime: startOfLocalDate(to, zone).toISOString() },
  },
})

async function renewed(options: GongOptions): Promise<void> {
  const connection = connectGong(options)
  try {
    await connection.renew()
  } finally {
    await connection.close()
  }
}
