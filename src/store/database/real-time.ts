// Real time shared by all replicas of one database, for what they must agree on: the request rate and leases. Each machine's clock is off
// by its own amount; the database has one. Whether something is due is decided by the clock handed in, not here.
import { type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../clock.ts'

/** The database's own clock, or one that a test moves in its place. */
export type RealTime = 'database' | Clock

/** An instant as an SQL expression, read anew wherever it stands. */
export const instantOf = (realTime: RealTime): SQL =>
  realTime === 'database' ? sql`clock_timestamp()` : sql`${realTime.now().toISOString()}::timestamptz`

/** The same in milliseconds since 1970. */
export const millisecondsOf = (realTime: RealTime): SQL =>
  realTime === 'database' ? sql`(extract(epoch FROM clock_timestamp()) * 1000)::float8` : sql`${realTime.now().getTime()}::float8`
