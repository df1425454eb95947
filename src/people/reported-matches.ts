// A changed Slack e-mail can make a Slack user somebody else in Gong, with that person's figures. It is written to the access log, and admins
// hear of it: stored with the change, or neither is.
import type { AccessRecord } from '../domain/access-record.ts'
import type { PersonId } from '../domain/person.ts'
import type { SlackMember } from '../domain/slack-member.ts'
import { line, mention } from '../render/text/text.ts'
import type { DirectoryStore } from '../store/people/directory.ts'
import type { AboutMatches, ChangedMatch } from '../store/people/former-matches.ts'
import { type NotifyDeps, noticeTo } from './notify-person.ts'

export interface ReportDeps extends Pick<NotifyDeps, 'clock' | 'wake'> {
  /** Who hears of it. */
  readonly isAdmin: (member: SlackMember) => boolean
}

/** The directory's store, which reports every match that a write to it changes. */
export function reportingMatches<Kept extends Pick<DirectoryStore, 'upsert' | 'replaceAll'>>(store: Kept, deps: ReportDeps): Kept {
  const about = reportOf(deps)
  return {
    ...store,
    upsert: (member) => store.upsert(member, about),
    replaceAll: (members, readAt) => store.replaceAll(members, readAt, about),
  }
}

const reportOf =
  ({ isAdmin, ...deps }: ReportDeps): AboutMatches =>
  (changes, { people, members }) => {
    const at = deps.clock.now()
    const nameOf = (id: PersonId): string => people.get(id)?.name ?? id
    const admins = members.filter(isAdmin).map(({ slackUserId }) => slackUserId)
    return {
      records: changes.map(
        ({ slackUserId, is }): AccessRecord => ({
          at,
          what: 'link',
          bySlackId: slackUserId,
          personId: is,
          detail: 'matched by a changed Slack e-mail',
        }),
      ),
      notices: changes.flatMap((change) => {
        const notice = noticeOf(change, nameOf)
        return admins.map((admin) => noticeTo(admin, `admins:match:${change.slackUserId}:${at.toISOString()}`, notice, deps))
      }),
    }
  }

function noticeOf({ slackUserId, was, is }: ChangedMatch, nameOf: (id: PersonId) => string) {
  const former = was === undefined ? 'nobody' : nameOf(was)
  const then = `is matched to ${nameOf(is)} in Gong now, because the e-mail in Slack changed; before, to ${former}. If that is wrong, link the right person in Home.`
  return {
    message: {
      summary: `A Slack user ${then}`,
      parts: [{ type: 'text' as const, line: line(mention(slackUserId), ` ${then}`) }],
    },
    mentions: [slackUserId, is, ...(was === undefined ? [] : [was])],
  }
}
