// The Slack directory: who is who in the workspace, refreshed daily and by events, so that a send never needs a look-up per person.

export interface SlackMember {
  readonly slackUserId: string
  readonly name: string
  readonly email?: string
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
}

export interface DirectoryStore {
  /** Replaces the whole directory. */
  replaceAll(members: readonly SlackMember[], readAt: Date): Promise<void>
  upsert(member: SlackMember): Promise<void>
  find(slackUserId: string): Promise<SlackMember | undefined>
  findMany(slackUserIds: readonly string[]): Promise<ReadonlyMap<string, SlackMember>>
  /** By lower-cased e-mail; several Slack users with one address: none. */
  findByEmail(email: string): Promise<SlackMember | undefined>
  all(): Promise<readonly SlackMember[]>
  readAt(): Promise<Date | undefined>
}
