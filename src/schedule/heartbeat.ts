// The heartbeat, by node-cron: each minute it starts what is due, every ten seconds it wakes rows whose worker died or whose retry is due. Rows
// compared with the clock decide what is due, so a missed beat loses nothing.
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
  const tasks = [
    schedule('* * * * *', guarded(beats.tick), { noOverlap: true }),
    schedule('5,15,25,35,45,55 * * * * *', guarded(beats.wakeOpen), { noOverlap: true }),
  ]
  return {
    async stop() {
      for (const task of tasks) await task.destroy()
    },
  }
}
