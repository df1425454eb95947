// The shape of an answer: paths and types of its fields, never a value. What the report of `npm run prove` is made from.

/** `$.users[].id` → the types seen there: `text`, `digits` (a text of digits), `number`, `true or false`, `nothing`, `list`, `object`. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>

/** Lists are looked at as far as this: the rest looks the same. */
const entriesAtMost = 50
const mostPaths = 500

/** Walks without recursion: an answer may be nested deeply. */
export function shapeOf(json: unknown): Shape {
  const shape = new Map<string, Set<string>>()
  const open: { readonly at: string; readonly value: unknown }[] = [{ at: '$', value: json }]
  for (let next = open.pop(); next !== undefined && shape.size < mostPaths; next = open.pop()) {
    const { at, value } = next
    const types = shape.get(at) ?? new Set()
    types.add(typeOf(value))
    shape.set(at, types)
    if (Array.isArray(value)) for (const entry of value.slice(0, entriesAtMost)) open.push({ at: `${at}[]`, value: entry })
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) open.push({ at: `${at}.${safeName(key)}`, value: inner })
  }
  return shape
}

function typeOf(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return /^-?\d+$/.test(value) ? 'digits' : 'text'
  return typeof value === 'boolean' ? 'true or false' : typeof value
}

/** A key that looks like an id, an address or a name is data: it is not repeated. */
export const safeName = (key: string): string => (/^[A-Za-z][A-Za-z0-9_-]{0,59}$/.test(key) && !/\d{4}/.test(key) ? key : '<data>')
