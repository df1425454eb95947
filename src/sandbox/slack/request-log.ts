// What went over the wire, newest last: the page shows it live, tests count in it. Bodies are kept short; tokens never.
export interface LoggedRequest {
  readonly sequence: number
  /** Real time of the machine. */
  readonly at: Date
  readonly direction: 'app-to-slack' | 'slack-to-app'
  /** Method, for example `chat.postMessage`, or what was sent, for example `command /gong-stats`. */
  readonly name: string
  readonly status: number
  /** Slack's code when it refused. */
  readonly error?: string
  readonly durationMs: number
  /** Arguments without token and blocks. */
  readonly detail: string
}

export interface RequestLog {
  add(request: Omit<LoggedRequest, 'sequence'>): void
  all(): readonly LoggedRequest[]
  /** How many calls of a method succeeded or were refused. */
  count(name: string): number
  clear(): void
}

const kept = 2000

export function createRequestLog(onChange: () => void): RequestLog {
  let requests: LoggedRequest[] = []
  let sequence = 0
  return {
    add(request) {
      sequence += 1
      requests.push({ ...request, sequence })
      if (requests.length > kept) requests = requests.slice(-kept / 2)
      onChange()
    },
    all: () => requests,
    count: (name) => requests.filter((request) => request.name === name).length,
    clear() {
      requests = []
      onChange()
    },
  }
}
