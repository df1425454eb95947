// The requests the simulated Gong logged, sorted into the lists they are pages of.
import type { LoggedGongRequest } from '../../src/sandbox/gong/request-log.ts'

/** What a request asks for, whatever its page. */
export function listOf({ method, path, query, body }: LoggedGongRequest): string {
  const filter = method === 'POST' ? JSON.stringify((JSON.parse(body) as { filter: unknown }).filter) : query.replace(/&?cursor=[^&]*/, '')
  return `${path} ${filter}`
}

/** How many different lists of each path were asked for. */
export function listsByPath(requests: readonly LoggedGongRequest[]): Record<string, number> {
  const lists = [...new Set(requests.map(listOf))]
  return Object.fromEntries(
    Map.groupBy(lists, (list) => list.slice(0, list.indexOf(' ')))
      .entries()
      .map(([path, found]) => [path, found.length]),
  )
}

/** Σ max(1, ⌈records ÷ 100⌉) over the lists Gong was asked for, from the records it gave: what reading each once takes. */
export function floorOf(requests: readonly LoggedGongRequest[]): number {
  const lists = new Map<string, number>()
  for (const request of requests) lists.set(listOf(request), (lists.get(listOf(request)) ?? 0) + (request.records ?? 0))
  return [...lists.values()].reduce((sum, records) => sum + Math.max(1, Math.ceil(records / 100)), 0)
}
