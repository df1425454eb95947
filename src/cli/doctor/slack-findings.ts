// The Slack part of the doctor: token, scopes, socket and clocks, in words with remedies.

import { optionalScopes, requiredScopes, type SlackCheck } from '../../slack/check.ts'
import { orgWideInWords } from '../../slack/org-wide.ts'
import { isRefusal } from '../../slack/slack-failure.ts'
import type { SlackFailure } from '../../slack-ports.ts'
import type { Finding } from './finding.ts'
import { failureInWords, refusalRemedy, slackRemedy } from './slack-remedy.ts'

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
  } else findings.push(fix(`The bot token does not work ${failureInWords(check.token.failure)}.`, botTokenRemedy(check.token.failure)))

  if (check.socket?.ok) findings.push(good('Socket Mode opens.'))
  else if (check.socket)
    findings.push(fix(`Socket Mode does not open (${check.socket.failure.error}).`, appTokenRemedy(check.socket.failure)))

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

/** Whatever code Slack answers `auth.test` with, the token is what it refuses. */
const botTokenRemedy = (failure: SlackFailure): string => (failure.type === 'refused' ? refusalRemedy(failure) : slackRemedy(failure))

const appTokenRemedy = (failure: SlackFailure): string =>
  isRefusal(failure) || failure.type === 'refused'
    ? 'Create an app-level token with connections:write under Basic Information, put it into SLACK_APP_TOKEN, and switch on Socket Mode.'
    : slackRemedy(failure)
