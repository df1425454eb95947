// What a delivery row carries: a digest, the rest of one in its thread, or a notice to a person. Read from its occurrence.
import type { Delivery } from '../../domain/subscription.ts'

/** A digest, planned or sent by hand; not a notice or a thread reply. */
export const isDigest = (row: Pick<Delivery, 'occurrence'>): boolean => !/^(notice|thread):/.test(row.occurrence)
