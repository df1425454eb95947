// The filter of the four documented POST operations: instants of local midnight, `to` exclusive, and no empty lists.
import { type Period, startOfLocalDate } from '../../domain/period.ts'
import type { AskGong } from '../source.ts'
import type { PagedList, Row } from '../wire/pages.ts'

export interface DocumentedBody {
  readonly cursor?: string
  readonly filter: {
    readonly fromDateTime: string
    readonly toDateTime: string
    readonly userIds?: readonly string[]
    readonly scorecardIds?: readonly string[]
  }
}

interface Wanted {
  readonly path: string
  readonly listKey: string
  readonly period: Period
  readonly zone: string
  readonly ask: AskGong & { readonly scorecardIds?: readonly string[] | undefined }
  identify(row: Row): string | undefined
}

/** The pages of one documented list over one period. */
export function documentedList({ path, listKey, period, zone, ask, identify }: Wanted): PagedList {
  const filter = {
    fromDateTime: startOfLocalDate(period.from, zone).toISOString(),
    toDateTime: startOfLocalDate(period.to, zone).toISOString(),
    ...(ask.personIds?.length ? { userIds: ask.personIds } : {}),
    ...(ask.scorecardIds?.length ? { scorecardIds: ask.scorecardIds } : {}),
  }
  const body = (cursor: string | undefined): DocumentedBody => ({ ...(cursor === undefined ? {} : { cursor }), filter })
  return { call: (cursor) => ({ method: 'POST', path, body: body(cursor) }), listKey, identify }
}
