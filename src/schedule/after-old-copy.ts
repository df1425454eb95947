// A start long after the latest tick that the database knows of: the service was stopped, or the database is a copy of before (a restored
// backup, a snapshot of the machine), and what was posted since is not in it. Both look the same, so Slack is asked before anything that was
// due meanwhile is posted. A database that is restored under a process that goes on knows of none of its latest ticks.
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { latestTick } from './after-wrong-clock.ts'

/** A tick comes each minute: a restart or a new version takes less. */
const usualStopMs = 3 * 60_000

/** To be called at a start, before any worker runs, and at each tick, before anything is planned. `ticked`: when this process last did. */
export async function doubtOldCopy({
  store: { tenant, doubt },
  clock,
  log,
  ticked = clock.now(),
}: {
  readonly store: Pick<Store, 'tenant' | 'doubt'>
  readonly clock: Clock
  readonly log: Log
  readonly ticked?: Date | undefined
}): Promise<void> {
  const mark = await tenant.setting(latestTick)
  if (!mark) return
  const latest = new Date(mark)
  if (ticked.getTime() - latest.getTime() <= usualStopMs) return
  await doubt({ from: latest, to: clock.now() })
  log.info({ latest }, 'Stopped for a while, or restored from a backup: what was due meanwhile is looked for in Slack before it is posted')
}
