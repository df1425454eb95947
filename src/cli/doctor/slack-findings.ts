// The Slack part of the doctor: token, scopes, socket and clocks, in words with remedies.

import { optionalScopes, requiredScopes, type SlackCheck } from '../../slack/check.ts'
import { orgWideInWords } from '../../slack/org-wide.ts'
import { isRefusal } from '../../slack/slack-failure.ts'
import type { SlackFailure } from '../../slack-ports.ts'
import type { Finding } from './finding.ts'
import { refusalRemedy } from './refusal-remedy.ts'

/** Slack refuses signatures more than 5 minutes old; from half of that on we say so. */
const skewWorthFixingSeconds = 150

export function slackFindings(check: SlackCheck): Finding[] {
  const good = (says: string): Finding => ({ area: 'Slack', state: 'good', says })
  const fix = (says: string, remedy: string): Finding => ({ area: 'Slack', state: 'to fix', says, remedy })
  const findings: Finding[] = []

  if (check.token.ok) {
    const { team, bot, scopes, isOrgWide } = check.token
    if (isOrgWide) return [fix(`SLACK_BOT_TOKEN: ${orgWideInWords}.`, 'Until then nothing works; the service does not start with it.')]
    findings.push(good(`The bot token works: ${bot} in ${team}.`))
    const missing = requiredScopes.filter((scope) => !scopes.includes(scope))
    if (missing.length > 0) {
      findings.push(
        fix(`The token lacks ${missing.join(', ')}.`, 'Paste manifest.yml again under App Manifest, then press Reinstall to Workspace.'),
      )
    } else findings.push(good('All required scopes are there.'))
    for (const [scope, lost] of Object.entries(optionalScopes)) {
      if (!scopes.includes(scope)) findings.push({ area: 'Slack', state: 'worth knowing', says: `Without ${scope}: ${lost}.` })
    }
  } else
    findings.push(fix(`The bot token does not work (${check.token.failure.error}).`, remedyFor(check.token.failure, 'SLACK_BOT_TOKEN')))

  if (check.socket?.ok) findings.push(good('Socket Mode opens.'))
  else if (check.socket)
    findings.push(fix(`Socket Mode does not open (${check.socket.failure.error}).`, remedyFor(check.socket.failure, 'SLACK_APP_TOKEN')))

  if (check.clockSkewSeconds !== undefined) {
    const skew = Math.abs(check.clockSkewSeconds)
    if (skew < skewWorthFixingSeconds)
      findings.push(good(`This machine's clock agrees with Slack's${skew > 1 ? ` within ${skew} s` : ''}.`))
    else
      findings.push(
        fix(
          `This machine's clock is ${skew} s ${check.clockSkewSeconds > 0 ? 'ahead of' : 'behind'} Slack's; from 300 s on every command is refused.`,
          'Switch on time synchronisation (NTP).',
        ),
      )
  }
  return findings
}

function remedyFor(failure: SlackFailure, variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'): string {
  const isRefused = isRefusal(failure) || failure.type === 'refused'
  if (isRefused && variable === 'SLACK_APP_TOKEN')
    return `Create an app-level token with connections:write under Basic Information, put it into ${variable}, and switch on Socket Mode.`
  if (isRefused) return refusalRemedy(failure)
  if (failure.type === 'rate-limited') return `Slack asks to wait ${Math.ceil(failure.retryAfterMs / 1000)} s; run the doctor again then.`
  if (failure.error === 'not_an_answer_of_slack')
    return 'Something on the way answers in place of Slack, as a proxy or a sign-in page does: check SLACK_API_URL, HTTPS_PROXY and that network.'
  return 'Slack could not be reached: check SLACK_API_URL, HTTPS_PROXY and the network of this machine.'
}
