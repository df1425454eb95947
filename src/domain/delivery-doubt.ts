// A delivery whose post got no answer: it is looked for, and where that is not possible somebody is asked whether it arrived.
import type { Delivery } from './subscription.ts'

/** Nobody knows whether it arrived, and a person has been asked. */
export const askedReason = 'asked'

/** Nobody said whether it arrived for as long as that is waited for. */
export const unansweredReason = 'unanswered'

export const isAskedAbout = ({ status, reason }: Pick<Delivery, 'status' | 'reason'>): boolean =>
  (status === 'doubtful' && reason === askedReason) || (status === 'failed' && reason === unansweredReason)

/** Whoever says that it arrived is right: it was tried, and nothing since tells otherwise. */
export const mayHaveArrived = (row: Pick<Delivery, 'status' | 'reason' | 'postedAttemptAt'>): boolean =>
  isAskedAbout(row) || (row.status === 'failed' && row.postedAttemptAt !== undefined)

/** It is being posted, or looked for after a lost answer: posted now, it could be there twice. */
export const isBeingSettled = (row: Pick<Delivery, 'status' | 'reason'>): boolean =>
  row.status === 'posting' || (row.status === 'doubtful' && !isAskedAbout(row))
