// Translates raw records. A bad record is quarantined; the whole answer is rejected when more than 5 % and at least 5 of its records are
// bad. Knows no operation.
import type { z } from 'zod'
import { GongSurprise } from '../../errors.ts'
import { forEachYielding } from '../../yielding.ts'
import type { GongAnswer, Quarantined } from '../source.ts'
import { idOf } from './fields.ts'
import type { Row, WholeList } from './pages.ts'

/** What a translation says of a record with impossible values: the fields, never their values. */
export class Impossible {
  readonly paths: readonly string[]
  constructor(...paths: readonly string[]) {
    this.paths = paths
  }
}

export interface Translation<S extends z.ZodType, T> {
  readonly endpoint: string
  readonly schema: S
  /** The field that says whose record it is. */
  readonly personField: string
  translate(record: z.output<S>): readonly T[] | Impossible
}

/** @throws GongSurprise when the answer is condemned. */
export async function translateAll<S extends z.ZodType, T>(list: WholeList, translation: Translation<S, T>): Promise<GongAnswer<T>> {
  const records: T[] = []
  const quarantined: Quarantined[] = []
  await forEachYielding(list.rows, (row) => {
    const outcome = translateOne(row, translation)
    if (outcome instanceof Impossible) quarantined.push({ ...whose(row, translation.personField), paths: outcome.paths })
    else records.push(...outcome)
  })
  await forEachYielding(
    list.clashing ?? [],
    (row) => void quarantined.push({ ...whose(row, translation.personField), paths: ['identity'] }),
  )
  await condemn(translation.endpoint, list, quarantined)
  return { records, quarantined, requests: list.requests }
}

function translateOne<S extends z.ZodType, T>(row: Row | null, { schema, translate }: Translation<S, T>): readonly T[] | Impossible {
  const result = schema.safeParse(row)
  if (!result.success) return new Impossible(...new Set(result.error.issues.map((issue) => fieldPath(issue.path))))
  return translate(result.data)
}

/** `questions.[].score`: list positions say nothing and would make every path different. */
const fieldPath = (path: readonly PropertyKey[]): string =>
  path.map((part) => (typeof part === 'number' ? '[]' : String(part))).join('.') || 'record'

function whose(row: Row | null, field: string): { personId?: string | undefined } {
  const personId = idOf(row?.[field])
  return personId === undefined ? {} : { personId }
}

async function condemn(endpoint: string, list: WholeList, quarantined: readonly Quarantined[]): Promise<void> {
  if (quarantined.length < 5 || quarantined.length <= (list.rows.length + (list.clashing?.length ?? 0)) * 0.05) return
  const paths = new Set<string>()
  await forEachYielding(quarantined, (record) => {
    for (const path of record.paths) paths.add(path)
  })
  throw new GongSurprise({
    endpoint,
    requestId: list.requestId,
    what: `${quarantined.length} of ${list.rows.length} records have impossible values`,
    paths: [...paths],
  })
}
