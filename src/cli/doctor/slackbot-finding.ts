// Whether Slackbot can ask what MCP_PORT lets it ask. Only Slack itself can say whether it reaches the address.
import type { SlackCheck } from '../../slack/check.ts'
import type { Finding } from './finding.ts'

/** Nothing where Slackbot may not ask, or where the token does not work: that has a finding of its own. */
export function slackbotFindings({ token }: SlackCheck, isSwitchedOn: boolean): Finding[] {
  if (!isSwitchedOn || !token.ok) return []
  if (token.scopes.includes('mcp:connect'))
    return [{ area: 'Slack', state: 'good', says: 'Slackbot may ask: the app has mcp:connect and MCP_PORT is set.' }]
  return [
    {
      area: 'Slack',
      state: 'to fix',
      says: 'MCP_PORT is set, but the app lacks mcp:connect, so Slackbot cannot ask.',
      remedy:
        'Add mcp_servers and mcp:connect to the app’s manifest (npm run setup makes it), then press Reinstall to Workspace; or take MCP_PORT out.',
    },
  ]
}
