// Where the database may have lost rows (a power loss, a failover), a row that says "nothing was posted" is not believed: what was due in the
// hours before is looked for in its channel first, by the id its post carries.
import type { Subscription } from '../../domain/subscription.ts'
import { renderBody } from './body-rendering.ts'
import type { ChosenBody } from './choose-body.ts'
import { confirm } from './confirm.ts'
import type { StepDeps } from './deps.ts'
import { destinationOf } from './destination.ts'
import type { Lease } from './lease.ts'
import { handleFailure } from './setbacks.ts'

/** No database loses more than its last minutes; a restored backup may lack hours. */
const doubtedHoursMs = 6 * 3_600_000

/** `lostAt`: as asked since the row was taken. True when there is nothing to post for now: it had arrived, or Slack could not be asked. */
export async function arrivedBefore(
  lease: Lease,
  subscription: Subscription | undefined,
  { body, readers }: ChosenBody,
  lostAt: Date | undefined,
  deps: StepDeps,
): Promise<boolean> {
  const { row } = lease
  if (!lostAt || row.dueAt > lostAt || lostAt.getTime() - row.dueAt.getTime() > doubtedHoursMs) return false
  // Tried since: that attempt is remembered.
  if (row.postedAttemptAt && row.postedAttemptAt > lostAt) return false
  const channelId = destinationOf(row, subscription)
  const look = await deps.reconciler.look({ id: row.id, channelId, attemptedAt: row.dueAt, threadTs: body.threadTs })
  switch (look.type) {
    case 'found':
      deps.log.info({ deliveryId: row.id }, 'A delivery had arrived, though its row did not say so')
      // What was recorded then is lost as the row is.
      await deps.recordSent(subscription, row, body, readers)
      await confirm(lease, subscription, look, { body, thread: renderBody(body, deps.render).thread }, deps)
      return true
    case 'absent':
      return false
    case 'blind':
      // Rows are lost far more seldom than processes end: without a look it is posted.
      deps.log.warn({ deliveryId: row.id, slackError: look.error }, 'Rows may have been lost, and the channel cannot be looked into')
      return false
    case 'failed':
      await handleFailure(lease, subscription, look.failure, 'reserved', deps)
      return true
  }
}
