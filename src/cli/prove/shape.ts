// The shape of an answer: paths and types of its fields, never a value, and of keys only those Gong's contracts know. What the report of
// `npm run prove` and a tenant's fixture are made from.
import { knownKeys, knownStatistics } from './known-fields.ts'

/**
 * `$.users[].id` → the types seen there: `text`, `digits(19)` (a text of so many digits), `nobody` ("-1"), `date`, `instant`, `address`,
 * `zone`, `word` (one of a few in capitals), `whole number`, `share` (between 0 and 1), `fraction`, `negative number`, `true or false`,
 * `nothing`, `list`, `object`.
 */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>

/** Lists are looked at as far as this: the rest looks the same. */
const entriesAtMost = 50
const mostPaths = 500

/** Walks without recursion: an answer may be nested deeply. */
export function shapeOf(json: unknown, names: NamesSeen): Shape {
  const shape = new Map<string, Set<string>>()
  const open: { readonly at: string; readonly value: unknown }[] = [{ at: '$', value: json }]
  for (let next = open.pop(); next !== undefined && shape.size < mostPaths; next = open.pop()) {
    const { at, value } = next
    const types = shape.get(at) ?? new Set()
    types.add(typeOf(value))
    shape.set(at, types)
    if (Array.isArray(value)) for (const entry of value.slice(0, entriesAtMost)) open.push({ at: `${at}[]`, value: entry })
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) open.push({ at: `${at}.${names.key(key)}`, value: inner })
  }
  return shape
}

function typeOf(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return textType(value)
  if (typeof value === 'number') return numberType(value)
  return typeof value === 'boolean' ? 'true or false' : typeof value
}

const textTypes: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['nobody', /^-1$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['instant', /^\d{4}-\d\d-\d\dT\d\d:\d\d/],
  ['address', /^[^\s@]+@[^\s@]+$/],
  ['zone', /^[A-Z][A-Za-z]+\/[A-Za-z_/+-]+$/],
  ['word', /^[A-Z][A-Z_]+$/],
]

function textType(value: string): string {
  if (/^\d{1,20}$/.test(value)) return `digits(${value.length})`
  return textTypes.find(([, pattern]) => pattern.test(value))?.[0] ?? 'text'
}

function numberType(value: number): string {
  if (value < 0) return 'negative number'
  if (Number.isInteger(value)) return 'whole number'
  return value < 1 ? 'share' : 'fraction'
}

/**
 * Names as they leave this machine. A word that no contract knows may be somebody's name, so it becomes `key1`; what looks like an id or an
 * address, `<data>`.
 */
export interface NamesSeen {
  key(name: string): string
  /** Of an interaction statistic; undefined for what does not look like one. */
  statistic(name: string): string | undefined
  /** Those that were made up, with what stands for them in Gong: for the terminal alone. */
  madeUp(): readonly { readonly name: string; readonly inGong: string }[]
}

export function namesSeen(): NamesSeen {
  const madeUp = new Map<string, string>()
  const counts = { key: 0, statistic: 0 }
  const made = (kind: 'key' | 'statistic', inGong: string): string => {
    const at = `${kind} ${inGong}`
    const before = madeUp.get(at)
    if (before !== undefined) return before
    counts[kind] += 1
    madeUp.set(at, `${kind}${counts[kind]}`)
    return `${kind}${counts[kind]}`
  }
  return {
    key: (name) => (knownKeys.has(name) ? name : isWord(name) ? made('key', name) : '<data>'),
    statistic(name) {
      if (knownStatistics.has(name.trim().toLowerCase())) return name
      return isWord(name.replaceAll(' ', '-')) ? made('statistic', name) : undefined
    },
    madeUp: () => [...madeUp].map(([at, name]) => ({ name, inGong: at.slice(at.indexOf(' ') + 1) })),
  }
}

const isWord = (name: string): boolean => /^[A-Za-z][A-Za-z0-9_-]{0,59}$/.test(name) && !/\d{4}/.test(name)

/** What was seen before and now, path by path. */
export function joinedShapes(before: Shape | undefined, now: Shape): Shape {
  const joined = new Map(before)
  for (const [at, types] of now) joined.set(at, new Set([...(joined.get(at) ?? []), ...types]))
  return joined
}
