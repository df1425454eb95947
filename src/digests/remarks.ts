// What a reader should know about how a digest came: said in its last line.
import type { Delivery, Subscription } from '../domain/subscription.ts'
import type { BuildDeps } from './build-request.ts'

const lateAfterMs = 30 * 60_000

/** How late it is, who sent it, and that people are shown by name. */
export async function remarksFor(
  subscription: Subscription,
  delivery: Delivery,
  postedAt: Date,
  names: boolean,
  parts: Pick<BuildDeps, 'slackPerson'>,
): Promise<string[]> {
  const remarks: string[] = []
  const lateMs = postedAt.getTime() - delivery.dueAt.getTime()
  if (lateMs > lateAfterMs) remarks.push(`late by ${inWords(lateMs)}`)
  if (delivery.sentBy !== undefined) remarks.push(`sent by ${(await parts.slackPerson(delivery.sentBy)).name}`)
  if (names) remarks.push(`names shown: switched on by ${(await parts.slackPerson(subscription.ownerSlackId)).name}`)
  return remarks
}

/** `45 min`, `3 h`, `2 days`. */
function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}
