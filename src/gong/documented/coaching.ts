// GET /coaching/metrics. The document does not say whether a row is about the coach or the coached person, so we find out once per
// tenant by asking for one manager. Totals take one unfiltered request per window; per-report rows take one request per manager.
// Both are asked for each configured workspace.
import { z } from 'zod'
import type { CoachingCounts } from '../../domain/gong-figures.ts'
import { type Period, startOfLocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { oneAtATime } from '../../one-at-a-time.ts'
import type { CoachingRows, GongClient } from '../client.ts'
import { addCoaching } from '../coaching-sum.ts'
import { createTally, leftOut, tallied } from '../coaching-tally.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { count, given, id, idOf } from '../wire/fields.ts'
import { fetchPages, type WholeList } from '../wire/pages.ts'
import { translateAll } from '../wire/records.ts'

const coachingPath = '/coaching/metrics'

const record = z.object({ userId: id, callsListenedTo: count, commentsGiven: count, scorecardsFilled: count })

type Counts = z.output<typeof record>
type AskCoaching = AskGong & { readonly managerIds: readonly PersonId[] }

export function coachingFetcher(client: GongClient): (period: Period, ask: AskCoaching) => Promise<GongAnswer<CoachingCounts>> {
  // Until one reading has settled what the rows are, the others wait for it instead of finding out too.
  const settle = oneAtATime()
  return async (period, ask) => {
    const read = () => fetchCoaching(client, period, ask)
    return (client.coachingRows ?? (await rememberedCoachingRows(client))) ? read() : settle(read)
  }
}

async function fetchCoaching(client: GongClient, period: Period, ask: AskCoaching): Promise<GongAnswer<CoachingCounts>> {
  if (ask.managerIds.length === 0) return { records: [], quarantined: [], requests: 0 }
  const settled = client.coachingRows ?? (await rememberedCoachingRows(client))
  if (settled === 'per-report') return perReport(client, period, ask)
  const all = await everyWorkspace(client, period, ask)
  if (settled === 'totals') return totals(all, ask)
  const verdict = await settleCoachingRows(client, period, ask, all.records)
  if (verdict.rows === undefined) return { records: [], quarantined: all.quarantined, requests: all.requests + verdict.requests }
  const answer = verdict.rows === 'totals' ? totals(all, ask) : await perReport(client, period, ask)
  const before = verdict.rows === 'totals' ? 0 : all.requests
  return { ...answer, requests: answer.requests + before + verdict.requests }
}

export async function rememberedCoachingRows({ memory }: Pick<GongClient, 'memory'>): Promise<CoachingRows | undefined> {
  const value = await memory.get('coaching-rows')
  return value === 'totals' || value === 'per-report' ? value : undefined
}

function totals(all: GongAnswer<Counts>, { managerIds }: AskCoaching): GongAnswer<CoachingCounts> {
  const wanted = new Set(managerIds)
  const rows = all.records.filter((row) => wanted.has(row.userId)).map(({ userId, ...counts }) => given({ managerId: userId, ...counts }))
  return { ...all, records: addCoaching(rows) }
}

async function perReport(client: GongClient, period: Period, ask: AskCoaching): Promise<GongAnswer<CoachingCounts>> {
  const tally = createTally<CoachingCounts, string | undefined>(workspacesOf(client))
  let requests = 0
  for (const [index, managerId] of ask.managerIds.entries()) {
    for (const workspaceId of tally.open()) {
      const answer = await fetchWorkspace(client, period, ask, { managerId, workspaceId }).catch(leftOut)
      requests += answer instanceof Error ? 1 : answer.requests
      tally.add(managerId, workspaceId, answer instanceof Error ? answer : ofManager(managerId, answer))
    }
    ask.onPage?.({ page: index + 1, pages: ask.managerIds.length })
  }
  return tallied(tally, workspacesOf(client).length, requests, client.log)
}

const ofManager = (managerId: PersonId, answer: GongAnswer<Counts>): GongAnswer<CoachingCounts> => ({
  ...answer,
  records: answer.records.map(({ userId, ...counts }) => given({ managerId, reportId: userId, ...counts })),
})

/**
 * Asks for one manager alone: a row of somebody else means the rows are reports. A row of the manager, and nobody but managers
 * beside it, means totals. Undecided (and not remembered) while nobody coaches.
 */
async function settleCoachingRows(
  client: GongClient,
  period: Period,
  ask: AskCoaching,
  unfiltered: readonly Counts[],
): Promise<{ rows: CoachingRows | undefined; requests: number }> {
  const seen = new Set(unfiltered.map((row) => row.userId))
  const managers = new Set(ask.managerIds)
  let requests = 0
  const candidates = [...ask.managerIds].toSorted((a, b) => Number(seen.has(b)) - Number(seen.has(a)))
  for (const managerId of seen.size === 0 ? [] : candidates.slice(0, 5)) {
    const answer = await everyWorkspace(client, period, ask, managerId)
    requests += answer.requests
    const ids = answer.records.map((row) => row.userId)
    if (ids.length === 0) continue
    const rows: CoachingRows = ids.includes(managerId) && ids.every((rowId) => managers.has(rowId)) ? 'totals' : 'per-report'
    await client.memory.set('coaching-rows', rows)
    client.log.info({ rows }, 'Reading of coaching metrics settled')
    return { rows, requests }
  }
  return { rows: undefined, requests }
}

/** What all workspaces say together. One that Gong refuses is left out. @throws the first failure when all are. */
async function everyWorkspace(client: GongClient, period: Period, ask: AskGong, managerId?: PersonId): Promise<GongAnswer<Counts>> {
  const answers: (GongAnswer<Counts> | Error)[] = []
  for (const workspaceId of workspacesOf(client))
    answers.push(await fetchWorkspace(client, period, ask, { managerId, workspaceId }).catch(leftOut))
  const good = answers.flatMap((answer) => (answer instanceof Error ? [] : [answer]))
  const failure = answers.find((answer) => answer instanceof Error)
  if (good.length === 0 && failure) throw failure
  if (failure)
    client.log.warn({ refused: answers.length - good.length }, 'Gong does not give the coaching of every workspace; the rest was kept')
  return {
    records: good.flatMap(({ records }) => records),
    quarantined: good.flatMap(({ quarantined }) => quarantined),
    requests: good.reduce((sum, { requests }) => sum + requests, answers.length - good.length),
    ...(failure && { closedWorkspaces: { closed: answers.length - good.length, of: answers.length } }),
  }
}

const workspacesOf = ({ workspaceIds }: GongClient): readonly (string | undefined)[] =>
  workspaceIds.length > 0 ? workspaceIds : [undefined]

async function fetchWorkspace(client: GongClient, period: Period, ask: AskGong, only: Only): Promise<GongAnswer<Counts>> {
  return translateAll(await fetchMetrics(client, period, ask, only), {
    endpoint: `GET ${coachingPath}`,
    schema: record,
    personField: 'userId',
    translate: (row) => [row],
  })
}

interface Only {
  readonly managerId: PersonId | undefined
  readonly workspaceId: string | undefined
}

/** Not paged: one answer is the whole list. */
function fetchMetrics({ request, zone }: GongClient, period: Period, ask: AskGong, only: Only): Promise<WholeList> {
  const query = {
    'workspace-id': only.workspaceId,
    'manager-id': only.managerId,
    from: startOfLocalDate(period.from, zone).toISOString(),
    to: startOfLocalDate(period.to, zone).toISOString(),
  }
  const { onPage: _, ...quiet } = ask
  const list = { call: () => ({ method: 'GET' as const, path: coachingPath, query }), listKey: 'metrics', identify }
  return fetchPages(request, list, quiet)
}

const identify = (row: Readonly<Record<string, unknown>>) => idOf(row.userId)
