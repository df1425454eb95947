// Facts that hold for every request (workspaces, scorecard settings, a unit, what coaching rows mean) are found out once, also when
// several requests need them at the same time. Within this process; over replicas the store remembers them.
import type { AskGong } from './source.ts'

/** Runs `read` for the first who asks; whoever asks meanwhile gets its value (`mine: false`), or reads too when it failed. */
export function sharedWhileUnderWay<T>(
  read: (ask: AskGong) => Promise<T>,
): (ask: AskGong) => Promise<{ readonly mine: boolean; readonly value: T }> {
  let underWay: Promise<T> | undefined
  return async (ask) => {
    // Its failure may be its own: another asker's share that is used up, or a question that was called off.
    if (underWay) {
      const joined = await underWay.then(
        (value) => ({ value }),
        () => undefined,
      )
      if (joined) return { mine: false, ...joined }
    }
    const reading = read(ask).finally(() => {
      if (underWay === reading) underWay = undefined
    })
    underWay = reading
    return { mine: true, value: await reading }
  }
}
