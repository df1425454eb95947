// Whether somebody is meant by what was typed: for certain, or perhaps. Names alone; who may see whom is asked elsewhere.
import { plainNames } from './plain-name.ts'

/** Both: names as `plainNames` writes them. */
type Match = (typed: readonly string[], names: readonly string[]) => boolean

/** The whole name, one of its names, or several in any order, some by their beginnings: `ana`, `diaz ana`, `ana d`. */
const isNamed: Match = (typed, names) => typed.some((words) => names.some((name) => isNamedIn(words.split(' '), name.split(' '))))

/** Besides, one of the names begins with it, or the whole name holds it: `an`, `na di`. */
const mayBeNamed: Match = (typed, names) =>
  isNamed(typed, names) ||
  typed.some((words) => names.some((name) => name.split(' ').some((part) => part.startsWith(words)) || name.includes(words)))

/** Each typed word is another one of the names; at least one of them whole. */
function isNamedIn(typed: readonly string[], names: readonly string[]): boolean {
  const left = [...names]
  const beginnings = typed.filter((word) => !taken(left, (name) => name === word))
  return beginnings.length < typed.length && beginnings.every((word) => taken(left, (name) => name.startsWith(word)))
}

function taken(left: string[], fits: (name: string) => boolean): boolean {
  const at = left.findIndex(fits)
  if (at >= 0) left.splice(at, 1)
  return at >= 0
}

/** Whoever of `people` the text names for certain first, then whom it may name. */
export function called<Someone extends { readonly name: string }>(
  text: string,
  people: readonly Someone[],
): { readonly named: readonly Someone[]; readonly perhaps: readonly Someone[] } {
  const typed = plainNames(text)
  if ((typed[0] ?? '').length < 2) return { named: [], perhaps: [] }
  const named: Someone[] = []
  const perhaps: Someone[] = []
  for (const person of people) {
    const names = plainNames(person.name)
    // Whatever matches holds each word: the rest is looked at no further.
    if (!names.some((name) => typed.some((words) => words.split(' ').every((word) => name.includes(word))))) continue
    if (isNamed(typed, names)) named.push(person)
    else if (mayBeNamed(typed, names)) perhaps.push(person)
  }
  return { named, perhaps }
}
