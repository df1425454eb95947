// Joins what happens to everything people type, press, submit, search or open, after Bolt has verified it. One file beside this handles
// each kind. Knows no statistic and no wording of a report.

import { menu } from '../../bot/commands/help.ts'
import { mustBeMember } from '../../bot/strangers.ts'
import type { Choice } from '../../render/modal.ts'
import { answererFor, type ReplyAddress } from './answer.ts'
import { receiveCommand, type TypedCommand } from './command.ts'
import { createErrorBoundary } from './error-boundary.ts'
import { openHome } from './home.ts'
import type { PressFacts } from './payload.ts'
import { receivePress } from './press.ts'
import type { ReceiveDeps, ReceiverDeps } from './receive-deps.ts'
import { receiveSearch } from './search.ts'
import { receiveSubmission, type SubmissionAck } from './submission.ts'

export interface Receiver {
  command(typed: TypedCommand): Promise<void>
  press(facts: PressFacts): Promise<void>
  submission(facts: PressFacts): Promise<SubmissionAck>
  search(query: string, facts: PressFacts): Promise<readonly Choice[]>
  openHome(slackUserId: string): Promise<void>
  /** A direct message to the bot or a mention: what one can ask, in private. */
  showMenu(address: ReplyAddress): Promise<void>
}

export function createReceiver(given: ReceiverDeps): Receiver {
  const deps: ReceiveDeps = { ...given, guard: createErrorBoundary(given) }
  return {
    command: (typed) => receiveCommand(typed, deps),
    press: (facts) => receivePress(facts, deps),
    submission: (facts) => receiveSubmission(facts, deps),
    search: (query, facts) => receiveSearch(query, facts, deps),
    openHome: (slackUserId) => openHome(slackUserId, deps),
    showMenu: (address) => showMenu(address, deps),
  }
}

async function showMenu(address: ReplyAddress, deps: ReceiveDeps): Promise<void> {
  const answer = answererFor(address, deps)
  await deps.guard({ name: 'menu', slackUserId: address.slackUserId }, answer.say, async () => {
    mustBeMember((await deps.viewers.readerOf(address.slackUserId)).viewer)
    await answer.say(menu(deps.commands))
  })
}
