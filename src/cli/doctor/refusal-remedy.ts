// What an operator does where Slack refuses the bot, as the terminal shows it: without bold.

import { refusalWords } from '../../reports/wording/slack-refusal.ts'
import { neededBy } from '../../slack/slack-failure.ts'
import type { SlackFailure } from '../../slack-ports.ts'

/** Of a failure that is a refusal of the bot. A missing permission is granted by the manifest. */
export function refusalRemedy(failure: SlackFailure): string {
  if (failure.type === 'permission-refused' || neededBy(failure) !== undefined)
    return 'Paste manifest.yml again under App Manifest, then press Reinstall to Workspace.'
  const { what, remedy } = refusalWords(failure.error)
  return `${what}. ${remedy}`.replaceAll('*', '')
}
