// Reads the members of a Slack user group when somebody types one; never keeps them. Reports a missing usergroups:read scope.
import type { WebClient } from '@slack/web-api'
import type { UserGroupReading } from '../bot/words/user-group.ts'
import { listed } from './pages-of.ts'
import { classifySlackFailure } from './slack-failure.ts'

/** Not paged: a group may hold a whole company. */
const mostMembers = 100_000

/** Source: `usergroups.users.list`. */
export async function readUserGroup(client: Pick<WebClient, 'apiCall'>, groupId: string): Promise<UserGroupReading> {
  try {
    const { users } = (await client.apiCall('usergroups.users.list', { usergroup: groupId })) as { readonly users?: unknown }
    return { type: 'members', slackUserIds: listed(users, mostMembers).map(String) }
  } catch (error) {
    return { type: classifySlackFailure(error).error === 'missing_scope' ? 'not-allowed' : 'unknown' }
  }
}
