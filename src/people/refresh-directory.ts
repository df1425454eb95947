// Reads Slack's directory once a day, at once where changes since may have been missed and, after a failure, again within minutes until it
// has been read: admins, matches and programmes wait for it. When it is due is decided from what is stored, so that replicas and restarts agree.
import type { Clock } from '../clock.ts'
import { ageMs, isAsRecent } from '../domain/age.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { type DirectoryFailures, directoryFailures, endDirectoryFailures, saveDirectoryFailures } from '../sync/directory-failures.ts'

export interface RefreshDirectoryDeps {
  readonly store: {
    readonly directory: Pick<Store['directory'], 'readAt' | 'wantedSince'>
    readonly tenant: Pick<Store['tenant'], 'setting' | 'saveSetting' | 'takeSetting'>
  }
  readonly clock: Clock
  readonly log: Log
  read(): Promise<unknown>
  /** What waited for the directory: called after the first reading, and after one that failed before. */
  onRead(): Promise<unknown>
}

/** Joins and changes in between arrive as events. */
const everyMs = 23 * 3_600_000
/** However often connections come and go. */
const leastMs = 2 * 60_000
/** Until the next attempt, by the number of failures in a row; the last one for all further. */
const retryMinutes = [1, 2, 5, 10, 15]

export async function refreshDirectoryWhenDue({ store, clock, log, ...deps }: RefreshDirectoryDeps): Promise<void> {
  const { tenant } = store
  const now = clock.now()
  const [readAt, wantedSince, failures] = await Promise.all([
    store.directory.readAt(),
    store.directory.wantedSince(),
    directoryFailures(tenant),
  ])
  const isWanted = (since: Date) => wantedSince !== undefined && !isAsRecent(since, wantedSince, now)
  if (failures && !isRetryDue(failures, now)) return
  if (!failures && readAt && ageMs(readAt, now) < (isWanted(readAt) ? leastMs : everyMs)) return
  try {
    await deps.read()
  } catch (error) {
    const count = (failures?.count ?? 0) + 1
    await saveDirectoryFailures(tenant, { count, firstAt: failures?.firstAt ?? now, lastAt: now })
    return log.warn({ err: error, failures: count }, "Slack's directory could not be read; it is tried again within minutes")
  }
  if (failures) await endDirectoryFailures(tenant)
  if (failures || !readAt) await deps.onRead()
}

function isRetryDue({ count, lastAt }: DirectoryFailures, now: Date): boolean {
  const minutes = retryMinutes[Math.min(count, retryMinutes.length) - 1] ?? 1
  return ageMs(lastAt, now) >= minutes * 60_000
}
