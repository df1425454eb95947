// What an operator got wrong about how Slack reaches the bot, found at the start and said with a remedy. Knows no environment beyond names.
import { WebClient } from '@slack/web-api'
import { ConfigError } from '../errors.ts'
import type { SlackAccess } from './bolt.ts'
import { silentLogger } from './silent-logger.ts'
import { classifySlackFailure } from './slack-failure.ts'

/**
 * Asks for one socket address, which is not used: the library would go on asking for ever where a scope is missing.
 * @throws ConfigError when Slack does not accept the app token. Anything that may pass is left to the library, which tries again.
 */
export async function checkAppToken(appToken: string, access: Pick<SlackAccess, 'apiUrl' | 'fetch'>): Promise<void> {
  const client = new WebClient(appToken, {
    slackApiUrl: access.apiUrl.endsWith('/') ? access.apiUrl : `${access.apiUrl}/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    logger: silentLogger,
    ...(access.fetch && { fetch: access.fetch }),
  })
  try {
    await client.apiCall('apps.connections.open')
  } catch (error) {
    const failure = classifySlackFailure(error)
    if (failure.type === 'token-refused' || failure.error === 'not_allowed_token_type')
      throw new ConfigError([
        `SLACK_APP_TOKEN: Slack does not accept it (${failure.error}). Create an app-level token with the scope connections:write (Slack app → Basic Information → App-Level Tokens)`,
      ])
  }
}
