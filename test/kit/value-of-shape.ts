// Made-up answers of a shape: at every place each type that was seen there occurs in turn. What must agree with what was asked (dates, the
// manager) does; everything else is the same dull value.
import type { TenantFixture } from '../../src/cli/prove/tenant-fixture.ts'
import { addDays, type Period } from '../../src/domain/period.ts'

interface Asked {
  readonly fixture: TenantFixture
  readonly period: Period
  /** The second page of a list whose shape has a cursor. */
  readonly isSecond: boolean
  readonly managerId: string | undefined
}

interface Node {
  types: readonly string[]
  readonly fields: Map<string, Node>
  entry?: Node
  uses: number
}

/** `row` counts the records of an answer, `nth` the entries of a list within one. */
interface Place {
  readonly key: string
  /** The field it lies in. */
  readonly within: string
  readonly row: number
  readonly nth: number
  readonly isRoot: boolean
}

/** Enough that every type seen at a place is used by some record. */
const rows = 12
const entries = 5

export const secondCursor = 'Made-up cursor'

export function answerOfShape(shape: Readonly<Record<string, string>>, asked: Asked): unknown {
  const root = treeOf(shape)
  const isPaged = root.fields.get('records')?.fields.has('cursor') === true
  const json = made(root, { key: '', within: '', row: 0, nth: 0, isRoot: true }, asked) as Record<string, unknown>
  if (typeof json.records !== 'object' || json.records === null) return json
  const { cursor: _, ...records } = json.records as Record<string, unknown>
  const half = asked.isSecond ? [rows / 2] : [0, rows / 2]
  const page = isPaged ? mapLists(json, (list) => list.slice(...half)) : json
  const counted = { totalRecords: lengthOf(json), currentPageSize: lengthOf(page) }
  return { ...page, records: { ...records, ...counted, ...(isPaged && !asked.isSecond && { cursor: secondCursor }) } }
}

/** The answer without its records. */
export function emptied(json: unknown): unknown {
  const empty = mapLists(json as Record<string, unknown>, () => [])
  return 'records' in empty ? { ...empty, records: { totalRecords: 0, currentPageSize: 0 } } : empty
}

const mapLists = (json: Record<string, unknown>, change: (list: readonly unknown[]) => readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(json).map(([key, value]) => [key, Array.isArray(value) ? change(value) : value]))

const lengthOf = (json: Record<string, unknown>): number =>
  Object.values(json).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0)

/** Paths such as `$.users[].id` as a tree. */
function treeOf(shape: Readonly<Record<string, string>>): Node {
  const node = (): Node => ({ types: [], fields: new Map(), uses: 0 })
  const root = node()
  for (const [at, types] of Object.entries(shape)) {
    let current = root
    for (const [, key] of at.matchAll(/\.([^.[\]]+)|\[\]/g)) {
      const next: Node = (key === undefined ? current.entry : current.fields.get(key)) ?? node()
      if (key === undefined) current.entry = next
      else current.fields.set(key, next)
      current = next
    }
    current.types = types.split(' | ')
  }
  return root
}

function made(node: Node, place: Place, asked: Asked): unknown {
  const type = node.types[node.uses % node.types.length] ?? 'nothing'
  node.uses += 1
  if (type === 'object')
    return Object.fromEntries([...node.fields].map(([key, inner]) => [key, made(inner, { ...place, key, within: place.key }, asked)]))
  return type === 'list' ? madeList(node, place, asked) : plainValue(type, place, asked)
}

function madeList({ entry }: Node, place: Place, asked: Asked): readonly unknown[] {
  if (!entry) return []
  const { statistics } = asked.fixture
  if (place.key === 'personInteractionStats')
    return statistics.map((name) => ({ ...(made(entry, { ...place, isRoot: false }, asked) as object), ...named(name, asked) }))
  const isOfManager = place.key === 'coachingData' || (isTotals(place.key, asked) && asked.managerId !== undefined)
  const count = !place.isRoot ? entries : isOfManager ? 1 : rows
  return Array.from({ length: count }, (_, index) =>
    made(entry, place.isRoot ? { ...place, within: place.key, row: index, isRoot: false } : { ...place, nth: index }, asked),
  )
}

/** Coaching whose rows are managers: one for the manager who is asked about. */
const isTotals = (key: string, { fixture }: Pick<Asked, 'fixture'>): boolean => key === 'metrics' && fixture.coachingRows === 'totals'

const named = (name: string, { fixture }: Asked): object =>
  name === 'Talk Ratio' ? { name, value: fixture.talkRatioUnit === 'percent' ? 45.5 : 0.45 } : { name }

function plainValue(type: string, { key, within, row, nth }: Place, { fixture, period, managerId }: Asked): unknown {
  const digits = /^digits\((\d+)\)$/.exec(type)?.[1]
  const isManager = (key === 'id' && within === 'manager') || (key === 'userId' && isTotals(within, { fixture }) && managerId !== undefined)
  if (digits !== undefined) return isManager ? managerId : digitsOf(key, Number(digits), row * entries + nth)
  const date = addDays(period.from, (row + nth) % 7)
  const percent = fixture.talkRatioUnit === 'percent'
  const values: Readonly<Record<string, unknown>> = {
    text: 'Made-up text',
    nobody: '-1',
    date,
    instant: `${date}T12:00:00Z`,
    address: `person${row}@company.example`,
    zone: 'Europe/Berlin',
    word: key === 'visibilityType' ? 'PUBLIC' : key === 'reviewMethod' ? 'MANUAL' : 'MADE_UP',
    'whole number': key === 'talkRatio' ? (percent ? 45 : 1) : 3,
    share: 0.45,
    fraction: key === 'talkRatio' ? 45.5 : 12.5,
    'negative number': -1,
    'true or false': (row + nth) % 2 === 0,
    nothing: null,
  }
  return values[type]
}

/** So many digits, another number for each record. */
function digitsOf(key: string, length: number, nth: number): string {
  if (key === 'minRange') return '1'.padEnd(length, '0')
  if (key === 'maxRange') return '5'.padEnd(length, '0')
  return `${'1'.padEnd(length, '0').slice(0, Math.max(0, length - String(nth).length))}${nth}`.slice(-length)
}
