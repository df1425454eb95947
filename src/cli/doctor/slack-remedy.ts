// What an operator does where Slack refuses the bot, does not answer, or fails on its side, as the terminal shows it: without bold.

import { refusalWords } from '../../reports/wording/slack-refusal.ts'
import { isAnswered, isRefusal, neededBy } from '../../slack/slack-failure.ts'
import type { SlackFailure } from '../../slack-ports.ts'

/** Of any failure of a call that the bot makes with its own token. */
export function slackRemedy(failure: SlackFailure): string {
  if (isRefusal(failure)) return refusalRemedy(failure)
  if (failure.type === 'rate-limited') return `Slack asks to wait ${Math.ceil(failure.retryAfterMs / 1000)} s; run the doctor again then.`
  if (failure.error === 'not_an_answer_of_slack' || failure.error === 'answer_too_long')
    return 'Something on the way answers in place of Slack, as a proxy or a sign-in page does: check SLACK_API_URL, HTTPS_PROXY and that network.'
  return isAnswered(failure)
    ? 'Run the doctor again; if it stays, look at status.slack.com.'
    : 'Slack could not be reached: check SLACK_API_URL, HTTPS_PROXY and the network of this machine.'
}

/** Slack's code in brackets, and the scope it asks for where it names one. */
export function failureInWords(failure: SlackFailure): string {
  const scope = neededBy(failure)
  return `(${failure.error})${scope === undefined ? '' : `. It needs the scope ${scope}`}`
}

/** Of a failure that is a refusal of the bot. A missing permission is granted by the manifest. */
export function refusalRemedy(failure: SlackFailure): string {
  if (failure.type === 'permission-refused' || neededBy(failure) !== undefined)
    return 'Paste manifest.yml again under App Manifest, then press Reinstall to Workspace.'
  const { what, remedy } = refusalWords(failure.error)
  return `${what}. ${remedy}`.replaceAll('*', '')
}
