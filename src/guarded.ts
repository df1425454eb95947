// One piece of work among many: what is broken in it is logged and stops none of the others.
import { databaseFailureOf } from './database-failure.ts'
import type { Log } from './log.ts'

/**
 * What `work` gives, or undefined where it failed.
 * @throws the database's own trouble: the others would fail of it too, so the caller ends and is started again
 */
export async function guarded<T>(
  work: () => Promise<T>,
  { log, ...facts }: { readonly log: Log; readonly [fact: string]: unknown },
  message: string,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (databaseFailureOf(error) !== undefined) throw error
    log.error({ ...facts, err: error }, message)
    return undefined
  }
}
