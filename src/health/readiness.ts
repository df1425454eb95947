// Whether the service can do its work now, asked at each `/readyz`: database, queue, heartbeat, Slack's token and sockets, Gong's key, and
// whether a digest is overdue. A scope the key lacks is a note: everything else goes on. Every question has a time limit. Words name what is wrong and where to look, never a value.
import type { Clock } from '../clock.ts'
import { type DatabaseFailure, databaseFailureOf } from '../database-failure.ts'
import { mostSockets } from '../domain/sockets-each.ts'
import { inTime } from './in-time.ts'

export interface ReadinessDeps {
  readonly clock: Clock
  /** Writes something small. Rejects when the database does not answer or takes no changes. */
  databaseWrites(): Promise<unknown>
  /** False when the queue is not running. */
  queueRuns(): Promise<boolean>
  /** Rejects when Slack does not accept the token or cannot be reached. */
  slackKnowsUs(): Promise<unknown>
  /** Socket Mode's connections; undefined over signed HTTP. */
  sockets?(): { readonly open: number; readonly wanted: number; readonly refused?: string | undefined } | undefined
  /** What Slack refuses the bot as a whole, in words that may carry marks. */
  outages?: (() => Promise<readonly { readonly key: string; readonly words: string }[]>) | undefined
  /** How many processes serve on this database. */
  replicas?(): number
  /** When the heartbeat last did its work, and since when it is expected to; undefined without a heartbeat. */
  heartbeat?(): { readonly lastAt: Date | undefined; readonly startedAt: Date } | undefined
  /** Since when the longest waiting delivery has been due. */
  oldestDueAt?(): Promise<Date | undefined>
  /** What is wrong with people, directory or figures, in words without names. `stopsFetching`: nothing goes on beside it. */
  dataProblems(): Promise<readonly { readonly words: string; readonly stopsFetching?: true | undefined }[]>
  /** How far the database's clock is ahead of this machine's; undefined where there is but one clock. */
  clockSkewMs?(): Promise<number | undefined>
}

export interface State {
  /** Why the service is not ready; empty when it is. */
  readonly problems: readonly string[]
  /** What somebody should look at while it is. */
  readonly notes: readonly string[]
}

export interface Readiness {
  /** Counts every answer of Gong's. `lacksScope`: the key is taken and may not do this one thing. */
  gongAnswered(operation: string, status: number | 'error', lacksScope?: boolean): void
  look(): Promise<State>
}

const slackAskedAgainAfterMs = 60_000
const minuteMs = 60_000
/** Three beats missed. */
const heartbeatLateMs = 3 * minuteMs + 30_000
const deliveryLateMs = 15 * minuteMs
/** From here on replicas could take each other's work for lost. */
const skewWorthSayingMs = 5_000

