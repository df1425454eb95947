// What a measurement is, and what it is given. The ordered list is in index.ts.
import type { PostgresServer } from '../kit/postgres.ts'
import type { Row } from './table.ts'

export interface BenchContext {
  readonly postgres: PostgresServer
  /** Fewer people and repetitions: says whether everything runs, not how fast. */
  readonly quick: boolean
  /** An empty folder of its own. */
  folder(): string
}

export interface Measurement {
  readonly name: string
  run(context: BenchContext): Promise<readonly Row[]>
}
