// The id of a delivery, worked out from what it delivers: the same row reserved again, because the database lost it, has the id that its
// post in Slack carries.
import { createHash } from 'node:crypto'
import type { Delivery } from './subscription.ts'

export const deliveryIdOf = ({ subscriptionId, occurrence }: Pick<Delivery, 'subscriptionId' | 'occurrence'>): string =>
  idFrom(subscriptionId, occurrence)

/** Always the same for the same words; in the form of a UUID. */
export function idFrom(...words: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(words)).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
