// Whether somebody is meant by what was typed: for certain, or perhaps. Names alone; who may see whom is asked elsewhere.
import { forEachYielding } from '../../yielding.ts'
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

/** Names are compared at every question, and people are the same until the tree changes. */
const written = new WeakMap<object, readonly string[]>()

function namesOf(person: { readonly name: string }): readonly string[] {
  const known = written.get(person)
  if (known) return known
  const names = plainNames(person.name)
  written.set(person, names)
  return names
}

/** Whoever of `people` the text names for certain first, then whom it may name. Everybody is compared, so other work goes on meanwhile. */
export async function called<Someone extends { readonly name: string }>(
  text: string,
  people: readonly Someone[],
): Promise<{ readonly named: readonly Someone[]; readonly perhaps: readonly Someone[] }> {
  const typed = plainNames(text).map((words) => ({ words, each: [...new Set(words.split(' '))] }))
  if ((typed[0]?.words ?? '').length < 2) return { named: [], perhaps: [] }
  const named: Someone[] = []
  const perhaps: Someone[] = []
  await forEachYielding(people, (person) => {
    const names = namesOf(person)
    // Whatever matches is no longer than the name and holds each word: the rest is looked at no further.
    const fitting = typed.filter(({ words, each }) =>
      names.some((name) => words.length <= name.length && each.every((word) => name.includes(word))),
    )
    if (fitting.length === 0) return
    const fittingWords = fitting.map(({ words }) => words)
    if (isNamed(fittingWords, names)) named.push(person)
    else if (mayBeNamed(fittingWords, names)) perhaps.push(person)
  })
  return { named, perhaps }
}
