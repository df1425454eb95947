// What the services need of Slack, as small interfaces. They are stated here, implemented in slack/, and handed in by app-parts.ts, so that
// no service knows Slack's API.
import type { GateReason } from './domain/hold-reason.ts'
import type { SlackMember } from './domain/slack-member.ts'
import type { Message } from './render/message.ts'

export type SlackFailure =
  /** Not before `retryAfterMs`; other channels go on. */
  | { readonly type: 'rate-limited'; readonly retryAfterMs: number; readonly error: string }
  /** Slack never had it: try again later with the same body. */
  | { readonly type: 'unreached'; readonly error: string }
  /** It may or may not have landed: look before trying again. */
  | { readonly type: 'ambiguous'; readonly error: string }
  /** Say the same in plainer form. `pointers`: where Slack found fault. */
  | { readonly type: 'blocks-refused'; readonly error: string; readonly pointers: readonly string[] }
  /** This channel or person cannot be reached any more. */
  | { readonly type: 'channel-gone'; readonly error: string }
  /** The bot itself is refused: nobody can be reached. `needed`: the missing scope. */
  | { readonly type: 'token-refused'; readonly error: string; readonly needed?: string | undefined }
  /** A setting keeps the bot from writing any direct message; channels go on. */
  | { readonly type: 'direct-refused'; readonly error: string }
  /** A permission is missing: for this conversation, or for all of its kind. `needed`: the missing scope. */
  | { readonly type: 'permission-refused'; readonly error: string; readonly needed?: string | undefined }
  /** Slack refuses this call for another reason; retrying cannot help. */
  | { readonly type: 'refused'; readonly error: string }

export interface ChannelReaders {
  readonly channelName: string
  readonly isPrivate: boolean
  /** People who would read it, bots left out. */
  readonly people: readonly SlackMember[]
}

export type GateVerdict =
  | ({ readonly type: 'open' } & ChannelReaders)
  /** `people`: how many stand in the way. `onlyFor`: of a private channel its members; nobody else is to learn why, or that there is one. */
  | {
      readonly type: 'closed'
      readonly reason: GateReason
      readonly channelName?: string | undefined
      readonly people: number
      readonly onlyFor?: readonly string[] | undefined
    }
  /** Slack could not be asked. */
  | { readonly type: 'unknown'; readonly failure: SlackFailure }

/** Why a channel is closed, as this person may learn it: what is not theirs to know looks like a channel the bot is not in. */
export function closedFor(slackUserId: string, verdict: Exclude<GateVerdict, { readonly type: 'unknown' }>): GateReason | undefined {
  const members =
    verdict.type === 'closed' ? verdict.onlyFor : verdict.isPrivate ? verdict.people.map((each) => each.slackUserId) : undefined
  if (members !== undefined && !members.includes(slackUserId)) return 'not-member'
  return verdict.type === 'closed' ? verdict.reason : undefined
}

export interface Gate {
  check(channelId: string): Promise<GateVerdict>
}

export interface Directory {
  /** Reads everybody, page by page, and replaces the directory. Returns how many people there are. */
  refresh(): Promise<number>
  /** One person, looked up at Slack when unknown; undefined when Slack does not know the id either. */
  whoIs(slackUserId: string): Promise<SlackMember | undefined>
}

/** What is posted: the plain text and the same in blocks. */
export interface Payload {
  readonly text: string
  readonly blocks: readonly unknown[]
}

export type Posted = { readonly type: 'posted'; readonly channelId: string; readonly messageTs: string }

/** The right to post one message, which ends by itself: a process that was frozen may not send when it wakes. */
export interface PostingRight {
  /** Milliseconds left of it, asked immediately before bytes leave; 0 or less when it has ended. */
  leftMs(): number
}

export interface Post {
  /** A channel id, or a user id for a direct message. */
  readonly channelId: string
  readonly payload: Payload
  readonly threadTs?: string | undefined
  /** Travels as message metadata, visible to everyone in the channel: an id, nothing more. */
  readonly deliveryId: string
  /** What is under way when it ends is cut off. */
  readonly right: PostingRight
}

export interface Poster {
  /** Slack's time, by its answers so far: not later than the true one. Undefined before the first. */
  slackNow(): Date | undefined
  /** One attempt. */
  post(post: Post): Promise<Posted | SlackFailure>
  /** Changes a posted message in place. */
  update(message: { readonly channelId: string; readonly messageTs: string; readonly payload: Payload }): Promise<Posted | SlackFailure>
}

export type Look =
  | { readonly type: 'found'; readonly channelId: string; readonly messageTs: string }
  | { readonly type: 'absent' }
  /** The history scopes were not granted, or there is more history than we may read: ask the owner. */
  | { readonly type: 'blind'; readonly error: string }
  | { readonly type: 'failed'; readonly failure: SlackFailure }

export interface Reconciler {
  look(delivery: {
    readonly id: string
    readonly channelId: string
    readonly threadTs?: string | undefined
    /** Not later than the attempt, by Slack's clock or by ours. */
    readonly attemptedAt: Date
  }): Promise<Look>
}

/**
 * Makes a message into what Slack is sent. `plainer`: 0 everything, 1 without pictures, tables and folds, 2 text only. `ephemeral`: a private
 * reply; neither that nor a reply in a `thread` has a thread. `thread`: what goes below the message, to be rendered for that surface.
 */
export type RenderForSlack = (
  message: Message,
  plainer: number,
  surface?: 'message' | 'ephemeral' | 'thread',
) => { readonly payload: Payload; readonly thread?: Message | undefined }

export const plainest = 2
