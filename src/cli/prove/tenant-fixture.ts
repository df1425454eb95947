// The shapes of one tenant's answers as a file that the project's tests run against: keys, types, units, forms of ids and Gong's words for
// an empty list. No value of the tenant is in it.
import { createHash } from 'node:crypto'
import type { GongCheck } from '../../gong/check/check.ts'
import type { CheckFailure } from '../../gong/check/failure.ts'
import type { GongHabits } from '../../gong/check/habits.ts'
import { withoutData } from './report.ts'
import type { Shape } from './shape.ts'

export interface TenantFixture {
  readonly contract: 'documented' | 'live'
  readonly talkRatioUnit?: 'percent' | 'fraction' | undefined
  readonly coachingRows?: 'totals' | 'per-report' | undefined
  /** Names of interaction statistics (live). */
  readonly statistics: readonly string[]
  /** How an empty list is answered. */
  readonly empty: readonly { readonly operation: string; readonly status: number; readonly texts: readonly string[] }[]
  /** By `POST /stats/interaction` and so on: path → `nothing | text`. */
  readonly operations: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface FixtureFile {
  /** `test/fixtures/tenants/` holds it under this name. */
  readonly name: string
  readonly text: string
}

/** Undefined where Gong's contract was not found. The same shapes have the same name. */
export function tenantFixture(
  { contract, talkRatioUnit, coachingRows }: GongCheck,
  seen: {
    readonly shapes: ReadonlyMap<string, Shape>
    readonly statistics: ReadonlySet<string>
    readonly habits?: GongHabits | CheckFailure | undefined
  },
): FixtureFile | undefined {
  if (!contract) return undefined
  const fixture: TenantFixture = {
    contract: contract.value,
    talkRatioUnit: talkRatioUnit?.value,
    coachingRows: coachingRows?.value,
    statistics: [...seen.statistics].toSorted(),
    empty: (seen.habits && 'empty' in seen.habits ? seen.habits.empty : []).flatMap(({ operation, status, texts }) =>
      status === undefined ? [] : [{ operation, status, texts: texts.map(withoutData) }],
    ),
    operations: Object.fromEntries([...seen.shapes].toSorted(byKey).map(([operation, shape]) => [operation, written(shape)])),
  }
  const text = `${JSON.stringify(fixture, undefined, 2)}\n`
  return { name: `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`, text }
}

const written = (shape: Shape): Record<string, string> =>
  Object.fromEntries([...shape].toSorted(byKey).map(([at, types]) => [at, [...types].toSorted().join(' | ')]))

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