export function createReadiness(deps: ReadinessDeps): Readiness {
  const refused = new Set<string>()
  let slackAnswer: { readonly atMs: number; readonly ok: Promise<boolean> } | undefined
  const nowMs = (): number => deps.clock.now().getTime()

  const slackOk = (): Promise<boolean> => {
    if (!slackAnswer || nowMs() - slackAnswer.atMs >= slackAskedAgainAfterMs)
      slackAnswer = { atMs: nowMs(), ok: answers(deps.slackKnowsUs(), 10_000) }
    return slackAnswer.ok
  }

  async function problems(): Promise<(string | undefined)[]> {
    const [database, queue, slack, oldestDueAt] = await Promise.all([
      databaseProblem(),
      inTime(deps.queueRuns(), false),
      slackOk(),
      inTime(deps.oldestDueAt?.(), undefined),
    ])
    const sockets = deps.sockets?.()
    return [
      database,
      queue ? undefined : 'The queue is not running.',
      heartbeatProblem(),
      slack ? undefined : 'Slack does not accept the bot token, or cannot be reached. npm run doctor shows which.',
      sockets && sockets.open === 0 && !isLeftWithout()
        ? sockets.refused === undefined
          ? 'No socket to Slack is open, so commands are not heard; digests go on. Check SLACK_APP_TOKEN and the network.'
          : `Slack refuses SLACK_APP_TOKEN (${sockets.refused}), so commands are not heard; digests go on. Put a new app-level token into it.`
        : undefined,
      refused.size === 0 ? undefined : `Gong refuses ${[...refused].sort().join(', ')}. npm run doctor shows why.`,
      oldestDueAt && nowMs() - oldestDueAt.getTime() > deliveryLateMs
        ? `A digest has been due for ${inWords(nowMs() - oldestDueAt.getTime())}. The log says what it waits for.`
        : undefined,
    ]
  }

  async function databaseProblem(): Promise<string | undefined> {
    const trouble = deps.databaseWrites().then(
      () => undefined,
      (error: unknown) => databaseFailureOf(error) ?? 'away',
    )
    const failure = await inTime(trouble, 'away')
    return failure && databaseWords[failure]
  }

  /** There are more processes than connections: some have to do without, and deliver digests all the same. */
  const isLeftWithout = (): boolean => {
    const sockets = deps.sockets?.()
    return sockets?.open === 0 && sockets.refused === undefined && (deps.replicas?.() ?? 1) > mostSockets
  }

  function heartbeatProblem(): string | undefined {
    const heartbeat = deps.heartbeat?.()
    if (!heartbeat) return undefined
    const silentMs = nowMs() - (heartbeat.lastAt ?? heartbeat.startedAt).getTime()
    return silentMs > heartbeatLateMs
      ? `The heartbeat failed for ${inWords(silentMs)}, so nothing is started. The log says why.`
      : undefined
  }

  async function notes(): Promise<(string | undefined)[]> {
    const [skewMs, outages] = await Promise.all([inTime(deps.clockSkewMs?.(), undefined), inTime(deps.outages?.(), [])])
    // A refused app token is a problem or, with a socket left, nothing yet.
    return [
      isLeftWithout()
        ? `Slack allows ${mostSockets} sockets for ${deps.replicas?.()} processes. This one has none: it delivers digests, and others hear commands.`
        : undefined,
      ...outages.flatMap(({ key, words }) => (key === 'app-token' ? [] : [words.replaceAll(/[*`]/g, '')])),
      skewMs !== undefined && Math.abs(skewMs) > skewWorthSayingMs
        ? `This machine's clock is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'behind' : 'ahead of'} the database's. Switch on time synchronization (NTP).`
        : undefined,
    ]
  }

  return {
    gongAnswered(operation, status, lacksScope = false) {
      if (lacksScope || (typeof status === 'number' && status < 300)) refused.delete(operation)
      else if (status === 401 || status === 403) refused.add(operation)
    },
    async look() {
      const [data, wrong, worthKnowing] = await Promise.all([inTime(deps.dataProblems(), []), problems(), notes()])
      const wordsOf = (stops: boolean) => data.flatMap(({ words, stopsFetching = false }) => (stopsFetching === stops ? [words] : []))
      return {
        problems: [...wrong.filter((said) => said !== undefined), ...wordsOf(true)],
        notes: [...wordsOf(false), ...worthKnowing.filter((said) => said !== undefined)],
      }
    },
  }
}

/** What is wrong with the database, and what to do. */
export const databaseWords: Readonly<Record<DatabaseFailure, string>> = {
  away: 'The database does not answer. Check that its server runs and can be reached from here; the log has the reason.',
  'disk-full': 'The disk of the database is full. Free some room there.',
  'read-only': 'The database takes no changes: DATABASE_URL leads to a server that is read-only.',
  'not-let-in':
    'The database does not accept the user, the password, the database name or a right of DATABASE_URL any more. Set it right there or in DATABASE_URL.',
  'connections-taken': 'All connections of the database are taken. Raise max_connections, or end what takes them.',
}

const answers = (work: Promise<unknown>, withinMs?: number): Promise<boolean> =>
  inTime(
    work.then(() => true),
    false,
    withinMs,
  )

/** `20 min`, `3 h`, `2 days`. */
function inWords(ms: number): string {
  const minutes = Math.round(ms / minuteMs)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}
