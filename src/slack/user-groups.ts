// Reads the members of a Slack user group when somebody types one; never keeps them. Reports a missing usergroups:read scope.
import type { WebClient } from '@slack/web-api'
import type { UserGroupReading } from '../bot/words/user-group.ts'
import { classifySlackFailure } from './slack-failure.ts'

/** Source: `usergroups.users.list`. */
export async function readUserGroup(client: Pick<WebClient, 'apiCall'>, groupId: string): Promise<UserGroupReading> {
  try {
    const answer = (await client.apiCall('usergroups.users.list', { usergroup: groupId })) as { readonly users?: readonly string[] }
    return { type: 'members', slackUserIds: answer.users ?? [] }
  } catch (error) {
    return { type: classifySlackFailure(error).error === 'missing_scope' ? 'not-allowed' : 'unknown' }
  }
}
