// Workspaces of Gong whose coaching the key may not read: counts of coaching go on without them, and say so. Kept as one text in the tenant's
// memory until every workspace answers.
import type { TenantMemory } from './gong-ports.ts'

export interface ClosedWorkspaces {
  /** The first time since all of them answered. */
  readonly since: Date
  readonly closed: number
  readonly of: number
}

/** Of the fact. */
export const closedWorkspacesFact = 'workspaces-closed'

/** Undefined while every workspace answers. */
export async function closedWorkspaces(memory: Pick<TenantMemory, 'get'>): Promise<ClosedWorkspaces | undefined> {
  const [since, closed, of] = ((await memory.get(closedWorkspacesFact)) ?? '').split(' ')
  return since && closed && of ? { since: new Date(since), closed: Number(closed), of: Number(of) } : undefined
}

/** `closed`: how many gave nobody's coaching. The first instant stays while any of them is closed. */
export async function rememberWorkspaces(
  memory: TenantMemory,
  now: Date,
  { closed, of }: { readonly closed: number; readonly of: number },
): Promise<void> {
  const known = await closedWorkspaces(memory)
  if ((known?.closed ?? 0) === closed && (closed === 0 || known?.of === of)) return
  await memory.set(closedWorkspacesFact, closed === 0 ? '' : `${(known?.since ?? now).toISOString()} ${closed} ${of}`)
}
