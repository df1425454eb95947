// Carries a submitted form out once. Slack asks somebody whose submission was not acknowledged in time to try again, and the second one
// has the same view and hash: it waits for the first and says nothing new.
import { setTimeout as wait } from 'node:timers/promises'
import type { Outcome } from '../../bot/action.ts'
import { AskError } from '../../errors.ts'
import type { SubmissionStore } from '../../store/submissions.ts'
import type { PressFacts } from './payload.ts'

/** Outcomes after which the form has had its effect; the others leave it open to be submitted again. */
const final: ReadonlySet<Outcome['type']> = new Set(['done', 'reply', 'replace'])

const lookMs = 200
const looksAtMost = 100

type SubmissionFacts = Pick<PressFacts, 'viewId' | 'viewHash' | 'slackUserId'>

/** The same when it is sent again; undefined for a press outside a view. */
export const submissionOf = ({ viewId, viewHash, slackUserId }: SubmissionFacts): string | undefined =>
  viewId === undefined || viewHash === undefined ? undefined : `${slackUserId} ${viewId} ${viewHash}`

export async function submittedOnce(
  facts: SubmissionFacts,
  submissions: SubmissionStore,
  handle: () => Promise<Outcome>,
): Promise<Outcome> {
  const key = submissionOf(facts)
  if (key === undefined) return handle()
  for (let looks = 0; ; looks += 1) {
    const claim = await submissions.claim(key)
    if (claim === 'mine') break
    if (claim === 'done') return { type: 'done' }
    if (looks >= looksAtMost) throw new AskError('This was sent before and is still being worked on. Look again in a minute.')
    await wait(lookMs)
  }
  let outcome: Outcome | undefined
  try {
    outcome = await handle()
    return outcome
  } finally {
    await submissions.settle(key, outcome !== undefined && final.has(outcome.type))
  }
}
