// What a delivery row carries, read from its occurrence: a digest, the rest of one in its thread, or a notice to a person.
import type { Delivery, Subscription } from '../../domain/subscription.ts'

type Row = Pick<Delivery, 'occurrence'>

/** A digest, planned or sent by hand; not a notice or a thread reply. */
export const isDigest = (row: Row): boolean => !/^(notice|thread):/.test(row.occurrence)

/** Of a digest sent by hand; the same trigger sends once. */
export const manualOccurrence = (triggerId: string): string => `manual:${triggerId}`

export const isManual = ({ occurrence }: Row): boolean => occurrence.startsWith('manual:')

export const threadOccurrence = (deliveryId: string): string => `thread:${deliveryId}`

/** The delivery whose thread this row belongs to; undefined for other rows. */
export const threadParentOf = ({ occurrence }: Row): string | undefined =>
  occurrence.startsWith('thread:') ? occurrence.slice('thread:'.length) : undefined

/** Whether it goes to one person. */
export const isDirectRow = (
  row: Row & Pick<Delivery, 'channelId'>,
  subscription: Pick<Subscription, 'destination'> | undefined,
): boolean => (isDigest(row) ? subscription?.destination.type === 'dm' : /^[UWD]/.test(row.channelId ?? ''))

/** Only admins may read it. */
export const isForAdmins = ({ occurrence }: Row): boolean => /^notice:(first-contact|admins):/.test(occurrence)
