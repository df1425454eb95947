// A changed Slack e-mail can make a Slack user somebody else in Gong, with that person's figures. It is written to the access log, and admins
// hear of it: stored with the change, or neither is.
import type { AccessRecord } from '../domain/access-record.ts'
import type { PersonId } from '../domain/person.ts'
import { oneSentenceMessage } from '../render/one-sentence-message.ts'
import { line, mention } from '../render/text/text.ts'
import type { DirectoryStore } from '../store/people/directory.ts'
import type { AboutMatches, ChangedMatch } from '../store/people/former-matches.ts'
import { type AdminNames, adminRule } from './admin-rule.ts'
import { type Notice, type NotifyDeps, noticeTo } from './notify-person.ts'

export interface ReportDeps extends Pick<NotifyDeps, 'clock' | 'wake'>, AdminNames {}

/** The directory's store, which reports every match that a write to it changes. */
export function reportingMatches<Kept extends Pick<DirectoryStore, 'upsert' | 'replaceAll'>>(store: Kept, deps: ReportDeps): Kept {
  const about = reportOf(deps)
  return {
    ...store,
    upsert: (member) => store.upsert(member, about),
    replaceAll: (members, readAt) => store.replaceAll(members, readAt, about),
  }
}

/** More matches that change at once, as when a company renames its e-mail domain, are one message, which names nobody. */
const toldEachAtMost = 5

function reportOf({ adminNames, slackAdminsAreAdmins, ...deps }: ReportDeps): AboutMatches {
  const isAdmin = adminRule({ adminNames, slackAdminsAreAdmins })
  return {
    listeners: { names: adminNames.map((name) => name.toLowerCase()), slackAdmins: slackAdminsAreAdmins },
    tell(changes, { people, listeners }) {
      const at = deps.clock.now()
      const nameOf = (id: PersonId): string => people.get(id)?.name ?? id
      const told =
        changes.length > toldEachAtMost
          ? [{ about: 'matches', notice: noticeOfMany(changes.length) }]
          : changes.map((change) => ({ about: `match:${change.slackUserId}`, notice: noticeOf(change, nameOf) }))
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
        notices: listeners
          .filter(isAdmin)
          .flatMap(({ slackUserId }) =>
            told.map(({ about, notice }) => noticeTo(slackUserId, `admins:${about}:${at.toISOString()}`, notice, deps)),
          ),
      }
    },
  }
}

function noticeOfMany(count: number): Notice {
  const said = `${count} Slack users are matched to others in Gong now, because their e-mails in Slack changed.`
  return {
    message: oneSentenceMessage(`${said} Each is in the access log. If one is wrong, link the right person in Home.`),
    mentions: [],
  }
}

function noticeOf({ slackUserId, was, is }: ChangedMatch, nameOf: (id: PersonId) => string): Notice {
  const former = was === undefined ? 'nobody' : nameOf(was)
  const then = `is matched to ${nameOf(is)} in Gong now, because the e-mail in Slack changed; before, to ${former}. If that is wrong, link the right person in Home.`
  return {
    message: {
      summary: `A Slack user ${then}`,
      parts: [{ type: 'text', line: line(mention(slackUserId), ` ${then}`) }],
    },
    mentions: [slackUserId, is, ...(was === undefined ? [] : [was])],
  }
}
