// Where the database may have lost rows (a power loss, a failover, a restored backup), a row that says "nothing was posted" is not believed: what
// was due then or in the hours before is looked for in its channel first, by the id its post carries.
import type { Subscription } from '../../domain/subscription.ts'
import type { LostSpan } from '../../store/database/lost-rows.ts'
import type { ChosenBody } from './choose-body.ts'
import { confirm } from './confirm.ts'
import type { StepDeps } from './deps.ts'
import { destinationOf } from './destination.ts'
import type { Lease } from './lease.ts'
import { handleFailure } from './setbacks.ts'
import { sentMessage } from './thread-row.ts'

/** What was due so long before rows were lost may have waited, and have been posted then. */
const waitedForMs = 6 * 3_600_000
/** No clock of a replica is so far from another's: the one that wrote this was wrong, and every row would be in doubt until then. */
const aheadForMs = 3_600_000

/** `lost`: as asked since the row was taken. True when there is nothing to post for now: it had arrived, or Slack could not be asked. */
export async function arrivedBefore(
  lease: Lease,
  subscription: Subscription | undefined,
  { body, readers }: ChosenBody,
  lost: LostSpan | undefined,
  deps: StepDeps,
): Promise<boolean> {
  const { row } = lease
  if (!lost || row.dueAt > lost.to || lost.from.getTime() - row.dueAt.getTime() > waitedForMs) return false
  if (lost.to.getTime() - deps.clock.now().getTime() > aheadForMs) return false
  // Tried since: that attempt is remembered.
  if (row.postedAttemptAt && row.postedAttemptAt > lost.to) return false
  const channelId = destinationOf(row, subscription)
  const look = await deps.reconciler.look({ id: row.id, channelId, attemptedAt: row.dueAt, threadTs: body.threadTs })
  switch (look.type) {
    case 'found':
      deps.log.info({ deliveryId: row.id }, 'A delivery had arrived, though its row did not say so')
      // What was recorded then is lost as the row is.
      await deps.recordSent(subscription, row, body, readers)
      await confirm(lease, subscription, look, sentMessage(body, deps.render), deps)
      return true
    case 'absent':
      return false
    case 'blind':
      return postUnseen(row.id, look.error, deps)
    case 'failed':
      // What Slack says of the question does not count against the message.
      if (look.failure.type === 'refused') return postUnseen(row.id, look.failure.error, deps)
      await handleFailure(lease, subscription, look.failure, 'reserved', deps)
      return true
  }
}

/** Rows are lost far more seldom than processes end: without a look it is posted. */
function postUnseen(deliveryId: string, slackError: string, { log }: StepDeps): false {
  log.warn({ deliveryId, slackError }, 'Rows may have been lost, and the channel cannot be looked into')
  return false
}
