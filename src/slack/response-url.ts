// Where an answer may be sent: a response_url comes in with a payload, and what is in a payload is a claim. Answers hold figures, so they go
// to Slack's own hosts and to the one the Web API is configured at.

const slackHosts: ReadonlySet<string> = new Set(['hooks.slack.com', 'hooks.slack-gov.com'])

/**
 * @param slackApiUrl SLACK_API_URL: a simulated Slack takes answers at the same origin
 * @example isSlacksOwn('https://hooks.slack.com/commands/T1/2/3', 'https://slack.com/api/') // true
 */
export function isSlacksOwn(responseUrl: string, slackApiUrl: string): boolean {
  const url = URL.parse(responseUrl)
  if (url === null) return false
  if (url.origin === URL.parse(slackApiUrl)?.origin) return true
  return url.protocol === 'https:' && slackHosts.has(url.host)
}
