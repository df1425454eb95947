// The age of a stored time, which another machine's clock may have set. Does not decide what is too old.

/**
 * Milliseconds between `mark` and `now`, 0 or more. A mark that lies ahead counts like one as far back: a clock that had gone wrong set it,
 * and nothing must wait until that day comes. Clocks that differ by minutes make no difference to anything measured in hours.
 * @example ageMs(new Date('2027-11-26T12:00:00Z'), new Date('2026-11-26T12:00:00Z')) // 31,536,000,000: a year, so it is due
 */
export const ageMs = (mark: Date, now: Date): number => Math.abs(now.getTime() - mark.getTime())

/** Whether `mark` is as recent as `other`, or more so. */
export const isAsRecent = (mark: Date, other: Date, now: Date): boolean => ageMs(mark, now) <= ageMs(other, now)
