// Live GET /coaching: one request per manager and workspace, with the calls per report by kind. Kinds are data; the known ones are
// counted. A manager or workspace that Gong does not answer for is left out and named; the others are kept.
import { z } from 'zod'
import type { CoachingCounts } from '../../domain/gong-figures.ts'
import { type Period, startOfLocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { GongClient } from '../client.ts'
import { createTally, leftOut, tallied } from '../coaching-tally.ts'
import type { AskGong, GongAnswer } from '../source.ts'
import { given, id, idOf, listOf } from '../wire/fields.ts'
import { fetchPages, type Row } from '../wire/pages.ts'
import { translateAll } from '../wire/records.ts'
import { workspaceFetcher } from './workspaces.ts'

const coachingPath = '/coaching'

/** Null means none; an absent or odd list means the kind is not given. */
const calls = z
  .array(id)
  .nullish()
  .catch(undefined)
  .transform((ids) => (ids === undefined ? undefined : new Set(ids ?? []).size))

const record = z.object({
  manager: z.object({ id }),
  directReportsMetrics: listOf(
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
        .nullish()
        .catch(undefined),
    }),
  ),
})

type AskCoaching = AskGong & { readonly managerIds: readonly PersonId[] }

export function coachingFetcher(client: GongClient): (period: Period, ask: AskCoaching) => Promise<GongAnswer<CoachingCounts>> {
  const workspacesFor = workspaceFetcher(client)
  return async (period, ask) => {
    if (ask.managerIds.length === 0) return { records: [], quarantined: [], requests: 0 }
    const workspaces = await workspacesFor(ask)
    const tally = createTally<CoachingCounts>(workspaces.ids)
    let requests = workspaces.requests
    for (const [index, managerId] of ask.managerIds.entries()) {
      for (const workspaceId of tally.open()) {
        const answer = await fetchManager(client, period, ask, { managerId, workspaceId }).catch(leftOut)
        requests += answer instanceof Error ? 1 : answer.requests
        tally.add(managerId, workspaceId, answer)
      }
      ask.onPage?.({ page: index + 1, pages: ask.managerIds.length })
    }
    return tallied(tally, workspaces.ids.length, requests, client.log)
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
    { call: () => ({ method: 'GET', path: coachingPath, query }), listKey: 'coachingData', identify: managerOf },
    quiet,
  )
  return translateAll(list, {
    endpoint: `GET ${coachingPath}`,
    schema: record,
    personField: 'manager',
    translate: ({ manager, directReportsMetrics }) =>
      manager.id !== of.managerId
        ? []
        : directReportsMetrics.map(({ report, metrics }) =>
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
