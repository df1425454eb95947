// What was asked of the simulated Gong, newest last: the page shows it live, tests count in it. Credentials are never in it.

export interface LoggedGongRequest {
  readonly sequence: number
  /** Of the clock that times the rate; real time unless a test moves it. */
  readonly at: Date
  readonly method: string
  /** Below `/v2`, without query. */
  readonly path: string
  readonly query: string
  /** The body's text; empty for GET. */
  readonly body: string
  readonly status: number
  /** The fault that hit it, if one did. */
  readonly fault: string | undefined
  /** Records in the answer's list. */
  readonly records: number | undefined
  readonly error: string | undefined
}

export interface GongRequestLog {
  add(request: Omit<LoggedGongRequest, 'sequence'>): void
  all(): readonly LoggedGongRequest[]
  /** All requests, or those of one path; the log keeps the newest few thousand, the count is of all. */
  count(path?: string): number
  subscribe(listener: (request: LoggedGongRequest) => void): () => void
  clear(): void
}

const kept = 4000

export function createGongRequestLog(): GongRequestLog {
  let requests: LoggedGongRequest[] = []
  const counts = new Map<string, number>()
  const listeners = new Set<(request: LoggedGongRequest) => void>()
  let sequence = 0
  return {
    add(request) {
      sequence += 1
      const logged = { ...request, sequence }
      requests.push(logged)
      counts.set(request.path, (counts.get(request.path) ?? 0) + 1)
      if (requests.length > kept) requests = requests.slice(-kept / 2)
      for (const listener of listeners) listener(logged)
    },
    all: () => requests,
    count: (path) => (path === undefined ? [...counts.values()].reduce((sum, count) => sum + count, 0) : (counts.get(path) ?? 0)),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear() {
      requests = []
      counts.clear()
    },
  }
}
