// The pause after Slack rejected the bot's token: nobody can be reached then, and one row after another would only repeat it.
import type { Clock } from '../../clock.ts'

export interface TokenPause {
  /** Milliseconds left of the pause; 0 when there is none. */
  leftMs(): number
  /** Starts a pause of five minutes and returns its end. */
  begin(): Date
}

const pauseMs = 300_000

export function createTokenPause(clock: Clock): TokenPause {
  let until: Date | undefined
  return {
    leftMs: () => Math.max(0, until ? until.getTime() - clock.now().getTime() : 0),
    begin() {
      until = new Date(clock.now().getTime() + pauseMs)
      return until
    },
  }
}
