// What the receiver is given to work with, and what each handler of a payload gets of it.

import type { Action, HomeSection } from '../../bot/action.ts'
import type { BotServices, Command } from '../../bot/command.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Viewers } from '../../people/viewers.ts'
import type { RenderForSlack } from '../../slack-ports.ts'
import type { SubmissionStore } from '../../store/submissions.ts'
import type { PostingClient } from '../outbox/posting-client.ts'
import type { ErrorBoundary, OnAnswered } from './error-boundary.ts'
import type { Views } from './views.ts'

export interface ReceiverDeps {
  /** Answers; nothing of it is repeated. */
  readonly posting: PostingClient
  readonly commands: readonly Command[]
  readonly actions: readonly Action[]
  readonly home: readonly HomeSection[]
  readonly services: BotServices
  readonly viewers: Viewers
  readonly render: RenderForSlack
  /** Slack refused these blocks, at these JSON pointers. */
  readonly onRefused?: ((blocks: readonly unknown[], pointers: readonly string[]) => Promise<void>) | undefined
  readonly views: Views
  readonly submissions: SubmissionStore
  readonly fetch: typeof globalThis.fetch
  /** SLACK_API_URL. */
  readonly slackApiUrl: string
  readonly clock: Clock
  readonly log: Log
  /** For the metrics: how one command or press ended and how long it took. */
  readonly onAnswered?: OnAnswered | undefined
}

/** `guard` runs every answer: see error-boundary.ts. */
export interface ReceiveDeps extends ReceiverDeps {
  readonly guard: ErrorBoundary
}
