// A submitted modal. Slack waits three seconds for its acknowledgement; what takes longer goes on behind a loading view.
//
//   decided within 2 s ── errors ──────────▶ beside the inputs; the modal stays
//                      ── reply, done ─────▶ the modal closes, then the outcome is carried out
//                      ── anything else ─┐
//   not decided, or failed ──────────────┴▶ loading view, then `finish` fills it

import type { ModalView } from '@slack/types'
import type { Action, Outcome } from '../../bot/action.ts'
import { mustBeMember } from '../../bot/strangers.ts'
import { tooManyQuestions } from '../../bot/wording/too-many-questions.ts'
import { AskError } from '../../errors.ts'
import { asOneReading } from '../../one-reading.ts'
import type { Message } from '../../render/message.ts'
import { markedSentenceMessage } from '../../render/one-sentence-message.ts'
import { type Answerer, answererFor } from './answer.ts'
import { inputsTooLong, mustFit } from './bounds.ts'
import { submittedOnce } from './once.ts'
import { carryOut, handlerOf, pressOf } from './outcome.ts'
import type { PressFacts } from './payload.ts'
import type { ReceiveDeps } from './receive-deps.ts'

/** What Slack is answered about a submission within its three seconds. `later` goes on after that. */
export type SubmissionAck =
  | { readonly type: 'close'; readonly later: () => Promise<void> }
  | { readonly type: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly type: 'loading'; readonly view: ModalView; readonly later: () => Promise<void> }

type Decided = Outcome | { readonly type: 'failed'; readonly error: unknown }

interface Submission {
  readonly facts: PressFacts
  readonly answer: Answerer
  readonly at: { readonly name: string; readonly slackUserId: string }
  readonly decided: Promise<Decided>
}

/** Does `work` when it is the submitter's turn, or `refuse` where too many of theirs wait. */
export type TakeTurn = <T>(work: () => Promise<T>, refuse: () => Promise<T>) => Promise<T>

/** Slack waits 3 s for a submission; what takes longer, its turn included, goes on behind a loading view. */
const submissionMs = 2000

export async function receiveSubmission(facts: PressFacts, takeTurn: TakeTurn, deps: ReceiveDeps): Promise<SubmissionAck> {
  const { slackUserId } = facts
  const handler = handlerOf(facts.actionId, deps)
  const answer = answererFor({ slackUserId }, deps)
  const submission: Submission = {
    facts,
    answer,
    at: { name: handler?.id ?? 'unknown', slackUserId },
    decided: takeTurn(
      () => decide(handler, facts, answer, deps),
      async () => tooMany(facts),
    ),
  }
  const quick = await withinAck(submission.decided)
  if (quick?.type === 'errors') return { type: 'errors', errors: quick.errors }
  if (quick?.type === 'done' || quick?.type === 'reply') {
    const later = () => deps.guard(submission.at, answer.say, () => carryOut(quick, { facts, answer, viewId: undefined }, deps))
    return { type: 'close', later }
  }
  return { type: 'loading', view: deps.views.loading, later: () => finish(submission, deps) }
}

/** One reading, as every answer. Never rejects: a failure is reported where the outcome is shown. */
const decide = (handler: Action | undefined, facts: PressFacts, answer: Answerer, deps: ReceiveDeps): Promise<Decided> =>
  asOneReading(() => decided(handler, facts, answer, deps))

async function decided(handler: Action | undefined, facts: PressFacts, answer: Answerer, deps: ReceiveDeps): Promise<Decided> {
  try {
    mustFit(facts)
    const press = await pressOf(facts, deps)
    mustBeMember(press.viewer)
    if (!handler) throw new AskError('This form belongs to an older version of the bot. Open it again.')
    const errors = inputsTooLong(facts)
    if (Object.keys(errors).length > 0) return { type: 'errors', errors }
    return await submittedOnce(facts, deps.submissions, () => handler.handle(press, deps.services, (message) => answer.say(message)))
  } catch (error) {
    return { type: 'failed', error }
  }
}

/** Beside the first input, which costs nothing: the form stays and can be submitted again. */
function tooMany({ inputs }: PressFacts): Decided {
  const { summary } = tooManyQuestions()
  const [first] = Object.keys(inputs)
  return first === undefined ? { type: 'failed', error: new AskError(summary) } : { type: 'errors', errors: { [first]: summary } }
}

/** The outcome, or undefined when it takes longer than Slack waits. */
const withinAck = (decided: Promise<Decided>): Promise<Decided | undefined> =>
  Promise.race([decided, new Promise<undefined>((resolve) => setTimeout(resolve, submissionMs, undefined).unref())])

/** Shows the outcome in place of the loading view. */
async function finish({ facts, answer, at, decided }: Submission, deps: ReceiveDeps): Promise<void> {
  const { views } = deps
  const { viewId } = facts
  const inView = viewId === undefined ? undefined : (message: Message) => views.update(viewId, views.showing(message))
  await deps.guard(at, inView ?? answer.say, async () => {
    const outcome = await decided
    if (outcome.type === 'failed') throw outcome.error
    if (outcome.type === 'errors' && inView) return inView(markedSentenceMessage(Object.values(outcome.errors).join(' ')))
    if (outcome.type === 'done') await inView?.(markedSentenceMessage('Done.'))
    // A reply is a message of its own; the form that waited points to it.
    if (outcome.type === 'reply') await inView?.(markedSentenceMessage('Done. See the message from the bot.'))
    // The loading view changed the hash that was submitted.
    await carryOut(outcome, { facts: { ...facts, viewHash: undefined }, answer, viewId }, deps)
  })
}
