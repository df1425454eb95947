// GET /workspaces: live coaching must name a workspace. Fetched once a day unless the operator names them.
import { GongSurprise, GongUnavailable } from '../../errors.ts'
import type { GongClient } from '../client.ts'
import { sharedWhileUnderWay } from '../settle-once.ts'
import type { AskGong } from '../source.ts'
import { idOf } from '../wire/fields.ts'

const workspacesPath = '/workspaces'

/** @throws GongSurprise when it names none. */
export async function fetchWorkspaces({ request }: GongClient, ask: AskGong): Promise<{ ids: readonly string[]; requests: number }> {
  const reply = await request({ method: 'GET', path: workspacesPath }, ask)
  const listed = reply.json === 'empty' ? undefined : reply.json.workspaces
  const ids = Array.isArray(listed) ? listed.flatMap((entry: { id?: unknown } | null) => idOf(entry?.id) ?? []) : []
  if (ids.length > 0) return { ids, requests: reply.requests }
  throw new GongSurprise({
    endpoint: `GET ${workspacesPath}`,
    requestId: reply.requestId,
    what: 'it names no workspace',
    paths: ['workspaces'],
  })
}

const dayMs = 86_400_000

/** The operator's workspaces, or Gong's, fetched again after a day: one may be new, or gone. While Gong fails, the last ones stay. */
export function workspaceFetcher(client: GongClient): (ask: AskGong) => Promise<{ ids: readonly string[]; requests: number }> {
  const { clock, workspaceIds } = client
  let kept: { readonly ids: readonly string[]; readonly fetchedAtMs: number } | undefined
  const fetchOnce = sharedWhileUnderWay(async (ask: AskGong) => {
    const fetchedAtMs = clock.now().getTime()
    const fetched = await fetchWorkspaces(client, ask).catch((error: unknown) => {
      if (kept && error instanceof GongUnavailable) return { ids: kept.ids, requests: 1 }
      throw error
    })
    kept = { ids: fetched.ids, fetchedAtMs }
    return fetched
  })
  return async (ask) => {
    if (workspaceIds.length > 0) return { ids: workspaceIds, requests: 0 }
    if (kept && clock.now().getTime() - kept.fetchedAtMs < dayMs) return { ids: kept.ids, requests: 0 }
    const { mine, value } = await fetchOnce(ask)
    return mine ? value : { ...value, requests: 0 }
  }
}
