// The heartbeat, by node-cron: at once, and then each minute it starts what is due, every ten seconds it wakes rows whose worker died or
// whose retry is due. Rows compared with the clock decide what is due, so a missed beat loses nothing.
import { schedule } from 'node-cron'
import type { Log } from '../log.ts'

export interface Heartbeat {
  stop(): Promise<void>
}

export function startHeartbeat(beats: { readonly tick: () => Promise<void>; readonly wakeOpen: () => Promise<void> }, log: Log): Heartbeat {
  const guarded = (beat: () => Promise<void>) => async () => {
    try {
      await beat()
    } catch (error) {
      log.error({ err: error }, 'A heartbeat failed; the next one tries again')
    }
  }
  // The library writes its own lines to the console otherwise. A beat that is still at work when the next comes is no news: how long ago one
  // was done is what readiness says.
  const logger = {
    info: (words: string) => log.debug({ words }, 'the heartbeat library says something'),
    debug: () => undefined,
    warn: (words: string) => {
      if (words.includes('overlap')) log.debug({ words }, 'a beat was still at work when the next one came')
      else log.warn({ words }, 'the heartbeat library warned')
    },
    error: (words: string | Error, error?: Error) =>
      log.error(
        { ...(typeof words === 'string' ? { words } : { err: words }), ...(error && { err: error }) },
        'the heartbeat library reported an error',
      ),
  }
  // A start does not wait for the next full minute: the first reading begins with it.
  const first = guarded(beats.tick)()
  const options = { noOverlap: true, logger }
  const tasks = [
    schedule('* * * * *', guarded(beats.tick), options),
    schedule('5,15,25,35,45,55 * * * * *', guarded(beats.wakeOpen), options),
  ]
  return {
    async stop() {
      await first
      for (const task of tasks) await task.destroy()
    },
  }
}
