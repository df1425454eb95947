// Who is in a Slack user group, asked when one is typed and never kept. Without the optional scope usergroups:read it says so.
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
