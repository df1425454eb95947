// Who is an admin of the bot: full members that ADMINS names and, where they count, Slack's own.
import { type SlackMember, standingOf } from '../domain/slack-member.ts'

export interface AdminNames {
  /** E-mails or Slack ids. */
  readonly adminNames: readonly string[]
  readonly slackAdminsAreAdmins: boolean
}

export function adminRule({ adminNames, slackAdminsAreAdmins }: AdminNames): (member: SlackMember) => boolean {
  const names = new Set(adminNames.map((name) => name.toLowerCase()))
  return (member) =>
    standingOf(member) === 'member' &&
    (names.has(member.slackUserId.toLowerCase()) ||
      (member.email !== undefined && names.has(member.email.toLowerCase())) ||
      (slackAdminsAreAdmins && member.isSlackAdmin))
}
