// GET /workspaces: live coaching must name a workspace. Fetched once per start unless the operator names them.
import { GongSurprise } from '../../errors.ts'
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

export function workspaceFetcher(client: GongClient): (ask: AskGong) => Promise<{ ids: readonly string[]; requests: number }> {
  let kept: readonly string[] | undefined = client.workspaceIds.length > 0 ? client.workspaceIds : undefined
  const fetchOnce = sharedWhileUnderWay(async (ask: AskGong) => {
    const fetched = await fetchWorkspaces(client, ask)
    kept = fetched.ids
    return fetched
  })
  return async (ask) => {
    if (kept) return { ids: kept, requests: 0 }
    const { mine, value } = await fetchOnce(ask)
    return mine ? value : { ...value, requests: 0 }
  }
}
