// Joins what happens to everything people type, press, submit, search or open, after Bolt has verified it. One file beside this handles
// each kind. Knows no statistic and no wording of a report.

import { answerInWords } from '../../bot/commands/in-words.ts'
import { mustBeMember } from '../../bot/strangers.ts'
import { tooManyQuestions } from '../../bot/wording/too-many-questions.ts'
import type { Choice } from '../../render/modal.ts'
import { answererFor, type ReplyAddress } from './answer.ts'
import { receiveCommand, type TypedCommand } from './command.ts'
import { createErrorBoundary } from './error-boundary.ts'
import { openHome } from './home.ts'
import { type PressFacts, unescaped } from './payload.ts'
import { beginPress, type OpenedView, receivePress } from './press.ts'
import type { ReceiveDeps, ReceiverDeps } from './receive-deps.ts'
import { receiveSearch } from './search.ts'
import { receiveSubmission, type SubmissionAck, type TakeTurn } from './submission.ts'

export interface Receiver {
  command(typed: TypedCommand): Promise<void>
  press(facts: PressFacts, opened?: OpenedView): Promise<void>
  /** What cannot wait for a turn: opens the view that a press is to open. Undefined for one that opens none. */
  begin(facts: PressFacts): OpenedView | undefined
  submission(facts: PressFacts, takeTurn: TakeTurn): Promise<SubmissionAck>
  search(query: string, facts: PressFacts): Promise<readonly Choice[]>
  openHome(slackUserId: string): Promise<void>
  /** A direct message to the bot or a mention: the answer, or what one can ask, in private. */
  words(written: WrittenWords): Promise<void>
  /** Instead of an answer, for whoever has asked too much at once. */
  refuse(address: ReplyAddress): Promise<void>
}

export interface WrittenWords {
  /** As Slack gives it, without the bot's own mention. */
  readonly text: string
  /** Of Slack's event: what is asked for is done once. */
  readonly eventId: string
  readonly address: ReplyAddress
}

export function createReceiver(given: ReceiverDeps): Receiver {
  const deps: ReceiveDeps = { ...given, guard: createErrorBoundary(given) }
  return {
    command: (typed) => receiveCommand(typed, deps),
    press: (facts, opened) => receivePress(facts, deps, opened),
    begin: (facts) => beginPress(facts, deps),
    submission: (facts, takeTurn) => receiveSubmission(facts, takeTurn, deps),
    search: (query, facts) => receiveSearch(query, facts, deps),
    openHome: (slackUserId) => openHome(slackUserId, deps),
    words: (written) => receiveWords(written, deps),
    refuse: (address) => answererFor(address, deps).say(tooManyQuestions()),
  }
}

async function receiveWords({ text, eventId, address }: WrittenWords, deps: ReceiveDeps): Promise<void> {
  const { commands, services, viewers, clock } = deps
  const { slackUserId, channelId = '' } = address
  const answer = answererFor(address, deps)
  await deps.guard({ name: 'words', slackUserId }, answer.say, async () => {
    const reader = await viewers.readerOf(slackUserId)
    mustBeMember(reader.viewer)
    const ask = { text: unescaped(text), ...reader, channelId, triggerId: eventId, now: clock.now() }
    await answer.say(await answerInWords(ask, services, answer.say, commands))
  })
}
