// What the last line of a digest says about how it came.
import type { Delivery, Subscription } from '../domain/subscription.ts'
import type { DigestRequest } from '../reports/digest.ts'
import type { RightsDeps } from './sending-rights.ts'

const lateAfterMs = 30 * 60_000

/** How late it is, who sent it, and that people are shown by name; and whom that names. */
export async function remarksFor(
  subscription: Subscription,
  delivery: Delivery,
  postedAt: Date,
  names: boolean,
  deps: Pick<RightsDeps, 'slackPerson'>,
): Promise<Required<Pick<DigestRequest, 'remarks' | 'mentions'>>> {
  const remarks: string[] = []
  const mentions: string[] = []
  const nameOf = async (slackUserId: string): Promise<string> => {
    mentions.push(slackUserId)
    return (await deps.slackPerson(slackUserId)).name
  }
  const lateMs = postedAt.getTime() - delivery.dueAt.getTime()
  if (lateMs > lateAfterMs) remarks.push(`late by ${inWords(lateMs)}`)
  if (delivery.sentBy !== undefined) remarks.push(`sent by ${await nameOf(delivery.sentBy)}`)
  if (names) remarks.push(`names shown: switched on by ${await nameOf(subscription.ownerSlackId)}`)
  return { remarks, mentions }
}

/** `45 min`, `3 h`, `2 days`. */
function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}
