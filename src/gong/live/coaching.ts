// Live GET /coaching: one request per manager and workspace, with the calls per report by kind. Kinds are data; those known are
// counted, others ignored.
import { z } from 'zod'
import type { CoachingCounts } from '../../domain/gong-figures.ts'
import { type Period, startOfLocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { GongClient } from '../client.ts'
import { addCoaching } from '../coaching-sum.ts'
import type { AskGong, GongAnswer, Quarantined } from '../source.ts'
import { given, id, idOf } from '../wire/fields.ts'
import { fetchPages, type Row } from '../wire/pages.ts'
import { translateAll } from '../wire/records.ts'
import { workspaceFetcher } from './workspaces.ts'

const coachingPath = '/coaching'

const calls = z
  .array(id)
  .nullish()
  .transform((ids) => (ids === undefined ? undefined : new Set(ids ?? []).size))

const record = z.object({
  manager: z.object({ id }),
  directReportsMetrics: z
    .array(
      z.object({
        report: z.object({ id }),
        metrics: z
          .object({
            callsListenedTo: calls,
            callsManagerAttended: calls,
            callsWithFeedback: calls,
            callsManagerCommentedOn: calls,
            callsWithScorecardFilled: calls,
          })
          .nullish(),
      }),
    )
    .nullish(),
})

type AskCoaching = AskGong & { readonly managerIds: readonly PersonId[] }

export function coachingFetcher(client: GongClient): (period: Period, ask: AskCoaching) => Promise<GongAnswer<CoachingCounts>> {
  const workspacesFor = workspaceFetcher(client)
  return async (period, ask) => {
    if (ask.managerIds.length === 0) return { records: [], quarantined: [], requests: 0 }
    const workspaces = await workspacesFor(ask)
    const records: CoachingCounts[] = []
    const quarantined: Quarantined[] = []
    let requests = workspaces.requests
    for (const [index, managerId] of ask.managerIds.entries()) {
      for (const workspaceId of workspaces.ids) {
        const answer = await fetchManager(client, period, ask, { managerId, workspaceId })
        records.push(...answer.records)
        quarantined.push(...answer.quarantined)
        requests += answer.requests
      }
      ask.onPage?.({ page: index + 1, pages: ask.managerIds.length })
    }
    return { records: addCoaching(records), quarantined, requests }
  }
}

async function fetchManager(
  { request, zone }: GongClient,
  period: Period,
  ask: AskGong,
  of: { readonly managerId: PersonId; readonly workspaceId: string },
): Promise<GongAnswer<CoachingCounts>> {
  const query = {
    'workspace-id': of.workspaceId,
    'manager-id': of.managerId,
    from: startOfLocalDate(period.from, zone).toISOString(),
    to: startOfLocalDate(period.to, zone).toISOString(),
  }
  const { onPage: _, ...quiet } = ask
  const list = await fetchPages(
    request,
    { call: () => ({ method: 'GET', path: coachingPath, query, emptyIs404: true }), listKey: 'coachingData', identify: managerOf },
    quiet,
  )
  return translateAll(list, {
    endpoint: `GET ${coachingPath}`,
    schema: record,
    personField: 'manager',
    translate: ({ manager, directReportsMetrics }) =>
      manager.id !== of.managerId
        ? []
        : (directReportsMetrics ?? []).map(({ report, metrics }) =>
            given({
              managerId: manager.id,
              reportId: report.id,
              callsListenedTo: metrics?.callsListenedTo,
              commentsGiven: metrics?.callsManagerCommentedOn,
              scorecardsFilled: metrics?.callsWithScorecardFilled,
              callsAttended: metrics?.callsManagerAttended,
              callsWithFeedback: metrics?.callsWithFeedback,
            }),
          ),
  })
}

function managerOf(row: Row): string | undefined {
  const manager = row.manager
  return typeof manager === 'object' && manager !== null ? idOf((manager as Row).id) : undefined
}
