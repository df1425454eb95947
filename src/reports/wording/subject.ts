// What a report is about, in words. Names are untrusted text: whoever puts them into a line escapes them there.
import type { Person } from '../../domain/person.ts'
import { clip } from '../../render/text/text.ts'
import type { ReportContext } from '../section.ts'
import { isOwn, personOf, readerOf, teamOf } from './viewpoint.ts'

const longestName = 60

export const nameOf = (person: Pick<Person, 'name' | 'id'>): string => clip(person.name.trim(), longestName) || person.id

export const firstName = (person: Pick<Person, 'name' | 'id'>): string => clip(nameOf(person).split(/\s+/)[0] ?? '', 30) || person.id

/** First names where no two of the people share one, else the whole name: the one way messages about several people name them. */
export function namesAmong(people: readonly Pick<Person, 'name' | 'id'>[]): (person: Pick<Person, 'name' | 'id'>) => string {
  const times = new Map<string, number>()
  for (const person of people) times.set(firstName(person), (times.get(firstName(person)) ?? 0) + 1)
  return (person) => ((times.get(firstName(person)) ?? 0) > 1 ? nameOf(person) : firstName(person))
}

/** `Ana's`, `James’`. */
export const possessive = (name: string): string => (/s$/i.test(name) ? `${name}’` : `${name}'s`)

/** `Your` to the person themself, else `Ana's`. */
export const whose = (context: ReportContext, person: Person): string => (isOwn(context) ? 'Your' : possessive(firstName(person)))

/** `Priya Nair's team`, `Ana Diaz`, `The company`. Asks for nothing that sections do not ask for too. */
export async function subjectTitle(context: ReportContext): Promise<string> {
  const { subject, stats, period } = context
  if (subject.type === 'company') return 'The company'
  if (subject.type === 'person') {
    const personId = personOf(context)
    if (personId === undefined) return 'Personal figures'
    return nameOf((await stats.person(personId, period, readerOf(context))).figures.person)
  }
  const { manager } = await teamOf(context, subject)
  const kind = subject.type === 'team' ? 'team' : 'org'
  return manager ? `${possessive(nameOf(manager))} ${kind}` : `A ${kind}`
}
