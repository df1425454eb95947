// Whether the service can do its work now: the database answers, the queue runs, Slack takes the token, Gong does not refuse the key. Asked
// at each `/readyz`; Slack is asked at most once a minute. Words name what is wrong and where to look, never a value.
import type { Clock } from '../clock.ts'

export interface ReadinessParts {
  readonly clock: Clock
  /** Rejects when the database does not answer. */
  databaseAnswers(): Promise<unknown>
  /** False when the queue is not running. */
  queueRuns(): Promise<boolean>
  /** Rejects when Slack does not take the token or cannot be reached. */
  slackKnowsUs(): Promise<unknown>
  /** What is wrong with people, directory or figures, in words without names. */
  dataProblems(): Promise<readonly string[]>
}

export interface Readiness {
  /** Told of every answer of Gong's. */
  gongAnswered(operation: string, status: number | 'error'): void
  problems(): Promise<readonly string[]>
}

const slackAskedAgainAfterMs = 60_000

export function createReadiness(parts: ReadinessParts): Readiness {
  const refused = new Set<string>()
  let slackAnswer: { readonly atMs: number; readonly ok: Promise<boolean> } | undefined

  const slackOk = (): Promise<boolean> => {
    const nowMs = parts.clock.now().getTime()
    if (!slackAnswer || nowMs - slackAnswer.atMs >= slackAskedAgainAfterMs)
      slackAnswer = { atMs: nowMs, ok: succeeds(parts.slackKnowsUs()) }
    return slackAnswer.ok
  }

  return {
    gongAnswered(operation, status) {
      if (status === 401 || status === 403) refused.add(operation)
      else if (typeof status === 'number' && status < 300) refused.delete(operation)
    },
    async problems() {
      const [database, queue, slack, data] = await Promise.all([
        succeeds(parts.databaseAnswers()),
        parts.queueRuns().catch(() => false),
        slackOk(),
        parts.dataProblems().catch(() => []),
      ])
      return [
        ...(database ? [] : ['The database does not answer.']),
        ...(queue ? [] : ['The queue is not running.']),
        ...(slack ? [] : ['Slack does not take the bot token, or cannot be reached. npm run doctor shows which.']),
        ...(refused.size === 0 ? [] : [`Gong refuses ${[...refused].sort().join(', ')}. npm run doctor shows why.`]),
        ...data,
      ]
    },
  }
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )
