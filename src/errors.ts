// Expected failures, one class per thing a caller can do about it. Caught only at the edges (slack/receive, digests/delivery,
// the job runner, main). Anything else that is thrown is a bug: logged with its stack, answered with a reference id.

/** The environment is wrong. `problems` holds every one at once; each names its variable and remedy, never a value. */
export class ConfigError extends Error {
  readonly code = 'config'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`Configuration: ${problems.join(' · ')}`)
    this.problems = problems
  }
}

/** Another process has the embedded database's folder: stop it, or work without what the folder holds. */
export class FolderTaken extends ConfigError {}

/** The database holds an older version's tables: the next start of the service brings them up to date. Work without it until then. */
export class OlderTables extends ConfigError {
  constructor() {
    super(['The database is of an older version of gong-digest. Start this version of the service once: it brings the tables up to date'])
  }
}

/** The asker can fix it. `message` is shown as it is: a sentence that says how. `suggestions` become buttons (command texts). */
export class AskError extends Error {
  readonly code = 'ask'
  readonly suggestions: readonly Suggestion[]
  constructor(message: string, suggestions: readonly Suggestion[] = []) {
    super(message)
    this.suggestions = suggestions
  }
}

/** People changed while an answer was read: begin it again. Shown where they changed once more. */
export class PeopleChanged extends AskError {
  constructor() {
    super('Who is in which team changed while I looked this up. Please ask again.')
  }
}

/** Slack did not confirm a post, or only its first part: it is not sent again by itself, and whoever asked for it is to look first. */
export class PostInDoubt extends AskError {
  constructor(message = 'Slack did not confirm the message, so it may have arrived. Look for it before you send it again.') {
    super(message)
  }
}

/** Somebody was forgotten since a message was begun, and may stand in it: it was not kept, and is not to be posted. Begin it again. */
export class SomebodyForgotten extends Error {
  readonly code = 'somebody-forgotten'
  constructor() {
    super('somebody was forgotten while a message was made')
  }
}

/** A next step offered as a button: pressing it is the same as typing `command text`. */
export interface Suggestion {
  readonly label: string
  readonly command: string
  readonly text: string
}

interface GongFailure {
  /** Operation, for example `POST /stats/interaction`. */
  readonly endpoint: string
  readonly requestId?: string | undefined
  readonly cause?: unknown
}

abstract class GongError extends Error {
  readonly endpoint: string
  readonly requestId: string | undefined
  constructor(message: string, failure: GongFailure) {
    super(message, failure.cause === undefined ? undefined : { cause: failure.cause })
    this.endpoint = failure.endpoint
    this.requestId = failure.requestId
  }
}

/** Wait: Gong (or our own share of its budget) takes no more now. Put the job off by `retryAfterMs`. */
export class GongRateLimited extends GongError {
  readonly code = 'gong-rate-limited'
  readonly retryAfterMs: number
  /** `gong`: Gong answered 429. `budget`: our own daily share is used up. */
  readonly by: 'gong' | 'budget'
  /** The share that is used up: one asker's, or the company's. */
  readonly share: { readonly whose: 'asker' | 'company'; readonly requests: number } | undefined
  constructor(
    failure: GongFailure & { retryAfterMs: number; by: 'gong' | 'budget'; share?: { whose: 'asker' | 'company'; requests: number } },
  ) {
    super(`Gong takes no more requests for ${Math.ceil(failure.retryAfterMs / 1000)} s`, failure)
    this.retryAfterMs = failure.retryAfterMs
    this.by = failure.by
    this.share = failure.share
  }
}

/** Gong cannot be reached or fails on its side: retry with backoff; answers say how old their data is. */
export class GongUnavailable extends GongError {
  readonly code = 'gong-unavailable'
  readonly status: number | undefined
  constructor(failure: GongFailure & { status?: number | undefined; what: string }) {
    super(`Gong is unavailable: ${failure.what}`, failure)
    this.status = failure.status
  }
}

/** Gong understood and said no (400, 401, 403, 404): stop that job, notify the admins once, do not retry. */
export class GongRefused extends GongError {
  readonly code = 'gong-refused'
  readonly status: number
  /** Gong's own words. */
  readonly errors: readonly string[]
  /** The scope Gong asked for, when it named one: a missing scope is not a bad credential. */
  readonly missingScope: string | undefined
  /** Set where Gong takes no login at all, whatever is asked: what an operator can do, as a sentence without its full stop. */
  readonly login: string | undefined
  /** `hint`: what an operator can do besides, after Gong's own words. */
  constructor(
    failure: GongFailure & {
      status: number
      errors: readonly string[]
      missingScope?: string | undefined
      login?: string | undefined
      hint?: string | undefined
    },
  ) {
    const reason = failure.errors.join(' · ') || 'no reason given'
    const besides = failure.login ?? failure.hint
    super(`Gong refused with ${failure.status}: ${reason}${besides === undefined ? '' : `. ${besides}`}`, failure)
    this.login = failure.login
    this.status = failure.status
    this.errors = failure.errors
    this.missingScope = failure.missingScope
  }
}

/** An answer we cannot trust: keep what we have, say so in the footnote. `paths` name fields, never values. */
export class GongSurprise extends GongError {
  readonly code = 'gong-surprise'
  readonly paths: readonly string[]
  constructor(failure: GongFailure & { what: string; paths?: readonly string[] }) {
    super(`Gong's answer cannot be trusted: ${failure.what}`, failure)
    this.paths = failure.paths ?? []
  }
}

/** This one channel is out of reach: pause that subscription and DM its owner. */
export class ChannelGone extends Error {
  readonly code = 'channel-gone'
  /** Slack's error code, for example `is_archived`. */
  readonly slackError: string
  readonly channelId: string
  constructor(failure: { slackError: string; channelId: string; cause?: unknown }) {
    super(`Slack says ${failure.slackError} for the channel`, { cause: failure.cause })
    this.slackError = failure.slackError
    this.channelId = failure.channelId
  }
}

/** The token itself is refused: stop the batch, pause nobody, notify the operator. */
export class SlackRefused extends Error {
  readonly code = 'slack-refused'
  readonly slackError: string
  /** The missing scope, when Slack named it. */
  readonly needed: string | undefined
  constructor(failure: { slackError: string; needed?: string | undefined; cause?: unknown }) {
    super(`Slack refused the bot: ${failure.slackError}${failure.needed ? ` (needs ${failure.needed})` : ''}`, { cause: failure.cause })
    this.slackError = failure.slackError
    this.needed = failure.needed
  }
}
