// Whom a text names, as messages name people: by the whole name, or by its first word alone. Looks at words alone, so that it knows nothing of
// how a name got there.
import type { Person } from '../../src/domain/person.ts'

const wordsOf = (text: string): string => ` ${text.replaceAll('\\n', ' ').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')} `

/** The ids of those who are named. */
export function namedIn(text: string, people: readonly Pick<Person, 'id' | 'name'>[]): readonly string[] {
  const words = wordsOf(text)
  return people.filter(({ name }) => words.includes(wordsOf(name.split(' ')[0] ?? name))).map(({ id }) => id)
}

/** Those whom a kept message names without a note of it; nobody, wherever it can be found by everybody it names. */
export const unnoted = (
  kept: unknown,
  people: readonly Pick<Person, 'id' | 'name'>[],
  mentions: readonly string[] = [],
): readonly string[] => namedIn(JSON.stringify(kept), people).filter((id) => !mentions.includes(id))
