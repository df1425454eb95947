// A failure met on the way as a finding: refusals of Slack and Gong in words, the database's trouble, anything else by its class. Never a
// stack, never a value.
import { databaseFailureOf } from '../../database-failure.ts'
import { databaseWords } from '../../health/readiness.ts'
import { problemsOf } from '../../problems.ts'
import { safeError } from '../../safe-error.ts'
import { classifySlackFailure, isSlackError } from '../../slack/slack-failure.ts'
import type { Finding } from './finding.ts'
import { failureInWords, slackRemedy } from './slack-remedy.ts'

export function failureFinding(area: Finding['area'], error: unknown): Finding {
  const trouble = databaseFailureOf(error)
  if (trouble)
    return {
      area: 'database',
      state: 'to fix',
      says: 'The database failed while it was asked, so not everything could be looked at.',
      remedy: databaseWords[trouble],
    }
  if (isSlackError(error)) {
    const failure = classifySlackFailure(error)
    return {
      area: 'Slack',
      state: 'to fix',
      says: `Slack did not say who is who ${failureInWords(failure)}.`,
      remedy: slackRemedy(failure),
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
