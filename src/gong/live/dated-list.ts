// Fetches a live list by dates of the company's zone: `to` is exclusive and not beyond today. When Gong still finds `to` too late we ask
// once more with one day less. An empty list comes as 404.
import type { TenantMemory } from '../../domain/gong-ports.ts'
import { addDays, localDateOf, type Period } from '../../domain/period.ts'
import { GongRefused } from '../../errors.ts'
import type { GongClient } from '../client.ts'
import type { AskGong } from '../source.ts'
import { fetchPages, type Row, type WholeList } from '../wire/pages.ts'

interface Wanted {
  readonly path: string
  readonly listKey: string
  /** The filter's date fields, for example `fromDate` and `toDate`. */
  readonly dateFields: readonly [from: string, to: string]
  /** What else the filter holds; lists in it are never empty. */
  readonly filter: Readonly<Record<string, unknown>>
  identify(row: Row): string | undefined
  readonly onClash?: 'set-aside'
}

const nothing: WholeList = { rows: [], requests: 0, requestId: undefined, timeZone: undefined }

/** Reads one live list over one period; a period that begins today or later is empty without a request. */
export async function fetchDated(client: GongClient, period: Period, ask: AskGong, wanted: Wanted): Promise<WholeList> {
  const today = localDateOf(client.clock.now(), client.zone)
  const to = period.to < today ? period.to : today
  if (period.from >= to) return nothing
  const list = await fetchUntil(to).catch((error: unknown) => {
    const earlier = addDays(to, -1)
    if (!isTooLate(error)) throw error
    return period.from < earlier ? fetchUntil(earlier) : nothing
  })
  await notice(client, list, ask, `POST ${wanted.path}`)
  return list

  function fetchUntil(until: string): Promise<WholeList> {
    const [from, end] = wanted.dateFields
    const filter = { [from]: period.from, [end]: until, ...wanted.filter }
    const call = (cursor: string | undefined) => ({
      method: 'POST' as const,
      path: wanted.path,
      body: { ...(cursor === undefined ? {} : { cursor }), filter },
      emptyIs404: true,
    })
    return fetchPages(client.request, { call, listKey: wanted.listKey, identify: wanted.identify, onClash: wanted.onClash }, ask)
  }
}

const isTooLate = (error: unknown): boolean =>
  error instanceof GongRefused && error.status === 400 && error.errors.some((text) => /to_?date|today|future/i.test(text))

/** Said once a start: every list answers the same. */
const saidOtherZone = new WeakSet<TenantMemory>()

async function notice({ log, memory, zone }: GongClient, list: WholeList, ask: AskGong, endpoint: string): Promise<void> {
  if (list.rows.length === 0 && ask.personIds === undefined)
    log.warn({ endpoint, requestId: list.requestId }, 'Gong shows nothing of anybody; a key that may not see calls gets the same answer')
  if (list.timeZone !== undefined && list.timeZone !== zone && !saidOtherZone.has(memory)) {
    saidOtherZone.add(memory)
    log.warn({ endpoint, answered: list.timeZone, used: zone }, 'Gong counts days in another time zone than we do')
  }
  if (list.timeZone !== undefined && (await memory.get('zone')) === undefined) await memory.set('zone', list.timeZone)
}

/** `{ userIds }` only when there are any: Gong refuses an empty list. */
export const onlyThese = (field: string, ids: readonly string[] | undefined): Readonly<Record<string, unknown>> =>
  ids?.length ? { [field]: ids } : {}
