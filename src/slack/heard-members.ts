// The directory as rights rest on it. A member whose change may have been missed is not found, so that Slack is asked about them, until the
// whole directory has been read again. What Slack says meanwhile is kept here and not stored: reading the directory compares with what is
// stored, records changed matches and notifies admins of them.
import type { Clock } from '../clock.ts'
import type { SlackMember } from '../domain/slack-member.ts'
import type { DirectoryStore } from '../store/people/directory.ts'
import type { Hearing } from './hearing.ts'

export interface HeardMembers extends Pick<DirectoryStore, 'find' | 'findMany' | 'upsert'> {
  /** An event about them was stored. */
  heard(slackUserId: string): void
}

export function createHeardMembers(
  store: Pick<DirectoryStore, 'find' | 'findMany' | 'upsert' | 'readAt'>,
  hearing: Hearing,
  clock: Clock,
): HeardMembers {
  const asked = new Map<string, { readonly member: SlackMember; readonly askedAt: Date }>()

  async function isUpToDate(): Promise<boolean> {
    const readAt = await store.readAt()
    if (!readAt || !hearing.covers(readAt)) return false
    asked.clear()
    return true
  }

  function askedLately(slackUserId: string): SlackMember | undefined {
    const answer = asked.get(slackUserId)
    return answer && hearing.covers(answer.askedAt) ? answer.member : undefined
  }

  return {
    async find(slackUserId) {
      // Asked together they are one statement.
      const [known, holds] = await Promise.all([store.find(slackUserId), isUpToDate()])
      return !known || holds ? known : askedLately(slackUserId)
    },
    async findMany(slackUserIds) {
      const [known, holds] = await Promise.all([store.findMany(slackUserIds), isUpToDate()])
      return holds ? known : new Map([...known.keys()].flatMap((id) => askedLately(id) ?? []).map((member) => [member.slackUserId, member]))
    },
    async upsert(member) {
      asked.set(member.slackUserId, { member, askedAt: clock.now() })
      if (!(await store.find(member.slackUserId))) await store.upsert(member)
    },
    heard: (slackUserId) => void asked.delete(slackUserId),
  }
}
