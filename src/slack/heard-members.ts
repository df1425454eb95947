// The directory as rights rest on it. A member whose change may have been missed, here or by another replica, is not found, so that Slack is
// asked about them. What it says then is stored like an event, for every replica.
import type { Clock } from '../clock.ts'
import { isAsRecent } from '../domain/age.ts'
import type { SlackMember } from '../domain/slack-member.ts'
import type { DirectoryStore } from '../store/people/directory.ts'
import type { Hearing } from './hearing.ts'

export type HeardMembers = Pick<DirectoryStore, 'find' | 'findMany'>

export function createHeardMembers(
  store: Pick<DirectoryStore, 'find' | 'findMany' | 'wantedSince'>,
  hearing: Pick<Hearing, 'heardSince'>,
  clock: Clock,
): HeardMembers {
  async function holdingNow(): Promise<(member: SlackMember) => boolean> {
    const wantedSince = await store.wantedSince()
    const now = clock.now()
    const instants = [hearing.heardSince(), ...(wantedSince ? [wantedSince] : [])]
    return ({ learnedAtMs }) => learnedAtMs !== undefined && instants.every((since) => isAsRecent(new Date(learnedAtMs), since, now))
  }

  return {
    async find(slackUserId) {
      // Asked together they are one statement.
      const [known, holds] = await Promise.all([store.find(slackUserId), holdingNow()])
      return known && holds(known) ? known : undefined
    },
    async findMany(slackUserIds) {
      const [known, holds] = await Promise.all([store.findMany(slackUserIds), holdingNow()])
      return new Map([...known].filter(([, member]) => holds(member)))
    },
  }
}
