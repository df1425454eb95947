// Posts a chosen body. A body whose blocks Slack rejects is posted again in plainer form.

import type { Subscription } from '../../domain/subscription.ts'
import { writeBody } from '../../reports/delivery-body.ts'
import { plainest } from '../../slack-ports.ts'
import { yieldBetween } from '../../yielding.ts'
import { mustBeAsRead } from './as-read.ts'
import { renderBody } from './body-rendering.ts'
import type { ChosenBody } from './choose-body.ts'
import { confirm } from './confirm.ts'
import type { StepDeps } from './deps.ts'
import { destinationOf } from './destination.ts'
import type { Lease } from './lease.ts'
import { recordKeyOf } from './record-sent.ts'
import { giveUp, handleFailure } from './setbacks.ts'

/** Slack's time where our clock is ahead of it: the post will carry Slack's, and is looked for from this mark on. */
function markOfAttempt({ clock, poster }: StepDeps): Date {
  const now = clock.now()
  const slackNow = poster.slackNow()
  return slackNow !== undefined && slackNow < now ? slackNow : now
}

export async function post(lease: Lease, subscription: Subscription | undefined, first: ChosenBody, deps: StepDeps): Promise<void> {
  const { readers, lacks } = first
  for (let { body, isKept } = first; ; body = { ...body, plainer: body.plainer + 1 }, isKept = false) {
    // Many may have come here in one turn.
    await yieldBetween()
    // Rendered before the row is marked: whatever goes wrong here leaves no doubt whether something was posted.
    const { payload, thread } = renderBody(body, deps.render)
    const channelId = destinationOf(lease.row, subscription)
    const recordedFor = recordKeyOf(body, readers, deps.keyedHash)
    const isRecorded = body.recordedFor === recordedFor
    body = { ...body, recordedFor }
    const kept = isKept && isRecorded ? undefined : writeBody(body)
    await mustBeAsRead(lease.row, subscription, deps)
    await deps.inStep.together()
    if (!isRecorded) {
      // Ends here where somebody was forgotten since the body was begun.
      await lease.write({ forgettings: lease.row.forgettings })
      // Before the post, which may be read whatever Slack answers: a record of what nobody then read does less harm than a look nobody finds.
      await deps.recordSent(subscription, lease.row, body, readers)
    }
    await lease.write({
      status: 'posting',
      body: kept,
      // The last word before the post: kept or not, the body is of people who were not forgotten since it was begun.
      forgettings: lease.row.forgettings,
      lacks: lacks && (lacks.length > 0 ? lacks : null),
      channelId,
      attempts: lease.row.attempts + 1,
      looks: 0,
      postedAttemptAt: markOfAttempt(deps),
      reason: null,
    })
    await deps.step?.('marked-posting')
    await yieldBetween()
    const outcome = await deps.poster.post({ channelId, payload, deliveryId: lease.row.id, threadTs: body.threadTs, right: lease.right })
    await deps.inStep.together()
    await deps.step?.('posted')
    if (outcome.type === 'posted') return confirm(lease, subscription, outcome, { body, thread }, deps)
    if (outcome.type !== 'blocks-refused') return handleFailure(lease, subscription, outcome, 'posting', deps)
    deps.log.warn(
      { deliveryId: lease.row.id, slackError: outcome.error, pointers: outcome.pointers },
      'Slack rejected a block; posting in plainer form',
    )
    if (body.plainer >= plainest) return giveUp(lease, subscription, outcome.error, deps)
  }
}
