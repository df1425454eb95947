// Whether a submitted form is done with. It closes; only where the work took longer than Slack waits for an answer it stays, and says so.
import type { SimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { textOf } from './world.ts'

export function isFormDone(slack: Pick<SimulatedSlack, 'modal'>, userId: string): boolean {
  const modal = slack.modal(userId)
  return modal === undefined || (modal.submit === undefined && textOf(modal).includes('Done.'))
}
