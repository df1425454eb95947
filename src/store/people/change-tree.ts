// The one way to change who reports to whom, or who is there at all: reads the tree before and after, and keeps the place of everybody who
// stands elsewhere since. A week that has ended is of who was where then, whatever moved them.
import { eq, sql } from 'drizzle-orm'
import type { LocalDate } from '../../domain/period.ts'
import type { OrgChart } from '../../domain/team.ts'
import { readAnew } from '../../one-reading.ts'
import type { Database } from '../database/database.ts'
import { versions } from '../schema/people.ts'
import { keepPastPlaces } from './past-places.ts'
import { readChart } from './read-chart.ts'

/**
 * Ahead of anything else in a transaction that changes people: whoever changes them at the same moment waits, and whoever made a chart of them
 * makes a new one.
 */
export async function inTurn(tx: Database, more: { readonly readAt?: Date } = {}): Promise<void> {
  readAnew()
  await tx
    .update(versions)
    .set({ value: sql`${versions.value} + 1`, ...more })
    .where(eq(versions.name, 'people'))
}

interface Change {
  /** The last day on which they stood where they did. */
  readonly until: LocalDate
  /** As it is now, where it was read in this turn. */
  readonly before?: OrgChart
}

export interface Changed<Result> {
  readonly result: Result
  readonly before: OrgChart
  readonly after: OrgChart
}

/** Inside a turn. On the very first read everybody would come from nowhere; nobody does. */
export async function changeTree<Result>(
  tx: Database,
  change: Change,
  work: (before: OrgChart) => Promise<Result>,
): Promise<Changed<Result>> {
  const before = change.before ?? (await readChart(tx))
  const result = await work(before)
  const after = await readChart(tx)
  if (before.people.size > 0) await keepPastPlaces(tx, before, after, change.until)
  return { result, before, after }
}
