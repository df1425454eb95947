// A slash command: its help, hint and answer in one file, joined by the list in commands/index.ts, which drives routing, help,
// autocomplete and the manifest check. Buttons re-ask command texts, so a press can reach nothing that typing could not.

import type { CoachingService } from '../coaching/service.ts'
import type { DigestService } from '../digests/service.ts'
import type { GateReason } from '../domain/hold-reason.ts'
import type { LookBack } from '../domain/look-back.ts'
import type { ChannelOnlookers } from '../domain/onlookers.ts'
import type { LocalDate, Period } from '../domain/period.ts'
import type { Viewer } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'
import type { AdminService } from '../people/admin-service.ts'
import type { Sightings } from '../people/sightings.ts'
import type { Message } from '../render/message.ts'
import type { StatsService } from '../stats/results.ts'
import type { UserGroupReading } from './words/user-group.ts'

/** One typed command, or one pressed button that stands for it. */
export interface Ask {
  /** As typed after the command's name; mentions arrive as `<@U123|name>`. */
  readonly text: string
  readonly viewer: Viewer
  /** The asker's address as Slack has it, to say what was searched for in Gong; missing when Slack gives none. */
  readonly email?: string | undefined
  readonly channelId: string
  /** Identifies a typed command or press once; manual sends are keyed by it. */
  readonly triggerId: string
  readonly now: Date
  readonly locale: string
  readonly zone: string
}

/** What a command needs from the rest of the app, handed in by app.ts. */
export interface BotServices {
  readonly stats: StatsService
  chart(): Promise<OrgChart>
  /** Today in the company's zone. */
  today(): Promise<LocalDate>
  /** Gong person of a Slack user, if matched. */
  personOfSlackUser(slackUserId: string): Promise<string | undefined>
  /** Slack users in a user group typed by somebody. */
  membersOfUserGroup(groupId: string): Promise<UserGroupReading>
  /** Slack user of a Gong person, if matched. */
  slackUserOfPerson(personId: string): Promise<string | undefined>
  /**
   * Fetches the period for these people, and these managers' coaching, unless it was fetched before. Before fetching it calls `wait` with
   * the expected seconds, so that the answer can say so. It fetches for these people only.
   */
  ensureFetched(
    need: {
      readonly period: Period
      readonly personIds: readonly string[] | 'all'
      readonly managerIds?: readonly string[]
      readonly asker: string
      /** What the figures are held against. */
      readonly lookBack?: LookBack | undefined
    },
    wait: (expectedSeconds: number) => Promise<void>,
  ): Promise<void>
  /** Records who saw whose figures. */
  recordViews(viewer: Viewer, personIds: readonly string[], detail: string): Promise<void>
  /** Takes back the latest of such views: nothing was shown after all. */
  takeBackViews(viewer: Viewer, personIds: readonly string[], detail: string): Promise<void>
  /** Who has seen this person's figures, newest first, without the person's own looks. */
  seenBy: Sightings['seenBy']
  /** Acts in Slack for the asker. */
  readonly outbox: Outbox
  readonly admin: AdminService
  readonly digests: DigestService
  readonly coaching: CoachingService
  readonly settings: {
    readonly gongAppUrl: string
    readonly minimumGroup: number
    readonly minimumCalls: number
    readonly weekStart: 1 | 7
    /** The company's IANA zone: days are the company's. */
    readonly zone: string
    /** Of gong-digest itself, for admins. */
    readonly version: string
    readonly admins: string
  }
}

/** What a command or button may do in Slack beyond answering privately. Everything is checked again at the press. */
export interface Outbox {
  /** Who would read a message in this channel, as `asker` may learn it; fails closed. */
  shareGate(channelId: string, asker: string): Promise<ShareVerdict>
  /**
   * Posts for everybody in the channel, the thread included, unless it was tried before under this key and may have arrived; false where it
   * was. One try. @throws SlackRefused, ChannelGone, PostInDoubt
   */
  postOnce(key: string, channelId: string, message: Message): Promise<boolean>
  /** Sends a file to one person by direct message. `missing-scope`: Slack never allowed the bot to send files. */
  sendFile(
    slackUserId: string,
    file: { readonly name: string; readonly title: string; readonly content: string },
  ): Promise<'sent' | 'missing-scope'>
  /** A direct message to every admin, once a day for all that is about the same, over replicas and restarts. */
  notifyAdmins(about: string, message: Message): Promise<void>
  /**
   * The same for a request of one person, at most once in 24 hours: `already` when they were notified since, or are right now.
   * @throws PostInDoubt where no admin is known to have got it
   */
  askAdmins(slackUserId: string, message: Message): Promise<number | 'already'>
  /** The viewer a Slack user would be, to check rights for every reader of a channel. */
  viewerOf(slackUserId: string): Promise<Viewer>
}

export type ShareVerdict =
  /** `isPublic`: everybody in the workspace can read the channel, whoever has joined. `onlookers`: of its readers. */
  | {
      readonly open: true
      readonly channelName: string
      readonly isPublic: boolean
      readonly readerIds: readonly string[]
      readonly onlookers: ChannelOnlookers
    }
  /** `unknown`: Slack could not be asked. `botName`: as typed after `/invite @`. */
  | { readonly open: false; readonly reason: GateReason | 'unknown'; readonly botName: string }

/** Replaces what the asker sees: first a waiting line, then the answer. */
export type Say = (message: Message) => Promise<void>

export interface Command {
  /** With the slash, as in `manifest.yml`. */
  readonly name: string
  readonly description: string
  readonly usageHint: string
  /** Examples with what they do; help and the property tests are made from them. */
  readonly examples: readonly { readonly text: string; readonly does: string }[]
  /** @throws AskError with words and a next step. `say` may be called before for waits; the returned message is the answer. */
  answer(ask: Ask, services: BotServices, say: Say): Promise<Message>
}
