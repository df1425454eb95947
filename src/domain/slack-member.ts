// A Slack user as the directory keeps it. Names and status texts are untrusted text.

export interface SlackMember {
  readonly slackUserId: string
  readonly name: string
  readonly email?: string | undefined
  readonly zone?: string
  readonly locale?: string
  readonly isBot: boolean
  readonly isGuest: boolean
  /** Of another company. */
  readonly isOutside: boolean
  readonly isSlackAdmin: boolean
  readonly deleted: boolean
  /** `:palm_tree:` and the like; reminders wait while it says away. */
  readonly statusEmoji?: string
  readonly statusText?: string
  /** When this last changed, as Slack says, since 1970: of two states of one member the later one holds, whichever comes first. */
  readonly updatedAtSeconds?: number
  /** When Slack said so last, since 1970, by our clock: when it was asked, or the event came. Of equally old states the later one holds. */
  readonly learnedAtMs?: number
}

/** Only a full member of the workspace has rights. */
export const standingOf = (member: Pick<SlackMember, 'isBot' | 'isOutside' | 'deleted' | 'isGuest'>): 'member' | 'guest' | 'outside' =>
  member.isBot || member.isOutside || member.deleted ? 'outside' : member.isGuest ? 'guest' : 'member'
