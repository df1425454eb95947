// A failure met on the way as a finding: refusals of Slack and Gong in words, anything else by its class. Never a stack, never a value.
import { problemsOf } from '../../problems.ts'
import { safeError } from '../../safe-error.ts'
import { classifySlackFailure, isRefusal, isSlackError, neededBy } from '../../slack/slack-failure.ts'
import type { Finding } from './finding.ts'
import { refusalRemedy } from './refusal-remedy.ts'

export function failureFinding(area: Finding['area'], error: unknown): Finding {
  if (isSlackError(error)) {
    const failure = classifySlackFailure(error)
    const scope = neededBy(failure)
    const needed = scope === undefined ? '' : ` It needs the scope ${scope}.`
    return {
      area: 'Slack',
      state: 'to fix',
      says: `Slack did not say who is who (${failure.error}).${needed}`,
      remedy: isRefusal(failure)
        ? refusalRemedy(failure)
        : failure.type === 'rate-limited'
          ? `Slack asks to wait ${Math.ceil(failure.retryAfterMs / 1000)} s; run the doctor again then.`
          : 'Run the doctor again; if it stays, look at status.slack.com.',
    }
  }
  const problems = problemsOf(error)
  if (problems) return { area, state: 'to fix', says: `${problems.join('. ')}.`, remedy: 'Fix the Gong problem above first.' }
  const { class: name, code } = safeError(error)
  return {
    area,
    state: 'to fix',
    says: `This could not be looked at because of a bug (${[name, code].filter(Boolean).join(' ')}).`,
    remedy: 'Please report it with the version above.',
  }
}
