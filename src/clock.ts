// Time as an argument: the only place that reads the machine's clock. Tests and the demo hand in one they can move.

export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export interface MovableClock extends Clock {
  /** Moves forward to `instant`. @throws RangeError when that is in the past: nothing here runs backwards. */
  moveTo(instant: Date): void
}

/** A clock that stands still until it is moved. */
export function movableClock(start: Date): MovableClock {
  let now = start.getTime()
  return {
    now: () => new Date(now),
    moveTo(instant) {
      if (instant.getTime() < now) throw new RangeError('the clock moves forward only')
      now = instant.getTime()
    },
  }
}
