// Posts a chosen body. A body whose blocks Slack rejects is posted again in plainer form.

import type { Delivery, Subscription } from '../../domain/subscription.ts'
import { type DeliveryBody, writeBody } from '../../reports/delivery-body.ts'
import { plainest, type RenderForSlack } from '../../slack-ports.ts'
import type { ChosenBody } from './choose-body.ts'
import { confirm } from './confirm.ts'
import type { StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'
import { isDigest } from './row-kind.ts'
import { giveUp, handleFailure } from './setbacks.ts'

export const renderBody = ({ message, plainer, threadTs }: DeliveryBody, render: RenderForSlack): ReturnType<RenderForSlack> =>
  render(message, plainer, threadTs === undefined ? 'message' : 'thread')

export async function post(lease: Lease, subscription: Subscription | undefined, first: ChosenBody, deps: StepDeps): Promise<void> {
  const { readers } = first
  for (let { body, isKept } = first; ; body = { ...body, plainer: body.plainer + 1 }, isKept = false) {
    // Rendered before the row is marked: whatever goes wrong here leaves no doubt whether something was posted.
    const { payload, thread } = renderBody(body, deps.render)
    const channelId = destinationOf(lease.row, subscription)
    await lease.write({
      status: 'posting',
      body: isKept ? undefined : writeBody(body),
      channelId,
      attempts: lease.row.attempts + 1,
      looks: 0,
      postedAttemptAt: deps.clock.now(),
      reason: null,
    })
    await deps.step?.('marked-posting')
    const outcome = await deps.poster.post({ channelId, payload, deliveryId: lease.row.id, threadTs: body.threadTs, right: lease.right })
    await deps.step?.('posted')
    if (outcome.type === 'posted') return confirm(lease, subscription, outcome, { body, thread, readers }, deps)
    if (outcome.type !== 'blocks-refused') return handleFailure(lease, subscription, outcome, 'posting', deps)
    deps.log.warn(
      { deliveryId: lease.row.id, slackError: outcome.error, pointers: outcome.pointers },
      'Slack rejected a block; posting in plainer form',
    )
    if (body.plainer >= plainest) return giveUp(lease, subscription, outcome.error, deps)
  }
}

/** A channel id, or a user id for a direct message. */
function destinationOf(row: Delivery, subscription: Subscription | undefined): string {
  if (!isDigest(row) || !subscription) return row.channelId ?? ''
  return subscription.destination.type === 'channel' ? subscription.destination.channelId : subscription.destination.slackUserId
}
