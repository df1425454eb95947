// Notes since when this process has heard every change in Slack, where the directory was read before: another replica may be the one that
// reads it, and what it holds of people is as old. Asks Slack nothing.
import type { Clock } from '../clock.ts'
import { isAsRecent } from '../domain/age.ts'
import type { DirectoryStore } from '../store/people/directory.ts'

export async function wantDirectory(
  heardSince: Date,
  { directory, clock }: { readonly directory: Pick<DirectoryStore, 'readAt' | 'wantedSince' | 'want'>; readonly clock: Clock },
): Promise<void> {
  const [readAt, wantedSince] = await Promise.all([directory.readAt(), directory.wantedSince()])
  const now = clock.now()
  const isEnough = (instant: Date | undefined) => instant !== undefined && isAsRecent(instant, heardSince, now)
  if (readAt !== undefined && !isEnough(readAt) && !isEnough(wantedSince)) await directory.want(heardSince)
}
